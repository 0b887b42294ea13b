package app

import (
	"time"

	"golang.org/x/sys/unix"
)

// sinceBoot counts the machine's sleep, unlike Go's monotonic clock.
func sinceBoot() time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_BOOTTIME, &t); err != nil {
		return time.Since(started)
	}
	return time.Duration(t.Nano())
}

var started = time.Now()
