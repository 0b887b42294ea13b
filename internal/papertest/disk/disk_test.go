package disk_test

import (
	"bytes"
	"fmt"
	"testing"

	"broadsheet/internal/papertest/disk"

	"github.com/google/go-cmp/cmp"
	"github.com/ncruces/go-sqlite3/vfs"
	"go.uber.org/goleak"
	"pgregory.net/rapid"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const create = vfs.OPEN_CREATE | vfs.OPEN_READWRITE

func openFile(t interface{ Fatal(...any) }, d *disk.Disk, name string, flags vfs.OpenFlag) vfs.File {
	f, _, err := d.Open(name, flags)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// content reads a whole file; false if there is none of that name.
func content(t interface{ Fatal(...any) }, d *disk.Disk, name string) ([]byte, bool) {
	f, _, err := d.Open(name, vfs.OPEN_READWRITE)
	if err != nil {
		return nil, false
	}
	defer f.Close()
	size, err := f.Size()
	if err != nil {
		t.Fatal(err)
	}
	b := make([]byte, size)
	if n, err := f.ReadAt(b, 0); n < len(b) {
		t.Fatal(err)
	}
	return b, true
}

// TestFileModel compares a file with a slice of bytes, and what a cut leaves
// with everything the file held since its last sync.
func TestFileModel(t *testing.T) {
	runs := 0
	rapid.Check(t, func(r *rapid.T) {
		runs++
		d := disk.New(fmt.Sprint("model-", runs), rapid.Uint64().Draw(r, "seed"))
		defer d.Close()
		f := openFile(r, d, "/a", create)
		var now []byte
		since := [][]byte{nil} // contents since the last sync, the durable one first
		for range rapid.IntRange(1, 20).Draw(r, "steps") {
			switch rapid.IntRange(0, 5).Draw(r, "step") {
			case 0:
				if err := f.Sync(vfs.SYNC_FULL); err != nil {
					r.Fatal(err)
				}
				since = nil
			case 1:
				size := rapid.IntRange(0, 4000).Draw(r, "size")
				if err := f.Truncate(int64(size)); err != nil {
					r.Fatal(err)
				}
				now = append(bytes.Clone(now), make([]byte, max(0, size-len(now)))...)[:size]
			default:
				off := rapid.IntRange(0, 3000).Draw(r, "off")
				p := rapid.SliceOfN(rapid.Byte(), 1, 1200).Draw(r, "bytes")
				if n, err := f.WriteAt(p, int64(off)); n != len(p) || err != nil {
					r.Fatal(n, err)
				}
				now = append(bytes.Clone(now), make([]byte, max(0, off+len(p)-len(now)))...)
				copy(now[off:], p)
			}
			since = append(since, now)
			if got, _ := content(r, d, "/a"); !bytes.Equal(got, now) {
				r.Fatalf("file differs from the model: %s", cmp.Diff(now, got))
			}
		}
		f.Close()
		d.Reboot()
		if got, ok := content(r, d, "/a"); ok || len(since) == 1 {
			survived(r, got, since)
		}
	})
}

// survived checks that each byte of got, and its size, was there at some time
// since the last sync; past the durable end anything goes.
func survived(r *rapid.T, got []byte, since [][]byte) {
	sized := false
	for _, b := range since {
		sized = sized || len(b) == len(got)
	}
	if !sized {
		r.Fatalf("size %d after the cut never was", len(got))
	}
	if durable := since[0]; len(since) == 1 && !bytes.Equal(got, durable) {
		r.Fatalf("a synced file changed in the cut: %s", cmp.Diff(durable, got))
	}
	for i := range min(len(got), len(since[0])) {
		ok := false
		for _, b := range since {
			ok = ok || i >= len(b) || got[i] == b[i]
		}
		if !ok {
			r.Fatalf("byte %d after the cut never was", i)
		}
	}
}

// outcomes cuts after the act with many seeds and counts how often the file exists.
func outcomes(t *testing.T, act func(*disk.Disk)) (exists int) {
	t.Helper()
	for seed := range uint64(dice) {
		d := disk.New("outcomes", seed)
		act(d)
		d.Reboot()
		if _, ok := content(t, d, "/a"); ok {
			exists++
		}
		d.Close()
	}
	return exists
}

const dice = 60

func TestNames(t *testing.T) {
	const journal = create | vfs.OPEN_MAIN_JOURNAL
	make := func(d *disk.Disk, name string, flags vfs.OpenFlag, sync bool) {
		f := openFile(t, d, name, flags)
		defer f.Close()
		if !sync {
			return
		}
		if err := f.Sync(vfs.SYNC_NORMAL); err != nil {
			t.Fatal(err)
		}
	}
	remove := func(d *disk.Disk, syncDir bool) {
		if err := d.Delete("/a", syncDir); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		act  func(*disk.Disk)
		want string
	}{
		"created":                        {func(d *disk.Disk) { make(d, "/a", create, false) }, "sometimes"},
		"created and synced":             {func(d *disk.Disk) { make(d, "/a", create, true) }, "always"},
		"created, another synced":        {func(d *disk.Disk) { make(d, "/a", create, false); make(d, "/b", create, true) }, "sometimes"},
		"created, another journal":       {func(d *disk.Disk) { make(d, "/a", create, false); make(d, "/j", journal, true) }, "always"},
		"created, journal elsewhere":     {func(d *disk.Disk) { make(d, "/a", create, false); make(d, "/x/j", journal, true) }, "sometimes"},
		"removed":                        {func(d *disk.Disk) { make(d, "/a", create, true); remove(d, false) }, "sometimes"},
		"removed and synced":             {func(d *disk.Disk) { make(d, "/a", create, true); remove(d, true) }, "never"},
		"temporary":                      {func(d *disk.Disk) { make(d, "", create|vfs.OPEN_DELETEONCLOSE, true) }, "never"},
		"removed, then journal's folder": {func(d *disk.Disk) { make(d, "/a", create, true); remove(d, false); make(d, "/j", journal, true) }, "never"},
	} {
		t.Run(name, func(t *testing.T) {
			n, got := outcomes(t, c.act), "sometimes"
			switch n {
			case 0:
				got = "never"
			case dice:
				got = "always"
			}
			if got != c.want {
				t.Errorf("there after %d of %d cuts, want %s", n, dice, c.want)
			}
		})
	}
}

// TestFailures looks at one write that fails in each way.
func TestFailures(t *testing.T) {
	old, p := bytes.Repeat([]byte("o"), 1000), bytes.Repeat([]byte("n"), 1000)
	for _, c := range []struct {
		mode disk.Mode
		kind disk.Kind
		want []byte
	}{
		{disk.Failed, disk.EIO, old},
		{disk.Failed, disk.NoSpace, old},
		{disk.FailedButDone, disk.EIO, p},
		{disk.FailedButDone, disk.ShortWrite, p},
		{disk.FailedForgotten, disk.EIO, old},
	} {
		t.Run(fmt.Sprint(c.kind, ", ", c.mode), func(t *testing.T) {
			d := disk.New("failures", 1)
			defer d.Close()
			f := openFile(t, d, "/a", create)
			defer f.Close()
			f.WriteAt(old, 0)
			d.FailAt(3, c.mode, c.kind)
			if _, err := f.WriteAt(p, 0); err == nil {
				t.Fatal("the write succeeded")
			}
			if got, _ := content(t, d, "/a"); !bytes.Equal(got, c.want) {
				t.Errorf("%d of %d bytes are new", bytes.Count(got, []byte("n")), len(p))
			}
			if _, err := f.WriteAt(p, 0); err != nil || d.Failed() != 1 {
				t.Errorf("next write: %v after %d failures, want one only", err, d.Failed())
			}
		})
	}
}

func TestShortWrite(t *testing.T) {
	d := disk.New("short", 1)
	defer d.Close()
	f := openFile(t, d, "/a", create)
	defer f.Close()
	d.FailFrom(2, disk.Failed, disk.ShortWrite)
	short := 0
	for range 20 {
		n, err := f.WriteAt(make([]byte, 1000), 0)
		if err == nil || n >= 1000 {
			t.Fatalf("wrote %d, error %v", n, err)
		}
		if n > 0 {
			short++
		}
	}
	if short == 0 || d.Failed() != 20 {
		t.Errorf("%d of 20 writes left a beginning, %d failures", short, d.Failed())
	}
}

// TestForgotten shows a sync that fails and forgets: the next one succeeds, and
// the content is not on the disk all the same.
func TestForgotten(t *testing.T) {
	d := disk.New("forgotten", 1)
	defer d.Close()
	f := openFile(t, d, "/a", create)
	defer f.Close()
	old, now := bytes.Repeat([]byte("o"), 2048), bytes.Repeat([]byte("n"), 2048)
	f.WriteAt(old, 0)
	f.Sync(vfs.SYNC_FULL)
	f.WriteAt(now, 0)
	d.FailAt(d.Ops()+1, disk.FailedForgotten, disk.EIO)
	if err := f.Sync(vfs.SYNC_FULL); err == nil {
		t.Fatal("sync did not fail")
	}
	f.WriteAt(now[:512], 512) // written again: this sector is not forgotten
	if err := f.Sync(vfs.SYNC_FULL); err != nil {
		t.Fatal(err)
	}
	if got, _ := content(t, d, "/a"); !bytes.Equal(got, now) {
		t.Error("the running system does not see what it wrote")
	}
	d.Reboot()
	want := bytes.Clone(old)
	copy(want[512:], now[:512])
	if got, _ := content(t, d, "/a"); !bytes.Equal(got, want) {
		t.Errorf("after the cut %d new bytes, want 512", bytes.Count(got, []byte("n")))
	}
}

// TestSeed repeats a run: same seed, same survivors; another seed, others. Of
// the WAL only the length is compared: SQLite salts it with random numbers.
func TestSeed(t *testing.T) {
	prepared := prepare(t, "wal")
	run := func(seed uint64) (string, []disk.Op) {
		d := prepared.Clone(seed)
		defer d.Close()
		d.CutAt(150)
		writeAll(open(t, dsn(d, "wal", "off")))
		trace := d.Trace()
		d.Reboot()
		db, _ := content(t, d, "/paper.db")
		wal, _ := content(t, d, "/paper.db-wal")
		return fmt.Sprintf("%d %s", len(wal), db), trace
	}
	files, trace := run(1)
	files2, trace2 := run(1)
	if diff := cmp.Diff(trace, trace2); diff != "" {
		t.Errorf("same seed, other operations: %s", diff)
	}
	if files != files2 {
		t.Error("same seed, other survivors")
	}
	if other, _ := run(2); other == files {
		t.Error("another seed, the same survivors")
	}
}
