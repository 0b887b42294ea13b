package app

import (
	"sync/atomic"
	"time"
)

// Clock is the paper's time: the system's, but never ahead of a steady clock
// that was started beside it. A system clock that jumps forward (a wrong NTP
// answer, a typing error) would let an embargoed story out early; here time
// then goes on at its own pace, and a restart accepts the new time. A system
// clock that jumps back is followed: late is not early.
type Clock struct {
	wall   func() time.Time
	steady func() time.Duration
	start  time.Time
	offset time.Duration
	behind atomic.Int64
}

// SystemClock starts a clock on the system's own: time of day, and time since
// boot with sleep counted.
func SystemClock() *Clock { return NewClock(time.Now, sinceBoot) }

// NewClock starts a clock on two readings.
func NewClock(wall func() time.Time, steady func() time.Duration) *Clock {
	return &Clock{wall: wall, steady: steady, start: wall().Round(0), offset: steady()}
}

// Now is the time that both clocks agree has come.
func (c *Clock) Now() time.Time {
	wall := c.wall().Round(0)
	steady := c.start.Add(c.steady() - c.offset)
	if steady.Before(wall) {
		c.behind.Store(int64(wall.Sub(steady)))
		return steady
	}
	c.behind.Store(0)
	return wall
}

// Behind is by how much the paper's time is behind the system's.
func (c *Clock) Behind() time.Duration { return time.Duration(c.behind.Load()) }
