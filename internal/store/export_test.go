package store

import (
	"context"
	"database/sql"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/ncruces/go-sqlite3/driver"

	"broadsheet/internal/news"
)

// Text is a statement and where it comes from.
type Text struct{ Where, SQL string }

// DialectTexts are the statements that stand in sqlite.go or postgres.go.
func DialectTexts(s *Store) []Text {
	d := s.dialect
	list := []Text{{"search.insert", d.search.insert}, {"search.remove", d.search.remove}, {"search.newest", d.search.newest}, {"search.best", d.search.best}}
	for where, text := range map[string]string{"lockWriter": d.lockWriter, "clock": d.clock} {
		if text != "" {
			list = append(list, Text{where, text})
		}
	}
	return list
}

// Numbered is a statement as the database is given it.
func (s *Store) Numbered(text string) string { return s.dialect.numbered(text) }

// ScopeWords are the words that stand for an edition and a section in the search.
func ScopeWords(e news.EditionID, s news.SectionID) []string {
	return []string{editionWord(e), sectionWord(s)}
}

// Methods names the exported methods of Store and Tx.
func Methods() []string {
	var names []string
	for _, t := range []reflect.Type{reflect.TypeFor[*Store](), reflect.TypeFor[*Tx]()} {
		for i := range t.NumMethod() {
			if name := t.Method(i).Name; !slices.Contains(testMethods, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

var testMethods = []string{"Numbered", "Writer", "Reader", "Dump", "Wipe", "Checkpoint", "Broken"}

// Facts are the settings of one connection of SQLite.
type Facts struct {
	Synchronous, ForeignKeys int
	Journal                  string
}

// FactsOf asks one connection.
func FactsOf(ctx context.Context, c *sql.Conn) (f Facts, err error) {
	f.Synchronous, f.ForeignKeys, f.Journal, err = sqliteFacts(ctx, c)
	return f, err
}

// Writer gives tests the writing pool.
func (s *Store) Writer() *sql.DB { return s.writer }

// Reader gives tests the reading pool.
func (s *Store) Reader() *sql.DB { return s.reader }

// Checkpoint copies the log as an act does when the log is long.
func (s *Store) Checkpoint(ctx context.Context) error {
	conn, err := s.writer.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.Raw(func(c any) error {
		s.checkpoint(c.(driver.Conn).Raw(), "main")
		return nil
	})
}

// Broken says whether a failed sync has ended the writing.
func (s *Store) Broken() bool { return s.broken.Load() }

// Dump writes down every row of every table, the search's own included: two
// databases that give the same dump hold the same paper.
func (s *Store) Dump(ctx context.Context) (string, error) {
	names, err := s.tables(ctx)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, name := range names {
		lines, err := dumpTable(ctx, s.writer, name)
		if err != nil {
			return "", fmt.Errorf("%s: %w", name, err)
		}
		slices.Sort(lines)
		for _, line := range lines {
			fmt.Fprintf(&b, "%s: %s\n", name, line)
		}
	}
	return b.String(), nil
}

// Wipe empties a database on PostgreSQL, as if it had just been made. A new
// one on SQLite costs less than that.
func (s *Store) Wipe(ctx context.Context) error {
	if s.dialect.name == "sqlite" {
		return nil
	}
	names, err := s.tables(ctx)
	if err != nil {
		return err
	}
	text := "BEGIN; SET LOCAL session_replication_role = replica; UPDATE counter SET value = 0;"
	for _, name := range names {
		if name != "counter" {
			text += "DELETE FROM " + name + ";"
		}
	}
	_, err = s.writer.ExecContext(ctx, text+"COMMIT")
	return err
}

func (s *Store) tables(ctx context.Context) ([]string, error) {
	text := `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('search', 'schema_version') ORDER BY name`
	if s.dialect.name == "postgres" {
		text = `SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'schema_version' ORDER BY tablename`
	}
	rows, err := s.writer.QueryContext(ctx, text)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

func dumpTable(ctx context.Context, db *sql.DB, name string) ([]string, error) {
	rows, err := db.QueryContext(ctx, `SELECT * FROM "`+name+`"`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var lines []string
	for rows.Next() {
		values := make([]any, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		var line strings.Builder
		for i, v := range values {
			if raw, ok := v.([]byte); ok {
				v = fmt.Sprintf("%x", raw)
			}
			fmt.Fprintf(&line, "%s=%v ", columns[i], v)
		}
		lines = append(lines, line.String())
	}
	return lines, rows.Err()
}

// sqliteFacts reads settings of one connection; a test asks every connection.
func sqliteFacts(ctx context.Context, c *sql.Conn) (synchronous, foreignKeys int, journal string, err error) {
	if err = c.QueryRowContext(ctx, `PRAGMA synchronous`).Scan(&synchronous); err != nil {
		return
	}
	if err = c.QueryRowContext(ctx, `PRAGMA foreign_keys`).Scan(&foreignKeys); err != nil {
		return
	}
	err = c.QueryRowContext(ctx, `PRAGMA journal_mode`).Scan(&journal)
	return
}
