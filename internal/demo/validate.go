package demo

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
)

// What the server's validator says of the properties of a create. Each property has its tests, and what fails is
// said in one message, property by property. A property that is absent or null is not tested, but for the name.

type test struct {
	passes func(value any) bool
	says   string // what is said otherwise; %s is the property
}

var (
	isString = test{func(v any) bool { _, ok := v.(string); return ok }, "%s must be a string"}
	isNumber = test{func(v any) bool { _, ok := v.(float64); return ok },
		"%s must be a number conforming to the specified constraints"}
	notNegative      = test{func(v any) bool { n, ok := v.(float64); return ok && n >= 0 }, "%s must not be less than 0"}
	atMostOne        = test{func(v any) bool { n, ok := v.(float64); return ok && n <= 1 }, "%s must not be greater than 1"}
	isArray          = test{func(v any) bool { _, ok := v.([]any); return ok }, "%s must be an array"}
	isObject         = test{func(v any) bool { _, ok := v.(map[string]any); return ok }, "%s must be an object"}
	atMostOneElement = test{func(v any) bool { a, ok := v.([]any); return ok && len(a) <= 1 },
		"%s must contain no more than 1 elements"}
	eachString = test{each(isString.passes), "each value in %s must be a string"}
	isSafe     = test{safeToShow, "%s must not contain HTML tags, URLs, or control characters"}
)

var createRules = []struct {
	property string
	tests    []test
}{
	{"name", []test{isSafe, isString}},
	{"imageName", []test{isString}},
	{"entrypoint", []test{isArray, eachString}},
	{"cpu", []test{notNegative, isNumber}},
	{"gpu", []test{atMostOne, notNegative, isNumber}},
	{"gpuType", []test{eachOf("H100", "RTX-PRO-6000"), atMostOneElement}},
	{"memory", []test{notNegative, isNumber}},
	{"disk", []test{notNegative, isNumber}},
	{"buildInfo", []test{isObject}},
	{"regionId", []test{isString}},
	{"sandboxClass", []test{oneOfClasses}},
}

func validateCreate(body map[string]any) *fault {
	var wrong []string
	for _, rule := range createRules {
		value := body[rule.property]
		if rule.property == "gpuType" {
			value = listed(value)
		}
		if value == nil && rule.property != "name" {
			continue
		}
		for _, t := range rule.tests {
			if !t.passes(value) {
				wrong = append(wrong, fmt.Sprintf(t.says, rule.property))
			}
		}
	}
	if wrong != nil {
		return badRequest(strings.Join(wrong, ", "))
	}
	return nil
}

// listed is a list that holds the value, as the server makes one before it tests; an empty list is none.
func listed(value any) any {
	list, ok := value.([]any)
	switch {
	case value == nil || ok && len(list) == 0:
		return nil
	case ok:
		return list
	}
	return []any{value}
}

// each tests the elements of a list; what is no list is tested itself.
func each(passes func(any) bool) func(any) bool {
	return func(v any) bool {
		list, ok := v.([]any)
		if !ok {
			return passes(v)
		}
		return !slices.ContainsFunc(list, func(e any) bool { return !passes(e) })
	}
}

func among(allowed []string) func(any) bool {
	return func(v any) bool { s, ok := v.(string); return ok && slices.Contains(allowed, s) }
}

func eachOf(allowed ...string) test {
	return test{each(among(allowed)),
		"each value in %s must be one of the following values: " + strings.Join(allowed, ", ")}
}

var classes = []string{"linux-vm", "container", "android", "windows"}

var oneOfClasses = test{among(classes), "%s must be one of the following values: " + strings.Join(classes, ", ")}

var unsafePatterns = []*regexp.Regexp{
	regexp.MustCompile(`<[a-zA-Z/][^>]*>`),
	regexp.MustCompile(`(?i)https?://|ftps?://|sftp://|ssh://|wss?://|file://|ldaps?://|javascript:|data:|mailto:|tel:|www\.`),
	regexp.MustCompile(`[\x00-\x08\x0B\x0C\x0E-\x1F\x7F]`),
}

func safeToShow(v any) bool {
	if v == nil {
		return true
	}
	s, ok := v.(string)
	return ok && !slices.ContainsFunc(unsafePatterns, func(p *regexp.Regexp) bool { return p.MatchString(s) })
}

var nameForm = regexp.MustCompile(`^[a-zA-Z0-9_.\-:]+(/[a-zA-Z0-9_.\-:]+)*(@sha256:[a-f0-9]{64})?$`)

func validateName(name string) *fault {
	if !nameForm.MatchString(name) {
		return badRequest("Invalid snapshot name format. May contain letters, digits, dots, colons, and dashes")
	}
	return nil
}

var digestForm = regexp.MustCompile(`^[^@]+@sha256:[a-f0-9]{64}$`)

func validateImage(image string) *fault {
	switch {
	case strings.Contains(image, "@sha256:"):
		if !digestForm.MatchString(image) {
			return badRequest("Invalid digest format. Must be image@sha256:64_hex_characters")
		}
	case !strings.Contains(image, ":") || strings.HasSuffix(strings.TrimSpace(image), ":"):
		return badRequest("Image name must include a tag (e.g., ubuntu:22.04) or digest (@sha256:...)")
	case strings.HasSuffix(image, ":latest"):
		return badRequest(`Images with tag ":latest" are not allowed`)
	case !nameForm.MatchString(image):
		return badRequest("Invalid image name format. Must be lowercase, may contain digits, dots, dashes, " +
			"and single slashes between components")
	}
	return nil
}

// whole tells whether a number can be stored: the database has whole numbers only and throws at others.
func whole(n float64) bool { return n == math.Trunc(n) && n <= math.MaxInt32 }
