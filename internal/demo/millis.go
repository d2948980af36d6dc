package demo

import "time"

// millis is a time in milliseconds since 1970, the precision of the API, or a duration in
// milliseconds. As a time, 0 means no time.
type millis int64

const (
	millisecond millis = 1
	second             = 1000 * millisecond
	minute             = 60 * second
	hour               = 60 * minute
	day                = 24 * hour
)

// tick is how often the server's jobs run. States change at multiples of it.
const tick = 10 * second

func toMillis(t time.Time) millis { return millis(t.UnixMilli()) }

// nextTick returns the first tick after t.
func (t millis) nextTick() millis { return (t/tick + 1) * tick }

// tickAtOrAfter returns the first tick at or after t.
func (t millis) tickAtOrAfter() millis { return (t + tick - 1) / tick * tick }

func (t millis) time() time.Time { return time.UnixMilli(int64(t)).UTC() }

// appendTo appends t in the API's format, such as 2026-11-24T14:33:50.169Z.
func (t millis) appendTo(b []byte) []byte {
	return t.time().AppendFormat(b, "2006-01-02T15:04:05.000Z")
}

func (t millis) String() string { return string(t.appendTo(nil)) }
