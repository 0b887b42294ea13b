package store_test

import "testing"

// long marks a suite that does one thing thousands of times in one goroutine.
// The run with the race detector is -short and leaves it out; `make test`
// does it before, without.
func long(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("done whole by the run without -short")
	}
}
