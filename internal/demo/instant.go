package demo

import "time"

// instant is a time in milliseconds since 1970, the precision of every time that the API shows. 0 means none.
type instant int64

const (
	millisecond instant = 1
	second              = 1000 * millisecond
	minute              = 60 * second
	hour                = 60 * minute
	day                 = 24 * hour
)

// tick is how often the server's jobs run: states change at full ticks.
const tick = 10 * second

func instantOf(t time.Time) instant { return instant(t.UnixMilli()) }

// nextTick is the first full tick after t.
func (t instant) nextTick() instant { return (t/tick + 1) * tick }

// tickFrom is t itself where it is a full tick, else the next one.
func (t instant) tickFrom() instant { return (t + tick - 1) / tick * tick }

func (t instant) time() time.Time { return time.UnixMilli(int64(t)).UTC() }

// appendTo appends t as the API writes times, such as 2026-11-24T14:33:50.169Z.
func (t instant) appendTo(b []byte) []byte {
	return t.time().AppendFormat(b, "2006-01-02T15:04:05.000Z")
}

func (t instant) String() string { return string(t.appendTo(nil)) }
