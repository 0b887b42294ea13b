-- The story plan: what is planned for which day, by whom, until when. A number
-- 0 is none; a day is of the edition's own clock, written 2026-03-14.
INSERT INTO counter (name, value) VALUES ('assignment', 0);
CREATE TABLE assignment (
    id         {{id}},
    edition_id BIGINT NOT NULL REFERENCES edition (id),
    day        TEXT   NOT NULL,
    position   BIGINT NOT NULL,
    slugline   TEXT   NOT NULL,
    brief      TEXT   NOT NULL,
    section_id BIGINT NOT NULL,
    desk_id    BIGINT NOT NULL,
    person_id  BIGINT NOT NULL,
    due_at     BIGINT NOT NULL,
    pictures   TEXT   NOT NULL,
    article_id BIGINT NOT NULL,
    dropped_at BIGINT NOT NULL,
    added_by   BIGINT NOT NULL,
    added_at   BIGINT NOT NULL,
    changed_by BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX assignment_day ON assignment (edition_id, day, position, id);
CREATE UNIQUE INDEX assignment_article ON assignment (article_id) WHERE article_id > 0;
CREATE INDEX assignment_due ON assignment (due_at, id) WHERE due_at > 0 AND article_id = 0 AND dropped_at = 0;
CREATE INDEX assignment_desk ON assignment (desk_id) WHERE desk_id > 0;
CREATE INDEX assignment_person ON assignment (person_id) WHERE person_id > 0;

-- A copy of the placement's deadline, so that what is open and late is found
-- without reading what went out long ago.
ALTER TABLE article ADD COLUMN due_at BIGINT NOT NULL DEFAULT 0;
UPDATE article SET due_at = coalesce((SELECT p.due_at FROM placement p WHERE p.article_id = article.id), 0)
    WHERE id IN (SELECT p.article_id FROM placement p WHERE p.due_at > 0);
CREATE INDEX article_deadline ON article (state, due_at, id) WHERE due_at > 0;

-- What the duty editor and the calendar ask for.
CREATE INDEX prepared_unread ON prepared (submitted_at DESC, article_id DESC) WHERE approved_by = 0 AND bypass_by = 0;
CREATE INDEX article_embargo ON article (embargo_until, id) WHERE embargo_until > 0;
CREATE INDEX article_developing ON article (developing_until, id) WHERE developing_until > 0;
CREATE INDEX article_so_far ON article (so_far_until, id) WHERE so_far_until > 0;
CREATE INDEX correction_alone ON correction (at DESC, article_id DESC) WHERE bypass <> '';
