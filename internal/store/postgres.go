package store

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

func (s *Store) openPostgres(ctx context.Context, o Options) error {
	s.dialect = postgresDialect()
	config, err := pgx.ParseConfig(o.URL)
	if err != nil {
		return &news.Error{Code: news.Unavailable, Key: "error.database", Message: "the database URL cannot be read; it looks like postgres://user:password@host:5432/name"}
	}
	readers := o.Readers
	if readers <= 0 {
		readers = 8
	}
	s.writer = stdlib.OpenDB(*config)
	s.writer.SetMaxOpenConns(4)
	s.writer.SetMaxIdleConns(4)
	s.reader = stdlib.OpenDB(*config)
	s.reader.SetMaxOpenConns(readers)
	s.reader.SetMaxIdleConns(readers)
	if err := s.checkDurable(ctx, config); err != nil {
		s.Close()
		return err
	}
	return nil
}

// checkDurable refuses a server that would acknowledge what is not on disk.
func (s *Store) checkDurable(ctx context.Context, config *pgx.ConnConfig) error {
	var fsync, commit string
	row := s.writer.QueryRowContext(ctx, `SELECT current_setting('fsync'), current_setting('synchronous_commit')`)
	if err := row.Scan(&fsync, &commit); err != nil {
		return &news.Error{Code: news.Unavailable, Key: "error.database", Err: err,
			Message: fmt.Sprintf("cannot reach the database %q on %s; check that it runs and that the user may connect", config.Database, config.Host)}
	}
	if fsync != "on" || commit == "off" {
		return &news.Error{Code: news.Unavailable, Key: "error.database",
			Message: fmt.Sprintf("the database runs with fsync=%s and synchronous_commit=%s and would lose published stories; set both to on", fsync, commit)}
	}
	return nil
}

func postgresDialect() *dialect {
	return &dialect{
		name:       "postgres",
		id:         "BIGINT PRIMARY KEY",
		numbered:   func(text string) string { return text },
		lockWriter: `SELECT value FROM counter WHERE name = 'event' FOR UPDATE`,
		clock:      `SELECT cast(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)`,
		search: searchSQL{
			insert: `INSERT INTO search (search_id, words) VALUES ($1, $2::text::tsvector || $3::text::tsvector)`,
			remove: `DELETE FROM search WHERE search_id = $1`,
			newest: `SELECT s.search_id, e.article_id FROM search s JOIN search_entry e ON e.search_id = s.search_id
				WHERE s.words @@ $1::text::tsquery AND s.search_id >= $2 AND s.search_id < $3 AND ($4 = '' OR e.scope = $4)
				ORDER BY s.search_id DESC LIMIT $5`,
			best: `SELECT h.search_id, h.article_id FROM
				(SELECT s.search_id, e.article_id, s.words FROM search s JOIN search_entry e ON e.search_id = s.search_id
				WHERE s.words @@ $1::text::tsquery AND s.search_id >= $2 AND s.search_id < $3 AND ($4 = '' OR e.scope = $4)
				ORDER BY s.search_id DESC LIMIT 2000) h
				ORDER BY ts_rank(h.words, $1::text::tsquery) DESC, h.search_id DESC LIMIT $5`,
			document: tsvectors,
			query:    func(terms []locale.Term) string { return allOf(terms, "'", " & ", " | ") },
		},
		retry: func(err error) bool {
			var pg *pgconn.PgError
			return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
		},
		conflict: func(err error) bool {
			var pg *pgconn.PgError
			return errors.As(err, &pg) && pg.Code == "23505"
		},
		full: func(err error) bool {
			var pg *pgconn.PgError
			return errors.As(err, &pg) && (pg.Code == "53100" || pg.Code == "58030" || pg.Code == "25006")
		},
		unsynced: func(error) bool { return false }, // the server itself stops and recovers
	}
}

// tsvectors writes the words as PostgreSQL's own vectors, each word with its
// position, so that no parser of PostgreSQL splits them another way than
// SQLite does. Positions end at 16,383; a vector may not pass 1 MB, which
// mostIndexed sees to.
func tsvectors(headline, words []string) (string, string) {
	return vector(headline, "A"), vector(words, "")
}

func vector(words []string, weight string) string {
	var b strings.Builder
	for i, w := range words {
		fmt.Fprintf(&b, "'%s':%d%s ", w, min(i+1, 16383), weight)
	}
	return b.String()
}
