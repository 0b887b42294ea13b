package store_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"broadsheet/internal/store"
)

// TestEveryConnectionHasTheSettings opens eight connections of each pool at
// once and asks each. A setting made once by a statement would be on one of
// them.
func TestEveryConnectionHasTheSettings(t *testing.T) {
	p := found(t, store.Options{URL: filepath.Join(t.TempDir(), "paper.db"), Readers: 8})
	p.Store.Writer().SetMaxOpenConns(8) // one in the paper; its next ones are made the same way
	for name, pool := range map[string]*sql.DB{"writer": p.Store.Writer(), "reader": p.Store.Reader()} {
		for i := range 8 {
			c, err := pool.Conn(t.Context())
			if err != nil {
				t.Fatalf("%s %d: %v", name, i, err)
			}
			defer c.Close()
			got, err := store.FactsOf(t.Context(), c)
			same(t, name, store.Facts{Synchronous: 2, ForeignKeys: 1, Journal: "wal"}, got, err)
			if err := orphan(t.Context(), c); err == nil {
				t.Errorf("%s %d keeps a comment on an article that is not there", name, i)
			} else if name == "reader" && !strings.Contains(err.Error(), "readonly") {
				t.Errorf("reader %d may write: %v", i, err)
			}
		}
	}
	// What the settings are asked by is not blind: another setting shows.
	q := found(t, store.Options{URL: filepath.Join(t.TempDir(), "paper.db"), Synchronous: "NORMAL"})
	c, err := q.Store.Writer().Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if got, err := store.FactsOf(t.Context(), c); got.Synchronous != 1 || err != nil {
		t.Errorf("synchronous=NORMAL reads %+v, %v", got, err)
	}
}

// orphan tries to keep a row that points nowhere.
func orphan(ctx context.Context, c *sql.Conn) error {
	_, err := c.ExecContext(ctx, `INSERT INTO search_entry (search_id, scope, article_id) VALUES (1, 'desk', 404)`)
	return err
}

// TestOneWriter: however many ask, SQLite writes on one connection.
func TestOneWriter(t *testing.T) {
	p := found(t, store.Options{URL: filepath.Join(t.TempDir(), "paper.db")})
	if n := p.Store.Writer().Stats().MaxOpenConnections; n != 1 {
		t.Errorf("the writer may have %d connections", n)
	}
	if n := p.Store.Reader().Stats().MaxOpenConnections; n < 2 {
		t.Errorf("readers have %d connections", n)
	}
}
