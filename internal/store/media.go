package store

import (
	"context"
	"fmt"

	"broadsheet/internal/news"
)

const (
	mediaColumns    = `hash, name, kind, width, height, bytes, at`
	originalColumns = `hash, media, name, person_id, at, bytes`
)

func scanMedia(r scanner) (news.Media, error) {
	var m news.Media
	var at int64
	err := r.Scan(&m.Hash, &m.Name, &m.Kind, &m.Width, &m.Height, &m.Bytes, &at)
	m.At = fromMicro(at)
	return m, err
}

func scanOriginal(r scanner) (news.Original, error) {
	var o news.Original
	var at int64
	err := r.Scan(&o.Hash, &o.Media, &o.Name, &o.By, &at, &o.Bytes)
	o.At = fromMicro(at)
	return o, err
}

// AddMedia keeps a picture and the file it was made of. Both must be on disk.
// What is known already stays as it is: the first name counts.
func (tx *Tx) AddMedia(ctx context.Context, m news.Media, o news.Original) error {
	if err := tx.exec(ctx, `INSERT INTO media (`+mediaColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (hash) DO NOTHING`,
		m.Hash, m.Name, m.Kind, m.Width, m.Height, m.Bytes, micro(m.At)); err != nil {
		return err
	}
	return tx.exec(ctx, `INSERT INTO original (`+originalColumns+`) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (hash) DO NOTHING`,
		o.Hash, o.Media, o.Name, o.By, micro(o.At), o.Bytes)
}

// Media reads a picture by its hash.
func (q queries) Media(ctx context.Context, hash string) (news.Media, error) {
	return one(ctx, q, `SELECT `+mediaColumns+` FROM media WHERE hash = $1`, []any{hash}, scanMedia)
}

// LiveMedia reads a picture that a live article shows; news.NotFound for any
// other, so that a stranger learns of nothing that is not out.
func (q queries) LiveMedia(ctx context.Context, hash string) (news.Media, error) {
	return one(ctx, q, `SELECT `+mediaColumns+` FROM media WHERE hash = $1 AND EXISTS (SELECT 1 FROM article_media s WHERE s.hash = $1)`,
		[]any{hash}, scanMedia)
}

// Original reads what is known of a file that was handed in before.
func (q queries) Original(ctx context.Context, hash string) (news.Original, error) {
	return one(ctx, q, `SELECT `+originalColumns+` FROM original WHERE hash = $1`, []any{hash}, scanOriginal)
}

// MediaAbove walks all pictures by their hashes, for the check.
func (q queries) MediaAbove(ctx context.Context, hash string, limit int) ([]news.Media, error) {
	return all(ctx, q, `SELECT `+mediaColumns+` FROM media WHERE hash > $1 ORDER BY hash LIMIT $2`, []any{hash, limit}, scanMedia)
}

// OriginalsAbove walks all files that were handed in, for the check.
func (q queries) OriginalsAbove(ctx context.Context, hash string, limit int) ([]news.Original, error) {
	return all(ctx, q, `SELECT `+originalColumns+` FROM original WHERE hash > $1 ORDER BY hash LIMIT $2`, []any{hash, limit}, scanOriginal)
}

// shown are the hashes of the pictures that readers of an article may fetch.
func (q queries) shown(ctx context.Context, id news.ID) ([]string, error) {
	return all(ctx, q, `SELECT hash FROM article_media WHERE article_id = $1`, []any{id}, func(r scanner) (string, error) {
		var hash string
		return hash, r.Scan(&hash)
	})
}

// hasMedia refuses a text that shows a picture of the paper's own which the
// paper does not have: a live article has no holes.
func (tx *Tx) hasMedia(ctx context.Context, c news.Content) error {
	for _, p := range c.Body.Pictures() {
		hash, name, own := news.ParseMedia(p.Src)
		if !own {
			continue
		}
		m, err := tx.Media(ctx, hash)
		if err != nil && news.CodeOf(err) != news.NotFound {
			return err
		}
		if err != nil || m.Name != name {
			return news.Refuse(news.Invalid, "error.media.missing", "the text shows a picture that the paper does not have: %s", p.Src).In("body")
		}
	}
	return nil
}

// showMedia lets readers fetch the pictures of a text that has gone live.
func (tx *Tx) showMedia(ctx context.Context, id news.ID, c news.Content) error {
	for _, p := range c.Body.Pictures() {
		if hash, _, own := news.ParseMedia(p.Src); own {
			if err := tx.exec(ctx, `INSERT INTO article_media (article_id, hash) SELECT CAST($1 AS BIGINT), hash FROM media WHERE hash = $2
				ON CONFLICT (article_id, hash) DO NOTHING`, id, hash); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkMedia compares the pictures in an article's live text with those that
// readers may fetch.
func (s *Store) checkMedia(ctx context.Context, live news.Revision, report func(string)) error {
	may, err := s.shown(ctx, live.Article)
	if err != nil {
		return err
	}
	left := map[string]bool{}
	for _, hash := range may {
		left[hash] = true
	}
	seen := map[string]bool{}
	for _, p := range live.Body.Pictures() {
		hash, name, own := news.ParseMedia(p.Src)
		if !own || seen[p.Src] {
			continue
		}
		seen[p.Src] = true
		switch m, err := s.LiveMedia(ctx, hash); {
		case news.CodeOf(err) == news.NotFound:
			report(fmt.Sprintf("article %d shows a picture that readers do not get: %s", live.Article, p.Src))
		case err != nil:
			return err
		case m.Name != name:
			report(fmt.Sprintf("article %d shows a picture under a wrong name: %s", live.Article, p.Src))
		}
		delete(left, hash)
	}
	if len(left) > 0 {
		report(fmt.Sprintf("article %d lets readers fetch a picture that it does not show", live.Article))
	}
	return nil
}
