package app

import (
	"fmt"
)

type checkCommand struct{ Data }

// Run verifies the paper and prints one finding a line.
func (c checkCommand) Run(h *house) error {
	if err := mustExist(c.Data); err != nil {
		return err
	}
	s, release, err := openPaper(h.ctx, c.Data, false)
	if err != nil {
		return err
	}
	defer release()
	found := 0
	bar := h.progress("articles checked", -1)
	err = s.Check(h.ctx, func(finding string) { found++; fmt.Fprintln(h.stdout, finding) }, func(done int) { bar.set(int64(done)) })
	bar.end()
	switch {
	case err != nil:
		return fmt.Errorf("the check could not be finished: %w", err)
	case found > 0:
		fmt.Fprintf(h.stderr, "%d findings\n", found)
		return errFound
	}
	_, err = fmt.Fprintln(h.stdout, "the paper is sound")
	return err
}
