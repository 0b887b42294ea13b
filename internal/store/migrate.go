package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"github.com/pressly/goose/v3"

	"broadsheet/internal/news"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migrate brings the schema to this program's version, each step in a
// transaction of its own together with its mark. Steps only go forward.
// A database from a newer program is refused, and nothing is written.
func (s *Store) migrate(ctx context.Context) error {
	steps, err := s.migrations()
	if err != nil {
		return err
	}
	kind := goose.DialectSQLite3
	if s.dialect.name == "postgres" {
		kind = goose.DialectPostgres
	}
	provider, err := goose.NewProvider(kind, s.writer, nil, goose.WithGoMigrations(steps...),
		goose.WithDisableGlobalRegistry(true), goose.WithTableName("schema_version"), goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return fmt.Errorf("store: migrations: %w", err)
	}
	have, want, err := provider.GetVersions(ctx)
	if err != nil {
		return cannotOpen("schema", err)
	}
	if have > want {
		return &news.Error{Code: news.Unavailable, Key: "error.database.newer",
			Message: fmt.Sprintf("the database is of version %d and this program knows version %d; start a newer program", have, want)}
	}
	if have == want {
		return nil
	}
	if _, err := provider.Up(ctx); err != nil {
		return &news.Error{Code: news.Unavailable, Key: "error.database.migrate", Err: err,
			Message: "the database could not be brought up to date; nothing of the failed step was kept, check the disk and start again"}
	}
	return nil
}

// migrations reads the numbered files: 0001_paper.sql is step 1.
func (s *Store) migrations() ([]*goose.Migration, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var steps []*goose.Migration
	for _, name := range names {
		number, _, _ := strings.Cut(strings.TrimPrefix(name, "migrations/"), "_")
		version, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("store: migration %s has no number", name)
		}
		raw, err := migrationFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		text := s.dialect.translate(string(raw))
		up := func(ctx context.Context, tx *sql.Tx) error {
			if err := s.hooks.before(text); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, text); err != nil {
				return err
			}
			return s.hooks.after(text)
		}
		steps = append(steps, goose.NewGoMigration(version, &goose.GoFunc{RunTx: up}, nil))
	}
	return steps, nil
}

// translate fills in the primary key and leaves out blocks that belong to the
// other database.
func (d *dialect) translate(text string) string {
	var b strings.Builder
	skip := false
	for line := range strings.Lines(text) {
		switch mark := strings.TrimSpace(line); {
		case strings.HasPrefix(mark, "-- only "):
			skip = mark != "-- only "+d.name
		case mark == "-- end":
			skip = false
		case !skip:
			b.WriteString(strings.ReplaceAll(line, "{{id}}", d.id))
		}
	}
	return b.String()
}
