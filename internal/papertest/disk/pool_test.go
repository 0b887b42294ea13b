package disk_test

import (
	"database/sql"
	"sync"
	"testing"

	"broadsheet/internal/papertest/disk"
)

// TestPool has one writer and several readers at once, each with a connection
// of its own, in WAL and with a rollback journal.
func TestPool(t *testing.T) {
	for _, journal := range []string{"wal", "delete", "truncate", "persist"} {
		t.Run(journal, func(t *testing.T) {
			t.Parallel()
			d := disk.New("testpool-"+journal, 1)
			defer d.Close()
			name := "file:paper.db?vfs=" + d.Name() + "&_pragma=busy_timeout(20000)&_pragma=journal_mode(" + journal + ")&_pragma=synchronous(full)"
			writer := open(t, name)
			defer writer.Close()
			if _, err := writer.Exec(schema); err != nil {
				t.Fatal(err)
			}
			readers, err := sql.Open("sqlite3", name+"&_pragma=query_only(1)")
			if err != nil {
				t.Fatal(err)
			}
			defer readers.Close()
			readers.SetMaxOpenConns(4)

			var group sync.WaitGroup
			for range 4 {
				group.Go(func() { readWhileWriting(t, readers) })
			}
			for id := 1; id <= transactions; id++ {
				if err := write(writer, id); err != nil {
					t.Errorf("act %d: %v", id, err)
				}
			}
			group.Wait()
		})
	}
}

// readWhileWriting reads until the last act is there; articles and leaves have
// to be equally many at any moment, and never fewer than before.
func readWhileWriting(t *testing.T, db *sql.DB) {
	for last := 0; last < transactions; {
		var articles, leaves int
		const query = "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM leaf)"
		if err := db.QueryRow(query).Scan(&articles, &leaves); err != nil {
			t.Errorf("read: %v", err)
			return
		}
		if articles != leaves || articles < last {
			t.Errorf("%d articles, %d leaves, after %d", articles, leaves, last)
			return
		}
		last = articles
	}
}

// TestCutPool cuts the power with a writer and a reader open on one WAL.
func TestCutPool(t *testing.T) {
	prepared := prepare(t, "wal")
	cuts := 0
	for n := 1; ; n += 7 {
		d := prepared.Clone(uint64(n))
		d.CutAt(n)
		reader := open(t, dsn(d, "wal", "full")+"&_pragma=query_only(1)")
		writer := open(t, dsn(d, "wal", "full"))
		acked := 0
		for acked < transactions && write(writer, acked+1) == nil {
			acked++
			var seen int
			err := reader.QueryRow("SELECT count(*) FROM leaf").Scan(&seen)
			if d.Off() {
				break // in a checkpoint after the commit
			}
			if err != nil || seen != acked {
				t.Fatalf("cut at %d: the reader sees %d of %d acts: %v", n, seen, acked, err)
			}
		}
		whole := !d.Off()
		reader.Close()
		writer.Close()
		d.Reboot()
		if f := inspect(t, dsn(d, "wal", "full")); f.corrupt != nil || f.lost(acked) > 0 || f.torn() > 0 {
			t.Errorf("cut at %d: %d of %d acts lost, %d torn: %v", n, f.lost(acked), acked, f.torn(), f.corrupt)
		}
		d.Close()
		if whole {
			t.Logf("%d cuts", cuts)
			return
		}
		cuts++
	}
}
