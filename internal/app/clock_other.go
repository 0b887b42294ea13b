//go:build !linux

package app

import "time"

var started = time.Now()

// sinceBoot is Go's monotonic clock; it may stand still while the machine sleeps.
func sinceBoot() time.Duration { return time.Since(started) }
