// Package store holds all SQL of Broadsheet. SQL is written once, with the
// columns written out, and runs on SQLite and on PostgreSQL; what truly
// differs stands in sqlite.go and postgres.go. One concrete Store; rooms take
// it as it is, and tests use real databases.
//
// There is one writer at a time on both databases: SQLite has one writing
// connection, and a write on PostgreSQL first takes the lock of one row. So
// every act reads and changes a paper that stands still, and events are
// numbered in the order in which they were committed.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"broadsheet/internal/news"
)

// Options say where the database is.
type Options struct {
	// URL is a PostgreSQL address ("postgres://…") or the path of a SQLite file.
	URL string
	// VFS names the SQLite virtual file system; "" = the operating system's. Tests use it.
	VFS string
	// Synchronous is SQLite's setting; "" = FULL, which is what the paper runs with. Tests prove why.
	Synchronous string
	// Readers is the number of reading connections; 0 = 4 on SQLite and 8 on
	// PostgreSQL, -1 = reads share the writing connection (for a VFS without shared memory).
	Readers int
	// Trace sees every statement before it runs, "BEGIN" and "COMMIT" too; an
	// error fails the statement. For tests.
	Trace func(sql string) error
	// Done sees every statement after it ran; an error says that it failed,
	// though it was done. For tests.
	Done func(sql string) error
}

// Store is one paper's database.
type Store struct {
	queries // reads, outside of any transaction
	writer  *sql.DB
	reader  *sql.DB
	dialect *dialect
	hooks   hooks
	wake    chan struct{}
	stmts   *statements
	once    sync.Once

	broken    atomic.Bool // a sync failed, nothing more is written: see sync.go
	logNeeded atomic.Bool // the log has what the database file may have lost
}

// queries are all reads; they run on the Store or inside a Tx.
type queries struct{ run runner }

// Tx is one act: everything in it happens or nothing does.
type Tx struct {
	queries
	d       *dialect
	events  int
	entries []entry // of the search, kept at the end of the act: see flush
}

// dialect is what differs between the two databases.
type dialect struct {
	name       string
	id         string              // the words of a one-number primary key
	lockWriter string              // first statement of each write; "" = none needed
	numbered   func(string) string // how $1 is written
	clock      string              // reads the server's clock in microseconds; "" = it is this machine's
	search     searchSQL
	retry      func(error) bool // the same act may be tried again
	conflict   func(error) bool // a uniqueness rule refused it
	full       func(error) bool // the disk refused it
	unsynced   func(error) bool // what was written may never reach the disk
}

// Open opens the database and brings its schema up to date. It returns
// news.Unavailable with a sentence for the operator when it cannot.
func Open(ctx context.Context, o Options) (*Store, error) {
	s := &Store{hooks: hooks{o.Trace, o.Done}, wake: make(chan struct{}, 1)}
	var err error
	if strings.HasPrefix(o.URL, "postgres://") || strings.HasPrefix(o.URL, "postgresql://") {
		err = s.openPostgres(ctx, o)
	} else {
		err = s.openSQLite(ctx, o)
	}
	if err != nil {
		return nil, err
	}
	if err := s.migrate(ctx); err != nil {
		s.Close()
		return nil, err
	}
	s.stmts = &statements{hooks: s.hooks, db: s.reader, d: s.dialect}
	s.queries = queries{run: s.stmts}
	return s, nil
}

// Close ends all connections. A second call does nothing.
func (s *Store) Close() error {
	var err error
	s.once.Do(func() {
		if s.stmts != nil {
			s.stmts.close()
		}
		if s.reader != nil && s.reader != s.writer {
			err = s.reader.Close()
		}
		if s.writer != nil {
			err = errors.Join(err, s.keepLog(), s.writer.Close())
		}
	})
	return err
}

// Name is "sqlite" or "postgres".
func (s *Store) Name() string { return s.dialect.name }

// Wake is sent to after each act that wrote events. It is a hint: whoever
// waits also looks from time to time.
func (s *Store) Wake() <-chan struct{} { return s.wake }

// tries is how often an act is tried when the database asks to try again.
const tries = 4

// Write carries out one act in one transaction. When it returns nil, the act
// is on disk. fn may be called again after a serialization failure, so it
// changes nothing but the Tx and values it sets anew each time.
//
// An error before the COMMIT means that nothing was done. An error of the
// COMMIT itself may come after the act was kept (news.Unavailable, and the
// sentence says so): ask again, every act of the rooms is done once.
func (s *Store) Write(ctx context.Context, act string, fn func(*Tx) error) error {
	for try := 1; ; try++ {
		if s.broken.Load() {
			return refusedBroken(act)
		}
		err := s.writeOnce(ctx, fn)
		if err == nil {
			return nil
		}
		if try < tries && s.dialect.retry(err) && ctx.Err() == nil {
			continue
		}
		if s.dialect.unsynced(err) {
			s.settle(ctx)
		}
		return s.explain(act, err)
	}
}

func (s *Store) writeOnce(ctx context.Context, fn func(*Tx) error) (err error) {
	if err := s.hooks.before("BEGIN"); err != nil {
		return err
	}
	sqlTx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	committed := false
	defer func() {
		if !committed {
			sqlTx.Rollback()
		}
	}()
	if err := s.hooks.after("BEGIN"); err != nil {
		return err
	}
	tx := &Tx{queries: queries{run: &plain{hooks: s.hooks, tx: sqlTx, d: s.dialect}}, d: s.dialect}
	if s.dialect.lockWriter != "" {
		if err := tx.exec(ctx, s.dialect.lockWriter); err != nil {
			return err
		}
	}
	if err := fn(tx); err != nil {
		return err
	}
	if err := tx.flush(ctx); err != nil {
		return err
	}
	if err := s.hooks.before("COMMIT"); err != nil {
		return err
	}
	committed = true
	err = sqlTx.Commit()
	if err == nil {
		err = s.hooks.after("COMMIT")
	}
	if tx.events > 0 { // after a failed COMMIT too: it may have been kept
		select {
		case s.wake <- struct{}{}:
		default:
		}
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errUnconfirmed, err)
	}
	return nil
}

// errUnconfirmed marks the error of a COMMIT: the act may have been kept.
var errUnconfirmed = errors.New("commit not confirmed")

// explain gives a database error its code and a sentence. Refusals of the
// rooms pass as they are.
func (s *Store) explain(act string, err error) error {
	code := news.CodeOf(err)
	says := func(code news.Code, key, message string) error {
		return &news.Error{Code: code, Key: key, Message: act + ": " + message, Err: err}
	}
	switch {
	case code != "" && code != news.Unavailable:
		return err
	case errors.Is(err, context.Canceled):
		return fmt.Errorf("%s: %w", act, err)
	case interrupted(err): // SQLite's own word for a context that ended under a statement
		return fmt.Errorf("%s: %w (%w)", act, context.Canceled, err)
	case s.dialect.conflict(err):
		return says(news.Conflict, "error.conflict", "this already exists")
	case s.broken.Load():
		return says(news.Unavailable, "error.disk.failed", "the disk failed while it was kept, so nothing more is written; check the disk, start the program again and look whether it was done")
	case s.dialect.full(err) && errors.Is(err, errUnconfirmed):
		return says(news.Unavailable, "error.disk.failed", "the disk did not confirm it; free some space or check the disk and try again, nothing is done twice")
	case s.dialect.full(err):
		return says(news.Unavailable, "error.disk", "the disk did not take it, nothing was changed; free some space or check the disk and try again")
	case errors.Is(err, errUnconfirmed):
		return says(news.Unavailable, "error.unconfirmed", "the database did not confirm it; try again, nothing is done twice")
	case code != "":
		return err
	}
	return says(news.Unavailable, "error.database", "the database did not take it, nothing was changed; try again")
}

// micro is how times are stored: microseconds since 1970 in UTC, 0 = none.
func micro(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func fromMicro(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMicro(n).UTC()
}

// nextNumber gives out the next number of a kind. It is never given again.
func (tx *Tx) nextNumber(ctx context.Context, name string) (int64, error) {
	var n int64
	err := tx.row(ctx, `UPDATE counter SET value = value + 1 WHERE name = $1 RETURNING value`, []any{name}, &n)
	return n, err
}

// DatabaseTime is the clock of the database's machine; zero where that is this
// machine. Embargoes end only when both clocks say so.
func (tx *Tx) DatabaseTime(ctx context.Context) (time.Time, error) {
	if tx.d.clock == "" {
		return time.Time{}, nil
	}
	var at int64
	err := tx.row(ctx, tx.d.clock, nil, &at)
	return fromMicro(at), err
}
