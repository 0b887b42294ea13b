package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"broadsheet/internal/durable"
	"broadsheet/internal/media"
	"broadsheet/internal/store"
)

type checkCommand struct{ Data }

// Run verifies the paper and prints one finding a line.
func (c checkCommand) Run(h *house) error {
	if err := mustExist(c.Data); err != nil {
		return err
	}
	s, files, release, err := openPaper(h.ctx, c.Data, false)
	if err != nil {
		return err
	}
	defer release()
	found := 0
	bar := h.progress("articles checked", -1)
	err = s.Check(h.ctx, func(finding string) { found++; fmt.Fprintln(h.stdout, finding) }, func(done int) { bar.set(int64(done)) })
	bar.end()
	if err == nil {
		err = checkPictures(h.ctx, c.Data, s, files, func(finding string) { found++; fmt.Fprintln(h.stdout, finding) })
	}
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

// checkPictures compares the pictures' files with what the database says of
// them. A paper on PostgreSQL has them in the data folder too.
func checkPictures(ctx context.Context, d Data, s *store.Store, files *durable.Root, report func(string)) error {
	if files == nil {
		some, err := s.MediaAbove(ctx, "", 1)
		if err != nil || len(some) == 0 {
			return err
		}
		if _, err := os.Stat(d.Data); errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("the pictures lie in the data folder and %s is not there; name it with --data", d.Data)
		}
		if files, err = durable.Open(d.Data); err != nil {
			return err
		}
		defer files.Close()
	}
	return media.New(s, files, time.Now).Check(ctx, report)
}
