-- Who has which article's editor open, and what is written in the margin.

-- One row an article that is held; it goes when the hold ends. due is when
-- something happens without anybody's doing: it ends, or passes on.
CREATE TABLE holding (
    article_id BIGINT NOT NULL PRIMARY KEY REFERENCES article (id),
    person_id  BIGINT NOT NULL,
    tab        TEXT   NOT NULL,
    since      BIGINT NOT NULL,
    seen       BIGINT NOT NULL,
    asker      BIGINT NOT NULL,
    asker_tab  TEXT   NOT NULL,
    passes_at  BIGINT NOT NULL,
    moment     BOOLEAN NOT NULL,
    due        BIGINT NOT NULL
);
CREATE INDEX holding_due ON holding (due);

-- Notes in the margin. A note stands on the words it quotes, with a little of
-- what stands before and after them (W3C Web Annotation, TextQuoteSelector);
-- the document itself knows nothing of it. A reply has its thread's number and
-- no quotation of its own; the first note of a thread has its own number.
CREATE TABLE note (
    id           {{id}},
    article_id   BIGINT NOT NULL REFERENCES article (id),
    thread_id    BIGINT NOT NULL,
    person_id    BIGINT NOT NULL,
    at           BIGINT NOT NULL,
    text         TEXT   NOT NULL,
    exact        TEXT   NOT NULL,
    before       TEXT   NOT NULL,
    after        TEXT   NOT NULL,
    revision     BIGINT NOT NULL,
    withdrawn_at BIGINT NOT NULL,
    resolved_by  BIGINT NOT NULL,
    resolved_at  BIGINT NOT NULL
);
CREATE INDEX note_article ON note (article_id, id);
INSERT INTO counter (name, value) VALUES ('note', 0);

CREATE TABLE mention (
    note_id    BIGINT  NOT NULL REFERENCES note (id),
    person_id  BIGINT  NOT NULL,
    thread_id  BIGINT  NOT NULL,
    article_id BIGINT  NOT NULL,
    at         BIGINT  NOT NULL,
    open       BOOLEAN NOT NULL,
    PRIMARY KEY (note_id, person_id)
);
CREATE INDEX mention_open ON mention (person_id, at DESC, note_id DESC) WHERE open;
CREATE INDEX mention_thread ON mention (thread_id);
CREATE INDEX mention_article ON mention (article_id, note_id);
