package store

import (
	"context"
	"time"

	"broadsheet/internal/news"
)

const assignmentColumns = `id, edition_id, day, position, slugline, brief, section_id, desk_id, person_id, due_at, pictures, article_id, dropped_at,
	added_by, added_at, changed_by, changed_at`

func scanAssignment(r scanner) (news.Assignment, error) {
	var s news.Assignment
	var due, dropped, added, changed int64
	err := r.Scan(&s.ID, &s.Edition, &s.Day, &s.Position, &s.Slugline, &s.Brief, &s.Section, &s.Desk, &s.Person, &due, &s.Pictures, &s.Article, &dropped,
		&s.By, &added, &s.ChangedBy, &changed)
	s.DueAt, s.Dropped, s.At, s.ChangedAt = fromMicro(due), fromMicro(dropped), fromMicro(added), fromMicro(changed)
	return s, err
}

// Assignment reads one planned story.
func (q queries) Assignment(ctx context.Context, id news.AssignmentID) (news.Assignment, error) {
	return one(ctx, q, `SELECT `+assignmentColumns+` FROM assignment WHERE id = $1`, []any{id}, scanAssignment)
}

// AssignmentOf finds the planned story that an article has become. None is no
// error: the zero Assignment.
func (q queries) AssignmentOf(ctx context.Context, id news.ID) (news.Assignment, error) {
	list, err := all(ctx, q, `SELECT `+assignmentColumns+` FROM assignment WHERE article_id = $1 AND article_id > 0`, []any{id}, scanAssignment)
	if err != nil || len(list) == 0 {
		return news.Assignment{}, err
	}
	return list[0], nil
}

// Assignments lists the plan of an edition from one day to another, both
// included, day by day in the order that people gave them.
func (q queries) Assignments(ctx context.Context, e news.EditionID, from, to news.Day, limit int) ([]news.Assignment, error) {
	return all(ctx, q, `SELECT `+assignmentColumns+` FROM assignment WHERE edition_id = $1 AND day >= $2 AND day <= $3 ORDER BY day, position, id LIMIT $4`,
		[]any{e, string(from), string(to), limit}, scanAssignment)
}

// PlannedArticles lists the articles that planned stories of those days have become.
func (q queries) PlannedArticles(ctx context.Context, e news.EditionID, from, to news.Day) ([]news.Article, error) {
	return all(ctx, q, `SELECT `+articleColumns+` FROM article WHERE id IN
		(SELECT s.article_id FROM assignment s WHERE s.edition_id = $1 AND s.day >= $2 AND s.day <= $3 AND s.article_id > 0)`,
		[]any{e, string(from), string(to)}, scanArticle)
}

// Unbegun lists planned stories whose deadline falls from one moment to before
// another and that nobody has begun, the earliest first.
func (q queries) Unbegun(ctx context.Context, from, to time.Time, limit int) ([]news.Assignment, error) {
	return all(ctx, q, `SELECT `+assignmentColumns+` FROM assignment WHERE due_at > 0 AND article_id = 0 AND dropped_at = 0
		AND due_at >= $1 AND due_at < $2 ORDER BY due_at, id LIMIT $3`, []any{micro(from), micro(to), limit}, scanAssignment)
}

// SaveAssignment keeps a planned story; without a number it is given one. An
// article that another planned story has become is news.Conflict.
func (tx *Tx) SaveAssignment(ctx context.Context, s *news.Assignment) error {
	if s.ID == 0 {
		n, err := tx.nextNumber(ctx, "assignment")
		if err != nil {
			return err
		}
		s.ID = news.AssignmentID(n)
	}
	return tx.exec(ctx, `INSERT INTO assignment (`+assignmentColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
		ON CONFLICT (id) DO UPDATE SET day = excluded.day, position = excluded.position, slugline = excluded.slugline, brief = excluded.brief,
			section_id = excluded.section_id, desk_id = excluded.desk_id, person_id = excluded.person_id, due_at = excluded.due_at, pictures = excluded.pictures,
			article_id = excluded.article_id, dropped_at = excluded.dropped_at, changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
		s.ID, s.Edition, string(s.Day), s.Position, s.Slugline, s.Brief, s.Section, s.Desk, s.Person, micro(s.DueAt), string(s.Pictures), s.Article, micro(s.Dropped),
		s.By, micro(s.At), s.ChangedBy, micro(s.ChangedAt))
}

// PlaceAssignment keeps a planned story's place in its day.
func (tx *Tx) PlaceAssignment(ctx context.Context, id news.AssignmentID, position int) error {
	return tx.exec(ctx, `UPDATE assignment SET position = $2 WHERE id = $1`, id, position)
}

// PassAssignments gives the stories that were planned for somebody, and that
// nobody has begun, to another person or a desk: of somebody who leaves.
func (tx *Tx) PassAssignments(ctx context.Context, from, to news.PersonID, desk news.DeskID) error {
	return tx.exec(ctx, `UPDATE assignment SET person_id = $2, desk_id = CASE WHEN $3 > 0 THEN $3 ELSE desk_id END
		WHERE person_id = $1 AND person_id > 0 AND article_id = 0`, from, int64(to), int64(desk))
}

// MoveAssignments gives what was planned for a desk to another, 0 = to none: of
// a desk that goes.
func (tx *Tx) MoveAssignments(ctx context.Context, from, to news.DeskID) error {
	return tx.exec(ctx, `UPDATE assignment SET desk_id = $2 WHERE desk_id = $1 AND desk_id > 0`, from, int64(to))
}
