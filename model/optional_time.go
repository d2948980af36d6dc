package model

import "time"

// OptionalTime is an [Optional] time in UTC, in half the memory.
type OptionalTime struct {
	Seconds     int64 // since 1970, 0 unless Presence is [Present]
	Nanoseconds int32 // of the second
	Presence    Presence
}

// SomeTime returns a present time.
func SomeTime(t time.Time) OptionalTime {
	return OptionalTime{Seconds: t.Unix(), Nanoseconds: int32(t.Nanosecond()), Presence: Present}
}

// Get returns the time, and whether it is present.
func (o OptionalTime) Get() (time.Time, bool) { return o.Time(), o.Presence == Present }

// Time returns the time, or the zero time if it is not present.
func (o OptionalTime) Time() time.Time {
	if o.Presence != Present {
		return time.Time{}
	}
	return time.Unix(o.Seconds, int64(o.Nanoseconds)).UTC()
}

// Optional returns the same as an [Optional].
func (o OptionalTime) Optional() Optional[time.Time] {
	return Optional[time.Time]{Value: o.Time(), Presence: o.Presence}
}

// UnmarshalJSON decodes a time as [Optional] does.
func (o *OptionalTime) UnmarshalJSON(data []byte) error {
	var t Optional[time.Time]
	err := t.UnmarshalJSON(data)
	*o = packTime(t)
	return err
}

func packTime(t Optional[time.Time]) OptionalTime {
	if at, ok := t.Get(); ok {
		return SomeTime(at)
	}
	return OptionalTime{Presence: t.Presence}
}
