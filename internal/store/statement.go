package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"

	"broadsheet/internal/news"
)

// runner runs statements: on the pool of readers or inside a transaction.
type runner interface {
	queryContext(ctx context.Context, text string, args []any) (*sql.Rows, error)
	execContext(ctx context.Context, text string, args []any) (sql.Result, error)
	after(text string) error
}

// hooks are how tests see and fail statements: see Options.
type hooks struct{ trace, done func(sql string) error }

func (h hooks) before(text string) error {
	if h.trace == nil {
		return nil
	}
	return h.trace(text)
}

func (h hooks) after(text string) error {
	if h.done == nil {
		return nil
	}
	return h.done(text)
}

// statements keeps each text prepared: a page's reads are parsed once.
type statements struct {
	hooks
	db    *sql.DB
	d     *dialect
	known sync.Map // text → *sql.Stmt
}

func (s *statements) prepare(ctx context.Context, text string) (*sql.Stmt, error) {
	if err := s.before(text); err != nil {
		return nil, err
	}
	if st, ok := s.known.Load(text); ok {
		return st.(*sql.Stmt), nil
	}
	st, err := s.db.PrepareContext(ctx, s.d.numbered(text))
	if err != nil {
		return nil, err
	}
	if was, loaded := s.known.LoadOrStore(text, st); loaded {
		st.Close()
		return was.(*sql.Stmt), nil
	}
	return st, nil
}

func (s *statements) queryContext(ctx context.Context, text string, args []any) (*sql.Rows, error) {
	st, err := s.prepare(ctx, text)
	if err != nil {
		return nil, err
	}
	return st.QueryContext(ctx, args...)
}

func (s *statements) execContext(context.Context, string, []any) (sql.Result, error) {
	return nil, errors.New("store: a write outside of Write")
}

func (s *statements) close() {
	s.known.Range(func(_, st any) bool {
		st.(*sql.Stmt).Close()
		return true
	})
}

// plain runs statements inside one transaction.
type plain struct {
	hooks
	tx    *sql.Tx
	d     *dialect
	known map[string]*sql.Stmt
}

// prepare keeps a text prepared for the length of the transaction, which is
// what makes a bulk import fast; a text used once costs no more.
func (p *plain) prepare(ctx context.Context, text string) (*sql.Stmt, error) {
	if err := p.before(text); err != nil {
		return nil, err
	}
	if st := p.known[text]; st != nil {
		return st, nil
	}
	st, err := p.tx.PrepareContext(ctx, p.d.numbered(text))
	if err != nil {
		return nil, err
	}
	if p.known == nil {
		p.known = map[string]*sql.Stmt{}
	}
	p.known[text] = st
	return st, nil
}

func (p *plain) queryContext(ctx context.Context, text string, args []any) (*sql.Rows, error) {
	st, err := p.prepare(ctx, text)
	if err != nil {
		return nil, err
	}
	return st.QueryContext(ctx, args...)
}

func (p *plain) execContext(ctx context.Context, text string, args []any) (sql.Result, error) {
	st, err := p.prepare(ctx, text)
	if err != nil {
		return nil, err
	}
	return st.ExecContext(ctx, args...)
}

// row reads exactly one row into dest; none is news.NotFound.
func (q queries) row(ctx context.Context, text string, args []any, dest ...any) error {
	rows, err := q.run.queryContext(ctx, text, args)
	if err != nil {
		return unavailable(err)
	}
	defer rows.Close()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return unavailable(err)
		}
		if err := q.run.after(text); err != nil {
			return unavailable(err)
		}
		return news.Refuse(news.NotFound, "error.notfound", "there is no such thing")
	}
	if err := rows.Scan(dest...); err != nil {
		return fmt.Errorf("store: scan: %w", err)
	}
	if err := rows.Err(); err != nil {
		return unavailable(err)
	}
	return unavailable(q.run.after(text))
}

// scanner is a row being read.
type scanner interface{ Scan(dest ...any) error }

// all reads every row of a query with one function.
func all[T any](ctx context.Context, q queries, text string, args []any, scan func(scanner) (T, error)) ([]T, error) {
	rows, err := q.run.queryContext(ctx, text, args)
	if err != nil {
		return nil, unavailable(err)
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("store: scan: %w", err)
		}
		out = append(out, v)
	}
	if err := rows.Err(); err != nil {
		return nil, unavailable(err)
	}
	return out, unavailable(q.run.after(text))
}

// one reads the first row with the same function that lists use.
func one[T any](ctx context.Context, q queries, text string, args []any, scan func(scanner) (T, error)) (T, error) {
	list, err := all(ctx, q, text, args, scan)
	if err != nil || len(list) == 0 {
		var none T
		if err == nil {
			err = news.Refuse(news.NotFound, "error.notfound", "there is no such thing")
		}
		return none, err
	}
	return list[0], nil
}

// exec runs one statement that changes something.
func (tx *Tx) exec(ctx context.Context, text string, args ...any) error {
	if _, err := tx.run.execContext(ctx, text, args); err != nil {
		return err
	}
	return tx.run.after(text)
}

// unavailable marks a failed read: the database does not answer.
func unavailable(err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	if damaged(err) {
		return &news.Error{Code: news.Unavailable, Key: "error.database", Message: "the database file is damaged; restore it from a backup", Err: err}
	}
	if diskFailed(err) {
		return &news.Error{Code: news.Unavailable, Key: "error.disk", Message: "the disk does not give the paper; check the disk", Err: err}
	}
	return &news.Error{Code: news.Unavailable, Key: "error.database", Message: "the database does not answer; check that it runs", Err: err}
}
