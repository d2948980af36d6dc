package demo

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Checks of a create request. Like the server's validator, validateCreate reports all
// failed checks in one message. Properties that are absent or null are not checked,
// except for the name.

type check struct {
	passes  func(value any) bool
	message string // of a failed check, %s is the property
}

var (
	isString = check{func(v any) bool { _, ok := v.(string); return ok }, "%s must be a string"}
	isNumber = check{func(v any) bool { _, ok := v.(float64); return ok },
		"%s must be a number conforming to the specified constraints"}
	notNegative      = check{func(v any) bool { n, ok := v.(float64); return ok && n >= 0 }, "%s must not be less than 0"}
	atMostOne        = check{func(v any) bool { n, ok := v.(float64); return ok && n <= 1 }, "%s must not be greater than 1"}
	isArray          = check{func(v any) bool { _, ok := v.([]any); return ok }, "%s must be an array"}
	isObject         = check{func(v any) bool { _, ok := v.(map[string]any); return ok }, "%s must be an object"}
	atMostOneElement = check{func(v any) bool { a, ok := v.([]any); return ok && len(a) <= 1 },
		"%s must contain no more than 1 elements"}
	eachString = check{each(isString.passes), "each value in %s must be a string"}
	isSafe     = check{isSafeText, "%s must not contain HTML tags, URLs, or control characters"}
)

var createChecks = []struct {
	property string
	checks   []check
}{
	{"name", []check{isSafe, isString}},
	{"imageName", []check{isString}},
	{"entrypoint", []check{isArray, eachString}},
	{"cpu", []check{notNegative, isNumber}},
	{"gpu", []check{atMostOne, notNegative, isNumber}},
	{"gpuType", []check{eachOf("H100", "RTX-PRO-6000"), atMostOneElement}},
	{"memory", []check{notNegative, isNumber}},
	{"disk", []check{notNegative, isNumber}},
	{"buildInfo", []check{isObject}},
	{"regionId", []check{isString}},
	{"sandboxClass", []check{oneOfClasses}},
}

func validateCreate(body map[string]any) *apiError {
	var messages []string
	for _, rule := range createChecks {
		value := body[rule.property]
		if rule.property == "gpuType" {
			value = asList(value)
		}
		if value == nil && rule.property != "name" {
			continue
		}
		for _, c := range rule.checks {
			if !c.passes(value) {
				messages = append(messages, fmt.Sprintf(c.message, rule.property))
			}
		}
	}
	if messages != nil {
		return badRequest(strings.Join(messages, ", "))
	}
	return nil
}

// asList wraps a single value in a list before its check, as the server does. An empty list counts
// as absent.
func asList(value any) any {
	list, ok := value.([]any)
	switch {
	case value == nil || ok && len(list) == 0:
		return nil
	case ok:
		return list
	}
	return []any{value}
}

// each checks the elements of a list, or a single value.
func each(passes func(any) bool) func(any) bool {
	return func(v any) bool {
		list, ok := v.([]any)
		if !ok {
			return passes(v)
		}
		return !slices.ContainsFunc(list, func(e any) bool { return !passes(e) })
	}
}

func oneOf(allowed []string) func(any) bool {
	return func(v any) bool { s, ok := v.(string); return ok && slices.Contains(allowed, s) }
}

func eachOf(allowed ...string) check {
	return check{each(oneOf(allowed)),
		"each value in %s must be one of the following values: " + strings.Join(allowed, ", ")}
}

var classes = []string{"linux-vm", "container", "android", "windows"}

var oneOfClasses = check{oneOf(classes), "%s must be one of the following values: " + strings.Join(classes, ", ")}

var unsafePatterns = []func() *regexp.Regexp{
	lazyRegexp(`<[a-zA-Z/][^>]*>`),
	lazyRegexp(`(?i)https?://|ftps?://|sftp://|ssh://|wss?://|file://|ldaps?://|javascript:|data:|mailto:|tel:|www\.`),
	lazyRegexp(`[\x00-\x08\x0B\x0C\x0E-\x1F\x7F]`),
}

func isSafeText(v any) bool {
	if v == nil {
		return true
	}
	s, ok := v.(string)
	return ok && !slices.ContainsFunc(unsafePatterns, func(p func() *regexp.Regexp) bool { return p().MatchString(s) })
}

var namePattern = lazyRegexp(`^[a-zA-Z0-9_.\-:]+(/[a-zA-Z0-9_.\-:]+)*(@sha256:[a-f0-9]{64})?$`)

func validateName(name string) *apiError {
	if !namePattern().MatchString(name) {
		return badRequest("Invalid snapshot name format. May contain letters, digits, dots, colons, and dashes")
	}
	return nil
}

var digestPattern = lazyRegexp(`^[^@]+@sha256:[a-f0-9]{64}$`)

func validateImage(image string) *apiError {
	switch {
	case strings.Contains(image, "@sha256:"):
		if !digestPattern().MatchString(image) {
			return badRequest("Invalid digest format. Must be image@sha256:64_hex_characters")
		}
	case !strings.Contains(image, ":") || strings.HasSuffix(strings.TrimSpace(image), ":"):
		return badRequest("Image name must include a tag (e.g., ubuntu:22.04) or digest (@sha256:...)")
	case strings.HasSuffix(image, ":latest"):
		return badRequest(`Images with tag ":latest" are not allowed`)
	case !namePattern().MatchString(image):
		return badRequest("Invalid image name format. Must be lowercase, may contain digits, dots, dashes, " +
			"and single slashes between components")
	}
	return nil
}

// isInteger reports whether a number can be stored in the server's integer column.
func isInteger(n float64) bool { return n == math.Trunc(n) && n <= math.MaxInt32 }

// lazyRegexp compiles a regular expression on first use, since most runs of the program
// need none of them.
func lazyRegexp(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}
