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
	"github.com/pressly/goose/v3/database"

	"broadsheet/internal/news"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// versionTable is where the numbers of the steps that were done stand.
const versionTable = "schema_version"

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
		goose.WithDisableGlobalRegistry(true), goose.WithTableName(versionTable), goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return fmt.Errorf("store: migrations: %w", err)
	}
	if err := s.ensureVersions(ctx, kind); err != nil {
		return unmigrated(err)
	}
	have, want, err := provider.GetVersions(ctx)
	if err != nil {
		return unmigrated(err)
	}
	if have > want {
		return &news.Error{Code: news.Unavailable, Key: "error.database.newer",
			Message: fmt.Sprintf("the database is of version %d and this program knows version %d; start a newer program", have, want)}
	}
	if have == want {
		return nil
	}
	if _, err := provider.Up(ctx); err != nil {
		return unmigrated(err)
	}
	return nil
}

func unmigrated(err error) error {
	return &news.Error{Code: news.Unavailable, Key: "error.database.migrate", Err: err,
		Message: "the database could not be brought up to date; nothing of the failed step was kept, check the disk and start again"}
}

// ensureVersions makes the table of versions on SQLite. Goose would do it, but
// tries again for three seconds when the disk refuses; it does so for several
// programs that begin at once, which SQLite's own lock sees to here.
func (s *Store) ensureVersions(ctx context.Context, kind goose.Dialect) error {
	if s.dialect.name != "sqlite" {
		return nil
	}
	versions, err := database.NewStore(kind, versionTable)
	if err != nil {
		return err
	}
	if _, err := versions.GetLatestVersion(ctx, s.writer); err == nil {
		return nil // as at every start but the first; without the lock of a writer
	}
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := versions.GetLatestVersion(ctx, tx); err == nil {
		return nil // another program was first
	}
	if err := versions.CreateVersionTable(ctx, tx); err != nil {
		return err
	}
	if err := versions.Insert(ctx, tx, database.InsertRequest{Version: 0}); err != nil {
		return err
	}
	return tx.Commit()
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
