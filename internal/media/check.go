package media

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
)

// batch is how many rows of the database are read at once.
const batch = 200

// Check reads every file of the room and calls report with one plain sentence
// for each that is missing or is not what its name says. It is for the command
// and for tests.
func (m *Media) Check(ctx context.Context, report func(finding string)) error {
	for above := ""; ; {
		list, err := m.store.MediaAbove(ctx, above, batch)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			break
		}
		for _, p := range list {
			above = p.Hash
			m.checkFile(p.Hash, p.Bytes, fmt.Sprintf("the picture %s", p.Src()), report)
		}
	}
	for above := ""; ; {
		list, err := m.store.OriginalsAbove(ctx, above, batch)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, o := range list {
			above = o.Hash
			m.checkFile(o.Hash, o.Bytes, fmt.Sprintf("the original %s (%s)", o.Hash, o.Name), report)
		}
	}
}

func (m *Media) checkFile(hash string, size int, what string, report func(string)) {
	f, err := m.files.Open(fileOf(hash))
	if missing(err) {
		report(what + " has no file in the data folder")
		return
	}
	if err != nil {
		report(what + " cannot be opened: " + err.Error())
		return
	}
	defer f.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, f)
	switch {
	case err != nil:
		report(what + " cannot be read: " + err.Error())
	case n != int64(size) || hex.EncodeToString(sum.Sum(nil)) != hash:
		report(what + " is not the file that was kept: restore it from a backup")
	}
}
