-- Desks: who works together, on which sections, by which stages. An edition or
-- a section 0 is none.
INSERT INTO counter (name, value) VALUES ('desk', 0), ('view', 0);
CREATE TABLE desk (
    id         {{id}},
    edition_id BIGINT NOT NULL,
    slug       TEXT   NOT NULL UNIQUE,
    name       TEXT   NOT NULL,
    stages     TEXT   NOT NULL
);
CREATE TABLE desk_member (
    desk_id   BIGINT  NOT NULL REFERENCES desk (id),
    person_id BIGINT  NOT NULL REFERENCES person (id),
    lead      BOOLEAN NOT NULL,
    PRIMARY KEY (desk_id, person_id)
);
CREATE INDEX desk_member_person ON desk_member (person_id, desk_id);
CREATE TABLE desk_section (
    desk_id    BIGINT NOT NULL REFERENCES desk (id),
    section_id BIGINT NOT NULL REFERENCES section (id),
    PRIMARY KEY (desk_id, section_id)
);

-- With whom an article lies, one row an article: what it was before stands in
-- the record. The article's own columns are a copy, for lists.
CREATE TABLE placement (
    article_id BIGINT NOT NULL PRIMARY KEY REFERENCES article (id),
    desk_id    BIGINT NOT NULL,
    person_id  BIGINT NOT NULL,
    stage      TEXT   NOT NULL,
    due_at     BIGINT NOT NULL,
    line       TEXT   NOT NULL,
    handed_by  BIGINT NOT NULL,
    handed_at  BIGINT NOT NULL
);
CREATE INDEX placement_due ON placement (due_at, article_id) WHERE due_at > 0;
CREATE INDEX placement_desk ON placement (desk_id, article_id) WHERE desk_id > 0;

ALTER TABLE article ADD COLUMN desk_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE article ADD COLUMN assignee BIGINT NOT NULL DEFAULT 0;
ALTER TABLE article ADD COLUMN stage TEXT NOT NULL DEFAULT '';
CREATE INDEX article_at_desk ON article (desk_id, changed_at DESC, id DESC) WHERE desk_id > 0 AND state IN ('draft', 'in_review', 'scheduled');
CREATE INDEX article_desk_load ON article (desk_id, stage) WHERE desk_id > 0 AND state IN ('draft', 'in_review', 'scheduled');
CREATE INDEX article_at_desk_state ON article (desk_id, state, changed_at DESC, id DESC) WHERE desk_id > 0;
CREATE INDEX article_assignee ON article (assignee, changed_at DESC, id DESC) WHERE assignee > 0;
CREATE INDEX article_bypass ON article (bypass_at DESC, id DESC) WHERE bypass_by > 0;

-- What a section asks of an article beyond a headline and a text: names of
-- fields, parted by spaces.
ALTER TABLE section ADD COLUMN required TEXT NOT NULL DEFAULT '';

-- A filter of the list under a name. One that was removed can be taken back
-- for a day.
CREATE TABLE saved_view (
    id         {{id}},
    person_id  BIGINT  NOT NULL REFERENCES person (id),
    name       TEXT    NOT NULL,
    query      TEXT    NOT NULL,
    shared     BOOLEAN NOT NULL,
    removed_at BIGINT  NOT NULL
);
CREATE INDEX saved_view_person ON saved_view (person_id, name, id) WHERE removed_at = 0;
CREATE INDEX saved_view_removed ON saved_view (person_id, removed_at) WHERE removed_at > 0;
CREATE INDEX saved_view_shared ON saved_view (name, id) WHERE shared AND removed_at = 0;
