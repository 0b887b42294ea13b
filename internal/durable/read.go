package durable

import (
	"fmt"
	"os"
)

// Open opens a file for reading. A missing one is fs.ErrNotExist. A file that
// is written meanwhile stays as it was for whoever has opened it.
func (r *Root) Open(name string) (*os.File, error) {
	if err := Valid(name); err != nil {
		return nil, err
	}
	f, err := r.root.Open(name)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	return f, nil
}
