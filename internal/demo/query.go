package demo

import (
	"math"
	"net/url"
	"strconv"
	"strings"
)

// Query parameters of a list, and what the server's validator says of bad ones. It says everything that is
// wrong in one message, parameter by parameter.

const (
	defaultLimit = 100
	largestLimit = 200
)

// listQuery is what a list request asks for.
type listQuery struct {
	page, limit int
	ordering
}

func parseListQuery(raw string) (listQuery, *fault) {
	values, err := url.ParseQuery(raw)
	if err != nil && values == nil {
		values = url.Values{}
	}
	var q listQuery
	var wrong []string
	q.page = wholeNumber(values, "page", 1, math.MaxInt32, &wrong)
	q.limit = wholeNumber(values, "limit", defaultLimit, largestLimit, &wrong)
	if name, ok := one(values, "name"); !ok {
		wrong = append(wrong, "name must be a string")
	} else {
		q.name = strings.ToLower(name)
	}
	q.field = oneOf(values, "sort", "lastUsedAt", []string{"name", "state", "lastUsedAt", "createdAt"}, &wrong)
	q.descending = oneOf(values, "order", "desc", []string{"asc", "desc"}, &wrong) == "desc"
	if wrong != nil {
		return q, badRequest(strings.Join(wrong, ", "))
	}
	return q, nil
}

// one is the value of a parameter that must be there once at most. The server reads name=a&name=b, name[]=a and
// name[b]=c as something that is not a string.
func one(values url.Values, key string) (string, bool) {
	for other := range values {
		if strings.HasPrefix(other, key+"[") {
			return "", false
		}
	}
	list := values[key]
	if len(list) > 1 {
		return "", false
	}
	return values.Get(key), true
}

func wholeNumber(values url.Values, key string, otherwise, largest int, wrong *[]string) int {
	text, single := one(values, key)
	if single && !values.Has(key) {
		return otherwise
	}
	n := math.NaN()
	if single {
		n = number(text)
	}
	if n != math.Trunc(n) || math.IsInf(n, 0) { // NaN is not equal to itself
		*wrong = append(*wrong, key+" must be an integer number")
	}
	if !(n >= 1) { // and not n < 1: NaN must be told of too
		*wrong = append(*wrong, key+" must not be less than 1")
	}
	if key == "limit" && !(n <= float64(largest)) {
		*wrong = append(*wrong, key+" must not be greater than "+strconv.Itoa(largest))
	}
	return int(min(max(n, 0), math.MaxInt32))
}

// number is what JavaScript's Number makes of a text: spaces around it are ignored and nothing is 0.
func number(text string) float64 {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0
	}
	if strings.HasPrefix(text, "0x") || strings.HasPrefix(text, "0X") {
		n, err := strconv.ParseUint(text[2:], 16, 53)
		if err != nil {
			return math.NaN()
		}
		return float64(n)
	}
	if strings.ContainsAny(text, "xXpPnN_") { // Go reads more than JavaScript does
		return math.NaN()
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil && !math.IsInf(n, 0) {
		return math.NaN()
	}
	return n
}

func oneOf(values url.Values, key, otherwise string, allowed []string, wrong *[]string) string {
	text, single := one(values, key)
	if single && !values.Has(key) {
		return otherwise
	}
	for _, a := range allowed {
		if single && a == text {
			return text
		}
	}
	*wrong = append(*wrong, key+" must be one of the following values: "+strings.Join(allowed, ", "))
	return otherwise
}
