//go:build e2e

package e2e

import (
	"os"
	"testing"
)

// TestMain clears what all tests share.
func TestMain(m *testing.M) {
	var err error
	if workshop, err = os.MkdirTemp("", "broadsheet-e2e-"); err != nil {
		panic(err)
	}
	m.Run()
	os.RemoveAll(workshop)
}
