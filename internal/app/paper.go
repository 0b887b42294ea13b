package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"broadsheet/internal/durable"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// databaseName is the SQLite file in the data folder.
const databaseName = "paper.db"

// openPaper opens the data folder and the database. alone also takes the
// folder's lock: one server at a time, and clears away what a power cut has
// left half written. A command that needs nothing of the folder does not make
// one: then there is no root.
func openPaper(ctx context.Context, d Data, alone bool) (*store.Store, *durable.Root, func(), error) {
	if d.Database != "" && !strings.HasPrefix(d.Database, "postgres://") && !strings.HasPrefix(d.Database, "postgresql://") {
		return nil, nil, nil, fmt.Errorf("%w: --database takes an address such as postgres://user@host/name; a paper on SQLite is named by --data", errUsage)
	}
	if d.Database != "" && !alone {
		s, err := store.Open(ctx, store.Options{URL: d.Database})
		if err != nil {
			return nil, nil, nil, err
		}
		return s, nil, func() { s.Close() }, nil
	}
	root, err := durable.Open(d.Data)
	if err != nil {
		return nil, nil, nil, err
	}
	release := func() { root.Close() }
	if alone {
		lock, err := root.Lock("serve.lock")
		if err != nil {
			root.Close()
			if errors.Is(err, durable.ErrLocked) {
				return nil, nil, nil, fmt.Errorf("another server already runs on the data folder %s; stop it first, or name another folder with --data", d.Data)
			}
			return nil, nil, nil, err
		}
		release = func() { lock.Release(); root.Close() }
		if _, err := root.Sweep(); err != nil {
			release()
			return nil, nil, nil, err
		}
	}
	url := d.Database
	if url == "" {
		if url, err = root.Path(databaseName); err != nil {
			release()
			return nil, nil, nil, err
		}
	}
	s, err := store.Open(ctx, store.Options{URL: url})
	if err != nil {
		release()
		return nil, nil, nil, err
	}
	return s, root, func() { s.Close(); release() }, nil
}

// mustExist refuses a data folder without a paper: a command that only reads
// does not found one by a typing error.
func mustExist(d Data) error {
	if d.Database != "" {
		return nil
	}
	root, err := os.OpenRoot(d.Data)
	if err == nil {
		defer root.Close()
		_, err = root.Stat(databaseName)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no paper in %s; name its folder with --data", d.Data)
	}
	return err
}

// found writes the house's own row on the first start.
func found(ctx context.Context, s *store.Store) error {
	_, err := s.Paper(ctx)
	if news.CodeOf(err) != news.NotFound {
		return err
	}
	return s.Write(ctx, "found the paper", func(tx *store.Tx) error {
		return tx.SavePaper(ctx, news.Paper{Name: "Broadsheet", Language: "en", FourEyes: true})
	})
}
