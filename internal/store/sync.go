package store

import (
	"context"
	"errors"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"
	"github.com/ncruces/go-sqlite3/ext/fts5"

	"broadsheet/internal/news"
)

// What a failed sync does to a paper on SQLite.
//
// An operating system reports a failed sync once and may then believe the
// pages clean: the next sync succeeds, though they never reached the disk. So
// a failed sync is not tried again as if nothing had happened.
//
// Of the log, at a COMMIT: SQLite takes the act back, and the next act writes
// over its pages, so what follows is sound. Until then the refused pages stand
// behind the log's end, and a program that starts anew would take them for an
// act that was kept. settle writes over them at once. If the disk refuses that
// too, the store is broken.
//
// Of the database file, at a checkpoint: SQLite says nothing and tries again
// later, but only the pages that it believes not copied yet. Pages copied by
// an earlier checkpoint that readers cut short were never synced; the failed
// sync may have dropped them, and the next success would throw the log away
// that still has them. The store is broken, and keeps its log.
//
// A broken store is read and not written. Everything acknowledged is in the
// log and synced; the next start reads the log from its beginning and copies
// all of it again.

// checkpointPages is the length of the log, in pages of 4 KB, from which an
// act also copies it into the database file. SQLite's own number.
const checkpointPages = 1000

// writerConn prepares the writing connection. It checkpoints in SQLite's
// place, whose own checkpoint hides that a sync failed.
func (s *Store) writerConn(c *sqlite3.Conn) error {
	c.WALHook(func(c *sqlite3.Conn, schema string, pages int) error {
		if pages >= checkpointPages {
			s.checkpoint(c, schema)
		}
		return nil // the act is on disk, whatever became of the checkpoint
	})
	return fts5.Register(c)
}

func (s *Store) checkpoint(c *sqlite3.Conn, schema string) {
	if s.broken.Load() {
		return
	}
	if _, _, err := c.WALCheckpoint(schema, sqlite3.CHECKPOINT_PASSIVE); syncFailed(err) {
		s.broken.Store(true)
		s.logNeeded.Store(true)
	}
}

// readerConn prepares a reading connection: it never copies the log.
func readerConn(c *sqlite3.Conn) error {
	if _, err := c.Config(sqlite3.DBCONFIG_NO_CKPT_ON_CLOSE, true); err != nil {
		return err
	}
	return fts5.Register(c)
}

// settle makes sure that an act whose sync failed is not in the log: it writes
// a page over it, any page.
func (s *Store) settle(ctx context.Context) {
	if _, err := s.writer.ExecContext(context.WithoutCancel(ctx), `PRAGMA user_version = 1`); err != nil {
		s.broken.Store(true)
	}
}

// keepLog keeps the last connection from copying the log when it closes.
func (s *Store) keepLog() error {
	if !s.logNeeded.Load() {
		return nil
	}
	conn, err := s.writer.Conn(context.Background())
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.Raw(func(c any) error {
		_, err := c.(driver.Conn).Raw().Config(sqlite3.DBCONFIG_NO_CKPT_ON_CLOSE, true)
		return err
	})
}

func refusedBroken(act string) error {
	return &news.Error{Code: news.Unavailable, Key: "error.disk.failed",
		Message: act + ": the disk has failed, so nothing more is written; check the disk and start the program again"}
}

// diskFailed reports whether the disk, not the database, said no.
func diskFailed(err error) bool {
	return errors.Is(err, sqlite3.FULL) || errors.Is(err, sqlite3.IOERR) || errors.Is(err, sqlite3.READONLY) || errors.Is(err, sqlite3.CANTOPEN)
}

// syncFailed reports whether what was written may never reach the disk.
func syncFailed(err error) bool {
	return errors.Is(err, sqlite3.IOERR_FSYNC) || errors.Is(err, sqlite3.IOERR_DIR_FSYNC)
}

// damaged reports whether the database file holds what SQLite never wrote.
func damaged(err error) bool {
	return errors.Is(err, sqlite3.CORRUPT) || errors.Is(err, sqlite3.NOTADB)
}

// interrupted reports whether a statement was stopped because its context ended.
func interrupted(err error) bool { return errors.Is(err, sqlite3.INTERRUPT) }
