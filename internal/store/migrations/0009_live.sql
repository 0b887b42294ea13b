-- What happens to a live story.

-- Labels end by themselves: until then they are printed. An article without an
-- index is read at its address and found by no search; a sealed one is opened
-- by chiefs and owners only. Versions before versions_from are not shown.
ALTER TABLE article ADD COLUMN developing_until BIGINT NOT NULL DEFAULT 0;
ALTER TABLE article ADD COLUMN so_far_until BIGINT NOT NULL DEFAULT 0;
ALTER TABLE article ADD COLUMN no_index BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE article ADD COLUMN sealed BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE article ADD COLUMN versions_from BIGINT NOT NULL DEFAULT 0;

-- What the gate said of a change, JSON, and whose eyes were the second pair.
ALTER TABLE correction ADD COLUMN material TEXT NOT NULL DEFAULT '';
ALTER TABLE correction ADD COLUMN approved_by BIGINT NOT NULL DEFAULT 0;
ALTER TABLE correction ADD COLUMN bypass TEXT NOT NULL DEFAULT '';

-- A change prepared beside the live text: one row an article, until it is
-- switched. It is for one revision; a later one makes it stale.
CREATE TABLE prepared (
    article_id   BIGINT  NOT NULL PRIMARY KEY REFERENCES article (id),
    revision     BIGINT  NOT NULL,
    kind         TEXT    NOT NULL,
    note         TEXT    NOT NULL,
    acknowledged BOOLEAN NOT NULL,
    submitted_by BIGINT  NOT NULL,
    submitted_at BIGINT  NOT NULL,
    approved_by  BIGINT  NOT NULL,
    approved_at  BIGINT  NOT NULL,
    bypass_by    BIGINT  NOT NULL,
    bypass_at    BIGINT  NOT NULL,
    bypass       TEXT    NOT NULL,
    due          BIGINT  NOT NULL
);
CREATE INDEX prepared_due ON prepared (due) WHERE due > 0;

-- A name that is to go from a live article, until the change is switched.
CREATE TABLE anonymity (
    article_id  BIGINT NOT NULL PRIMARY KEY REFERENCES article (id),
    name        TEXT   NOT NULL,
    replacement TEXT   NOT NULL,
    person_id   BIGINT NOT NULL,
    at          BIGINT NOT NULL
);

-- Where a withdrawn article stood, for the gravestones of the feeds.
CREATE TABLE withdrawal (
    article_id BIGINT NOT NULL PRIMARY KEY REFERENCES article (id),
    edition_id BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    section_id BIGINT NOT NULL,
    topics     TEXT   NOT NULL,
    bylines    TEXT   NOT NULL
);
CREATE INDEX withdrawal_list ON withdrawal (edition_id, at DESC, article_id DESC);

-- A take-down for legal reasons. hash is the SHA-256 of the text that went.
CREATE TABLE takedown (
    article_id BIGINT  NOT NULL PRIMARY KEY REFERENCES article (id),
    person_id  BIGINT  NOT NULL,
    at         BIGINT  NOT NULL,
    reason     TEXT    NOT NULL,
    reference  TEXT    NOT NULL,
    legal      BOOLEAN NOT NULL,
    erased     BOOLEAN NOT NULL,
    hash       TEXT    NOT NULL
);

-- Readers' requests to unpublish, and what the panel says of each.
INSERT INTO counter (name, value) VALUES ('request', 0);
CREATE TABLE request (
    id          {{id}},
    article_id  BIGINT NOT NULL REFERENCES article (id),
    edition_id  BIGINT NOT NULL,
    kind        TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    email       TEXT   NOT NULL,
    text        TEXT   NOT NULL,
    state       TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    outcome     TEXT   NOT NULL,
    decided_at  BIGINT NOT NULL,
    alone       TEXT   NOT NULL,
    answer      TEXT   NOT NULL,
    answered_by BIGINT NOT NULL,
    answered_at BIGINT NOT NULL,
    token       TEXT   NOT NULL UNIQUE,
    address     TEXT   NOT NULL
);
CREATE INDEX request_queue ON request (state, at DESC, id DESC);
CREATE INDEX request_article ON request (article_id, id);
CREATE TABLE request_voice (
    request_id BIGINT NOT NULL REFERENCES request (id),
    person_id  BIGINT NOT NULL,
    outcome    TEXT   NOT NULL,
    reason     TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (request_id, person_id)
);

-- The outbox: letters that acts wrote, until they are sent.
INSERT INTO counter (name, value) VALUES ('letter', 0);
CREATE TABLE letter (
    id        {{id}},
    recipient TEXT   NOT NULL,
    subject   TEXT   NOT NULL,
    text      TEXT   NOT NULL,
    language  TEXT   NOT NULL,
    at        BIGINT NOT NULL,
    due       BIGINT NOT NULL,
    tries     BIGINT NOT NULL,
    sent_at   BIGINT NOT NULL,
    trouble   TEXT   NOT NULL
);
CREATE INDEX letter_due ON letter (due, id) WHERE sent_at = 0 AND due > 0;
