package demo

import (
	"math"
	"net/url"
	"strconv"
	"strings"
)

// Query parameters of a list. Like the server's validator, parseListQuery reports all
// invalid parameters in one message.

const (
	defaultLimit = 100
	maxLimit     = 200
)

// listQuery contains the query parameters of a list request.
type listQuery struct {
	page, limit int
	listOrder
}

func parseListQuery(raw string) (listQuery, *apiError) {
	values, err := url.ParseQuery(raw)
	if err != nil && values == nil {
		values = url.Values{}
	}
	var q listQuery
	var messages []string
	q.page = intParam(values, "page", 1, math.MaxInt32, &messages)
	q.limit = intParam(values, "limit", defaultLimit, maxLimit, &messages)
	if name, ok := singleValue(values, "name"); !ok {
		messages = append(messages, "name must be a string")
	} else {
		q.name = strings.ToLower(name)
	}
	if sandbox, ok := singleValue(values, "sourceSandboxId"); !ok {
		messages = append(messages, "sourceSandboxId must be a string")
	} else {
		q.sourceSandbox = sandbox
	}
	q.field = enumParam(values, "sort", "lastUsedAt", []string{"name", "state", "lastUsedAt", "createdAt"}, &messages)
	q.descending = enumParam(values, "order", "desc", []string{"asc", "desc"}, &messages) == "desc"
	if messages != nil {
		return q, badRequest(strings.Join(messages, ", "))
	}
	return q, nil
}

// singleValue returns the value of a parameter, and false if the server does not parse it as a
// string: for name=a&name=b, name[]=a and name[b]=c.
func singleValue(values url.Values, key string) (string, bool) {
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

func intParam(values url.Values, key string, fallback, maximum int, messages *[]string) int {
	text, single := singleValue(values, key)
	if single && !values.Has(key) {
		return fallback
	}
	n := math.NaN()
	if single {
		n = parseJSNumber(text)
	}
	if n != math.Trunc(n) || math.IsInf(n, 0) { // NaN is not equal to itself
		*messages = append(*messages, key+" must be an integer number")
	}
	if !(n >= 1) { // not n < 1, because NaN is invalid, too
		*messages = append(*messages, key+" must not be less than 1")
	}
	if key == "limit" && !(n <= float64(maximum)) {
		*messages = append(*messages, key+" must not be greater than "+strconv.Itoa(maximum))
	}
	return int(min(max(n, 0), math.MaxInt32))
}

// parseJSNumber converts text like JavaScript's Number: surrounding spaces are ignored and an empty
// text is 0.
func parseJSNumber(text string) float64 {
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
	if strings.ContainsAny(text, "xXpPnN_") { // Go accepts more than JavaScript
		return math.NaN()
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil && !math.IsInf(n, 0) {
		return math.NaN()
	}
	return n
}

func enumParam(values url.Values, key, fallback string, allowed []string, messages *[]string) string {
	text, single := singleValue(values, key)
	if single && !values.Has(key) {
		return fallback
	}
	for _, a := range allowed {
		if single && a == text {
			return text
		}
	}
	*messages = append(*messages, key+" must be one of the following values: "+strings.Join(allowed, ", "))
	return fallback
}
