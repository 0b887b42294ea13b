package store

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// sqliteDSN puts the settings into the connection string, so that every
// connection of a pool has them, not only the first.
func sqliteDSN(o Options, readOnly bool) string {
	synchronous := o.Synchronous
	if synchronous == "" {
		synchronous = "FULL"
	}
	q := url.Values{"_txlock": {"immediate"}}
	if o.VFS != "" {
		q.Set("vfs", o.VFS)
	}
	q["_pragma"] = []string{
		"busy_timeout(10000)",
		"journal_mode(WAL)",
		"synchronous(" + synchronous + ")",
		"foreign_keys(1)",
		"trusted_schema(0)",
		"temp_store(2)",
		"cache_size(-8192)",
	}
	if o.Readers < 0 {
		q["_pragma"] = append([]string{q["_pragma"][0], "locking_mode(EXCLUSIVE)"}, q["_pragma"][1:]...)
	}
	if readOnly {
		q["_pragma"] = append(q["_pragma"], "query_only(1)")
	}
	u := url.URL{Scheme: "file", OmitHost: true, Path: o.URL, RawQuery: q.Encode()}
	return u.String()
}

func (s *Store) openSQLite(ctx context.Context, o Options) error {
	s.dialect = sqliteDialect()
	if o.VFS == "" {
		if abs, err := filepath.Abs(o.URL); err == nil {
			o.URL = abs
		}
	}
	writer, err := driver.Open(sqliteDSN(o, false), s.writerConn)
	if err != nil {
		return cannotOpen(o.URL, err)
	}
	writer.SetMaxOpenConns(1)
	writer.SetConnMaxIdleTime(0)
	s.writer, s.reader = writer, writer
	if err := writer.PingContext(ctx); err != nil {
		writer.Close()
		return cannotOpen(o.URL, err)
	}
	if o.Readers < 0 {
		return nil
	}
	if o.VFS == "" {
		os.Chmod(o.URL, 0o600) // drafts and addresses are nobody else's; a file system without modes may refuse
	}
	if s.reader, err = driver.Open(sqliteDSN(o, true), readerConn); err != nil {
		writer.Close()
		return cannotOpen(o.URL, err)
	}
	readers := o.Readers
	if readers == 0 {
		readers = 4
	}
	s.reader.SetMaxOpenConns(readers)
	s.reader.SetMaxIdleConns(readers)
	return nil
}

func cannotOpen(path string, err error) error {
	what := "cannot open the database " + strconv.Quote(path)
	switch {
	case damaged(err):
		what += ": the file is not a sound SQLite database; restore it from a backup"
	case errors.Is(err, sqlite3.READONLY), errors.Is(err, sqlite3.PERM):
		what += ": it is read-only; make the file and its folder writable"
	case errors.Is(err, sqlite3.BUSY), errors.Is(err, sqlite3.LOCKED):
		what += ": another program holds it; stop that program first"
	case errors.Is(err, sqlite3.CANTOPEN):
		what += ": check that the folder exists and is writable"
	case diskFailed(err):
		what += ": the disk does not take it; free some space or check the disk"
	}
	return &news.Error{Code: news.Unavailable, Key: "error.database", Message: what, Err: err}
}

func sqliteDialect() *dialect {
	return &dialect{
		name: "sqlite",
		id:   "INTEGER PRIMARY KEY",
		// In SQLite "$2" is a name, numbered by where it first stands; "?2" is the number.
		numbered: func(text string) string { return strings.ReplaceAll(text, "$", "?") },
		search: searchSQL{
			insert: `INSERT INTO search (rowid, headline, words) VALUES ($1, $2, $3)`,
			remove: `DELETE FROM search WHERE rowid = $1`,
			newest: `SELECT search.rowid, e.article_id FROM search JOIN search_entry e ON e.search_id = search.rowid
				WHERE search MATCH $1 AND search.rowid >= $2 AND search.rowid < $3 AND ($4 = '' OR e.scope = $4)
				ORDER BY search.rowid DESC LIMIT $5`,
			best: `SELECT search.rowid, e.article_id FROM search JOIN search_entry e ON e.search_id = search.rowid
				WHERE search MATCH $1 AND search.rowid >= (SELECT coalesce(min(r), $2) FROM
					(SELECT search.rowid AS r FROM search JOIN search_entry e ON e.search_id = search.rowid
					WHERE search MATCH $1 AND search.rowid >= $2 AND search.rowid < $3 AND ($4 = '' OR e.scope = $4)
					ORDER BY search.rowid DESC LIMIT 2000) newest)
				AND search.rowid < $3 AND ($4 = '' OR e.scope = $4)
				ORDER BY bm25(search, 6.0, 1.0), search.rowid DESC LIMIT $5`,
			document: func(headline, words []string) (string, string) { return spaced(headline), spaced(words) },
			// Words are letters and digits only, so quoting them is enough.
			query: func(terms []locale.Term) string { return allOf(terms, `"`, " AND ", " OR ") },
		},
		retry: func(err error) bool {
			return errors.Is(err, sqlite3.BUSY) || errors.Is(err, sqlite3.LOCKED)
		},
		conflict: func(err error) bool {
			return errors.Is(err, sqlite3.CONSTRAINT_UNIQUE) || errors.Is(err, sqlite3.CONSTRAINT_PRIMARYKEY)
		},
		full:     diskFailed,
		unsynced: syncFailed,
	}
}
