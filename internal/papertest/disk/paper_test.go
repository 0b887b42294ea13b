package disk_test

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"broadsheet/internal/papertest/disk"

	_ "github.com/ncruces/go-sqlite3/driver"
)

// transactions is how many the workload writes, each with two rows.
const transactions = 40

// dsn is a connection string as the paper's own but for a checkpoint every few
// transactions, so that cuts hit those too.
func dsn(d *disk.Disk, journal, synchronous string) string {
	return "file:paper.db?vfs=" + d.Name() + "&_txlock=immediate&_pragma=busy_timeout(5000)" +
		"&_pragma=journal_mode(" + journal + ")&_pragma=synchronous(" + synchronous + ")&_pragma=wal_autocheckpoint(40)"
}

// open opens one connection. That sql.Open itself fails is not expected.
func open(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", dsn)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	return db
}

// prepare makes a disk with the workload's empty tables on it.
func prepare(t *testing.T, journal string) *disk.Disk {
	t.Helper()
	d := disk.New(strings.ToLower(t.Name())+"-"+journal, 1)
	t.Cleanup(d.Close)
	db := open(t, dsn(d, journal, "full"))
	if _, err := db.Exec(schema); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return d
}

const schema = `
	CREATE TABLE article (id INTEGER PRIMARY KEY, body TEXT NOT NULL);
	CREATE TABLE leaf (article INTEGER PRIMARY KEY REFERENCES article, hash TEXT NOT NULL UNIQUE);`

func body(id int) string {
	return strings.Repeat(fmt.Sprintf("The ferry to Ostland, part %d. ", id), 20)
}
func hash(id int) string { return fmt.Sprintf("%032x", id*7919) }

// write is one act: an article and its leaf, both or none.
func write(db *sql.DB, id int) error {
	tx, err := db.BeginTx(context.Background(), nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Exec("INSERT INTO article (id, body) VALUES (?, ?)", id, body(id)); err != nil {
		return err
	}
	if _, err := tx.Exec("INSERT INTO leaf (article, hash) VALUES (?, ?)", id, hash(id)); err != nil {
		return err
	}
	return tx.Commit()
}

// writeAll runs the workload until an act fails, and closes the database. It
// returns how many acts were acknowledged.
func writeAll(db *sql.DB) (acked int) {
	defer db.Close()
	for id := 1; id <= transactions; id++ {
		if write(db, id) != nil {
			return id - 1
		}
	}
	return transactions
}

// found is what a database holds when opened again.
type found struct {
	articles, leaves map[int]bool
	corrupt          error
}

// inspect opens a database and reads everything.
func inspect(t *testing.T, dsn string) (f found) {
	t.Helper()
	db := open(t, dsn)
	defer db.Close()
	var verdict string
	if f.corrupt = db.QueryRow("PRAGMA integrity_check").Scan(&verdict); f.corrupt == nil && verdict != "ok" {
		f.corrupt = fmt.Errorf("integrity_check: %s", verdict)
	}
	if f.corrupt == nil {
		f.articles, f.corrupt = ids(db, "SELECT id, body FROM article", body)
	}
	if f.corrupt == nil {
		f.leaves, f.corrupt = ids(db, "SELECT article, hash FROM leaf", hash)
	}
	return f
}

func ids(db *sql.DB, query string, want func(int) string) (map[int]bool, error) {
	rows, err := db.Query(query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[int]bool{}
	for rows.Next() {
		var id int
		var text string
		if err := rows.Scan(&id, &text); err != nil {
			return nil, err
		}
		if text != want(id) {
			return nil, fmt.Errorf("row %d holds %.40q", id, text)
		}
		all[id] = true
	}
	return all, rows.Err()
}

// lost counts the acts of ids 1 to acked of which nothing is there.
func (f found) lost(acked int) (n int) {
	for id := 1; id <= acked; id++ {
		if !f.articles[id] && !f.leaves[id] {
			n++
		}
	}
	return n
}

// torn counts the acts of which one row is there and one is not.
func (f found) torn() (n int) {
	for id := 1; id <= transactions; id++ {
		if f.articles[id] != f.leaves[id] {
			n++
		}
	}
	return n
}
