// Package media is the room of the paper's pictures. A picture is handed in,
// looked at, freed of what its file tells of place, device and person, and
// kept in the data folder under the hash of its own content; what was handed
// in is kept beside it and never served. A row of the database speaks of a
// file only after the file is on disk.
package media

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path"
	"time"

	"broadsheet/internal/durable"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Media is the room.
type Media struct {
	store *store.Store
	files *durable.Root
	now   func() time.Time
	slots chan struct{} // pictures that are in memory at once
}

// atOnce is how many pictures are taken apart at the same time: each may have
// 25 MB and is in memory twice.
const atOnce = 3

// New opens the room over the paper's data folder.
func New(s *store.Store, files *durable.Root, now func() time.Time) *Media {
	return &Media{store: s, files: files, now: now, slots: make(chan struct{}, atOnce)}
}

// Keep takes the file of a picture of at most news.MaxPicture bytes. name is
// what its owner calls it. The same file handed in again is the same picture,
// under the name of the first time. When Keep returns, everything is on disk.
// A file that is no picture, or is damaged, is news.Invalid; one over the
// limits news.TooLarge; a disk that does not take it news.Unavailable.
func (m *Media) Keep(ctx context.Context, who news.PersonID, name string, data []byte) (news.Media, error) {
	select {
	case m.slots <- struct{}{}:
		defer func() { <-m.slots }()
	case <-ctx.Done():
		return news.Media{}, ctx.Err()
	}
	original := hashOf(data)
	if known, err := m.known(ctx, original); err != nil || known.Hash != "" {
		return known, err
	}
	p, err := strip(data)
	if err != nil {
		return news.Media{}, err
	}
	now := m.now()
	kept := news.Media{Hash: hashOf(p.data), Name: fileName(name, p.kind), Kind: "image/" + p.kind, Width: p.width, Height: p.height, Bytes: len(p.data), At: now}
	if err := m.write(original, data); err != nil {
		return news.Media{}, err
	}
	if kept.Hash != original {
		if err := m.write(kept.Hash, p.data); err != nil {
			return news.Media{}, err
		}
	}
	err = m.store.Write(ctx, "keep a picture", func(tx *store.Tx) error {
		o := news.Original{Hash: original, Media: kept.Hash, Name: bareName(name), By: who, At: now, Bytes: len(data)}
		return tx.AddMedia(ctx, kept, o)
	})
	if err != nil {
		return news.Media{}, err
	}
	return m.store.Media(ctx, kept.Hash) // under the name of the first time
}

// known is the picture that was made of the same file before, if its files are
// still there.
func (m *Media) known(ctx context.Context, original string) (news.Media, error) {
	o, err := m.store.Original(ctx, original)
	if err != nil {
		return news.Media{}, found(err)
	}
	kept, err := m.store.Media(ctx, o.Media)
	if err != nil {
		return news.Media{}, found(err)
	}
	if !m.whole(original, o.Bytes) || !m.whole(kept.Hash, kept.Bytes) {
		return news.Media{}, nil // somebody has emptied the folder: write it again
	}
	return kept, nil
}

// found drops the error of a thing that is not there.
func found(err error) error {
	if news.CodeOf(err) == news.NotFound {
		return nil
	}
	return err
}

func (m *Media) whole(hash string, size int) bool {
	f, err := m.files.Open(fileOf(hash))
	if err != nil {
		return false
	}
	defer f.Close()
	info, err := f.Stat()
	return err == nil && info.Size() == int64(size)
}

func (m *Media) write(hash string, data []byte) error {
	err := m.files.WriteFile(fileOf(hash), data, 0o600)
	if err == nil {
		return nil
	}
	refusal := news.Refuse(news.Unavailable, "error.disk", "the disk did not take the picture, nothing was changed; free some space or check the disk and try again")
	if errors.Is(err, durable.ErrDoubt) {
		refusal = news.Refuse(news.Unavailable, "error.disk.failed", "the disk failed while a picture was kept; check the disk and start the program again")
	}
	refusal.Err = err
	return refusal
}

// Open opens a picture for the staff. The caller closes the file. A wrong name
// is news.NotFound: a picture has one address.
func (m *Media) Open(ctx context.Context, hash, name string) (news.Media, *os.File, error) {
	return m.open(hash, name, func() (news.Media, error) { return m.store.Media(ctx, hash) })
}

// OpenLive opens a picture for readers: one that a live article shows. Any
// other is news.NotFound.
func (m *Media) OpenLive(ctx context.Context, hash, name string) (news.Media, *os.File, error) {
	return m.open(hash, name, func() (news.Media, error) { return m.store.LiveMedia(ctx, hash) })
}

func (m *Media) open(hash, name string, row func() (news.Media, error)) (news.Media, *os.File, error) {
	if !news.IsHash(hash) {
		return news.Media{}, nil, news.NotFound
	}
	kept, err := row()
	if err != nil {
		return kept, nil, err
	}
	if kept.Name != name {
		return kept, nil, news.NotFound
	}
	f, err := m.files.Open(fileOf(hash))
	if err != nil {
		refusal := news.Refuse(news.Unavailable, "error.media.gone", "the picture's file is not in the data folder")
		refusal.Err = err
		return kept, nil, refusal
	}
	return kept, f, nil
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// fileOf is where a file lies in the data folder: by the hash of its content,
// the served ones and the originals alike.
func fileOf(hash string) string { return path.Join("media", hash[:2], hash) }

// missing says that a file is not there.
func missing(err error) bool { return errors.Is(err, fs.ErrNotExist) }
