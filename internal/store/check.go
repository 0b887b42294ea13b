package store

import (
	"context"
	"fmt"

	"broadsheet/internal/news"
)

// Check verifies the whole database and calls report with one plain sentence
// for each thing that is not as it must be. It reads everything: it is for
// the command and for tests, not for pages. progress is told how many of the
// articles are done; it may be nil.
func (s *Store) Check(ctx context.Context, report func(finding string), progress func(done int)) error {
	err := s.check(ctx, report, progress)
	if damaged(err) { // too much to be looked at any further
		report("the database file: it is damaged; restore it from a backup: " + err.Error())
		return nil
	}
	return err
}

func (s *Store) check(ctx context.Context, report func(string), progress func(int)) error {
	if err := s.checkFile(ctx, report); err != nil {
		return err
	}
	for _, rule := range rules {
		found, err := all(ctx, s.queries, rule.query, nil, func(r scanner) (int64, error) {
			var n int64
			return n, r.Scan(&n)
		})
		if err != nil {
			return err
		}
		for _, n := range found {
			report(fmt.Sprintf(rule.finding, n))
		}
	}
	return s.checkArticles(ctx, report, progress)
}

// rules are what must never be true, each as a query that names offenders.
var rules = []struct{ query, finding string }{
	{`SELECT id FROM article WHERE head < 1 OR live > head`, "article %d points at a revision that cannot be"},
	{`SELECT id FROM article WHERE state = 'published' AND (live = 0 OR published_at = 0)`, "article %d is published without a live revision or a time"},
	{`SELECT id FROM article WHERE state IN ('draft', 'in_review', 'scheduled', 'spiked') AND live > 0`, "article %d is not published and has a live revision"},
	{`SELECT id FROM article WHERE state = 'scheduled' AND scheduled_for = 0`, "article %d is scheduled for no time"},
	{`SELECT id FROM article WHERE state = 'killed' AND (kill_note = '' OR killed_at = 0)`, "article %d is killed without a note"},
	{`SELECT a.id FROM article a LEFT JOIN revision r ON r.article_id = a.id AND r.number = a.head WHERE r.article_id IS NULL`, "article %d has no head revision"},
	{`SELECT a.id FROM article a LEFT JOIN revision r ON r.article_id = a.id AND r.number = a.live
		WHERE a.live > 0 AND (r.article_id IS NULL OR r.published_at = 0)`, "the live revision of article %d is missing or not frozen"},
	{`SELECT a.id FROM article a WHERE a.state = 'published' AND a.embargo_until > a.published_at`, "article %d went out before its embargo ended"},
	{`SELECT a.id FROM article a WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.article_id = a.id)`, "article %d has no entry in the record"},
	{`SELECT a.id FROM article a WHERE a.state = 'published' AND NOT EXISTS
		(SELECT 1 FROM event e WHERE e.article_id = a.id AND e.kind = 'article.published')`, "the publication of article %d is not in the record"},
	{`SELECT a.id FROM article a WHERE a.comment_count <> (SELECT count(*) FROM comment c WHERE c.article_id = a.id AND c.state = 'approved')`,
		"article %d counts its comments wrong"},
	{`SELECT a.id FROM article a LEFT JOIN section s ON s.id = a.live_section_id AND s.edition_id = a.edition_id
		WHERE a.state = 'published' AND s.id IS NULL`, "article %d stands in no section of its edition"},
	{`SELECT a.id FROM article a LEFT JOIN search_entry e ON e.article_id = a.id AND e.scope = 'public'
		WHERE a.state = 'published' AND NOT a.no_index AND e.article_id IS NULL`, "article %d is published and cannot be searched"},
	{`SELECT a.id FROM article a JOIN search_entry e ON e.article_id = a.id AND e.scope = 'public' WHERE a.no_index`,
		"article %d was taken out of the search and readers find it"},
	{`SELECT a.id FROM article a WHERE a.sealed AND (a.state <> 'killed' OR a.headline <> '' OR EXISTS (SELECT 1 FROM search_entry e WHERE e.article_id = a.id)
		OR NOT EXISTS (SELECT 1 FROM takedown t WHERE t.article_id = a.id))`, "article %d was taken down and something of it is left, or its record is not there"},
	{`SELECT t.article_id FROM takedown t WHERE t.erased AND EXISTS (SELECT 1 FROM revision r WHERE r.article_id = t.article_id AND (r.headline <> '' OR r.words > 0))`,
		"the texts of article %d were to be erased and are there"},
	{`SELECT c.article_id FROM correction c WHERE c.at > 0 AND c.kind <> 'minor' AND c.note = '' AND NOT EXISTS (SELECT 1 FROM takedown t WHERE t.article_id = c.article_id)`,
		"a declared change of article %d says nothing"},
	{`SELECT a.id FROM article a JOIN search_entry e ON e.article_id = a.id AND e.scope = 'public' WHERE a.state <> 'published'`,
		"article %d is not public and can be searched by readers"},
	{`SELECT t.article_id FROM article_topic t JOIN article a ON a.id = t.article_id WHERE a.state <> 'published' OR t.published_at <> a.published_at`,
		"article %d stands wrongly in a topic's list"},
	{`SELECT b.article_id FROM article_byline b JOIN article a ON a.id = b.article_id WHERE a.state <> 'published' OR b.published_at <> a.published_at`,
		"article %d stands wrongly in an author's list"},
	{`SELECT m.article_id FROM article_media m JOIN article a ON a.id = m.article_id WHERE a.state <> 'published'`,
		"article %d is not public and lets readers fetch its pictures"},
	{`SELECT c.article_id FROM correction c LEFT JOIN revision r ON r.article_id = c.article_id AND r.number = c.revision
		WHERE r.article_id IS NULL OR r.published_at = 0`, "a correction of article %d names a revision that never went live"},
	{`SELECT t.article_id FROM draft_tab t LEFT JOIN draft d ON d.article_id = t.article_id AND d.person_id = t.person_id AND d.tab = t.tab AND d.seq = t.seq
		WHERE d.seq IS NULL`, "the end of a draft log of article %d is missing"},
	{`SELECT d.article_id FROM draft d LEFT JOIN draft w ON w.article_id = d.article_id AND w.person_id = d.person_id AND w.tab = d.tab AND w.seq = d.whole AND w.whole = w.seq
		WHERE w.seq IS NULL`, "a draft of article %d cannot be put together"},
	{`SELECT t.article_id FROM draft_tab t LEFT JOIN revision r ON r.article_id = t.article_id AND r.number = t.revision
		WHERE t.settled > t.seq OR t.revision > 0 AND r.article_id IS NULL`, "a draft log of article %d points at a revision that cannot be"},
	{`SELECT a.id FROM article a LEFT JOIN placement p ON p.article_id = a.id WHERE a.desk_id <> coalesce(p.desk_id, 0)
		OR a.assignee <> coalesce(p.person_id, 0) OR a.stage <> coalesce(p.stage, '') OR a.due_at <> coalesce(p.due_at, 0)`, "article %d does not lie where its placement says"},
	{`SELECT p.article_id FROM placement p LEFT JOIN desk d ON d.id = p.desk_id WHERE p.desk_id > 0 AND d.id IS NULL`, "article %d lies with a desk that is not there"},
	{`SELECT s.id FROM assignment s LEFT JOIN article a ON a.id = s.article_id WHERE s.article_id > 0 AND (a.id IS NULL OR a.edition_id <> s.edition_id)`,
		"the planned story %d has become an article that is not there, or is of another edition"},
	{`SELECT s.id FROM assignment s LEFT JOIN desk d ON d.id = s.desk_id WHERE s.desk_id > 0 AND d.id IS NULL`, "the planned story %d is with a desk that is not there"},
	{`SELECT a.id FROM article a WHERE a.state = 'published' AND a.approved_by = 0 AND a.bypass_by = 0 AND EXISTS (SELECT 1 FROM event e
		WHERE e.article_id = a.id AND e.kind = 'article.published' AND (e.actor > 0 OR e.note = 'as scheduled'))`, "article %d was published here without an approver or a recorded reason"},
	{`SELECT e.seq FROM event e LEFT JOIN event f ON f.seq = e.seq - 1 WHERE e.seq > 1 AND f.seq IS NULL`, "the record has a gap before event %d"},
	{`SELECT c.value FROM counter c WHERE c.name = 'event' AND c.value <> (SELECT coalesce(max(seq), 0) FROM event)`, "the record ends before event %d"},
}

func (s *Store) checkFile(ctx context.Context, report func(string)) error {
	if s.dialect.name != "sqlite" {
		return nil // PostgreSQL keeps checksums and foreign keys itself
	}
	lines, err := all(ctx, s.queries, `PRAGMA integrity_check(20)`, nil, func(r scanner) (string, error) {
		var line string
		return line, r.Scan(&line)
	})
	if err != nil {
		return err
	}
	for _, line := range lines {
		if line != "ok" {
			report("the database file: " + line)
		}
	}
	tables, err := all(ctx, s.queries, `SELECT "table" FROM pragma_foreign_key_check`, nil, func(r scanner) (string, error) {
		var table string
		return table, r.Scan(&table)
	})
	for _, table := range tables {
		report("a row of table " + table + " refers to something that is not there")
	}
	return err
}

// checkArticles opens every article's head and live revision: each must read
// as a valid document.
func (s *Store) checkArticles(ctx context.Context, report func(string), progress func(int)) error {
	after, done := int64(0), 0
	for {
		list, err := all(ctx, s.queries, `SELECT `+articleColumns+` FROM article WHERE id > $1 ORDER BY id LIMIT 200`, []any{after}, scanArticle)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, a := range list {
			after = int64(a.ID)
			for _, number := range []int{a.Head, a.Live} {
				if number == 0 {
					continue
				}
				if err := s.checkRevision(ctx, a, number, report); err != nil {
					return err
				}
				if a.Head == a.Live {
					break
				}
			}
		}
		if done += len(list); progress != nil {
			progress(done)
		}
	}
}

func (s *Store) checkRevision(ctx context.Context, a news.Article, number int, report func(string)) error {
	v, err := s.Revision(ctx, a.ID, number)
	if err != nil {
		report(fmt.Sprintf("revision %d of article %d cannot be read: %v", number, a.ID, err))
		return nil
	}
	if err := v.Body.Validate(); err != nil {
		report(fmt.Sprintf("revision %d of article %d is not a valid document: %v", number, a.ID, err))
	} else if number == a.Live && v.Settled() != nil {
		report(fmt.Sprintf("revision %d of article %d is live with suggestions that nobody has settled", number, a.ID))
	}
	if a.Public() && number == a.Live {
		return s.checkMedia(ctx, v, report)
	}
	return nil
}

// ArticleIDs walks all News IDs of an edition's live articles, for sitemaps
// and the check: those above a number, in order.
func (q queries) ArticleIDs(ctx context.Context, edition news.EditionID, above news.ID, limit int) ([]news.ID, error) {
	return all(ctx, q, `SELECT id FROM article WHERE edition_id = $1 AND state = 'published' AND id > $2 ORDER BY id LIMIT $3`,
		[]any{edition, above, limit}, func(r scanner) (news.ID, error) {
			var id news.ID
			return id, r.Scan(&id)
		})
}
