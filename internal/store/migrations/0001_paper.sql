-- The paper, from the first day. Times are microseconds since 1970 in UTC, 0 = none.
-- {{id}} is the primary key of one number; blocks "only" belong to one database.

CREATE TABLE paper (
    id        {{id}},
    name      TEXT    NOT NULL,
    language  TEXT    NOT NULL,
    four_eyes BOOLEAN NOT NULL,
    set_up    BOOLEAN NOT NULL,
    secret    TEXT    NOT NULL
);

-- Numbers are given out here, so that one is never given twice. The row
-- 'event' is also the lock that every write on PostgreSQL takes first.
CREATE TABLE counter (
    name  TEXT   PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO counter (name, value) VALUES
    ('event', 0), ('article', 0), ('edition', 0), ('section', 0), ('topic', 0),
    ('story', 0), ('person', 0), ('comment', 0);

CREATE TABLE edition (
    id          {{id}},
    slug        TEXT    NOT NULL UNIQUE,
    is_default  BOOLEAN NOT NULL,
    name        TEXT    NOT NULL,
    tagline     TEXT    NOT NULL,
    language    TEXT    NOT NULL,
    time_zone   TEXT    NOT NULL,
    calendar    TEXT    NOT NULL,
    digits      TEXT    NOT NULL,
    host        TEXT    NOT NULL,
    accent      TEXT    NOT NULL,
    comments    BOOLEAN NOT NULL,
    close_after BIGINT  NOT NULL,
    position    BIGINT  NOT NULL
);

CREATE TABLE section (
    id         {{id}},
    edition_id BIGINT  NOT NULL REFERENCES edition (id),
    slug       TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    position   BIGINT  NOT NULL,
    opinion    BOOLEAN NOT NULL,
    UNIQUE (edition_id, slug)
);

CREATE TABLE topic (
    id         {{id}},
    edition_id BIGINT NOT NULL REFERENCES edition (id),
    slug       TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    kind       TEXT   NOT NULL,
    UNIQUE (edition_id, slug)
);

CREATE TABLE story (
    id   {{id}},
    name TEXT NOT NULL
);

CREATE TABLE person (
    id         {{id}},
    email      TEXT    NOT NULL UNIQUE,
    name       TEXT    NOT NULL,
    role       TEXT    NOT NULL,
    disabled   BOOLEAN NOT NULL,
    secret     TEXT    NOT NULL,
    created_at BIGINT  NOT NULL
);
CREATE TABLE person_section (
    person_id  BIGINT NOT NULL REFERENCES person (id),
    section_id BIGINT NOT NULL REFERENCES section (id),
    PRIMARY KEY (person_id, section_id)
);

-- Tokens are kept as SHA-256: a stolen copy of the database signs nobody in.
CREATE TABLE session (
    token      TEXT   PRIMARY KEY,
    person_id  BIGINT NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    agent      TEXT   NOT NULL
);
CREATE INDEX session_person ON session (person_id);
CREATE INDEX session_expiry ON session (expires_at);
CREATE TABLE invitation (
    token      TEXT   PRIMARY KEY,
    person_id  BIGINT NOT NULL REFERENCES person (id),
    expires_at BIGINT NOT NULL,
    used_at    BIGINT NOT NULL
);
CREATE INDEX invitation_expiry ON invitation (expires_at);
CREATE TABLE throttle (
    name     TEXT   PRIMARY KEY,
    failures BIGINT NOT NULL,
    since    BIGINT NOT NULL,
    until    BIGINT NOT NULL
);
CREATE INDEX throttle_since ON throttle (since);

CREATE TABLE article (
    id                BIGINT NOT NULL PRIMARY KEY,
    edition_id        BIGINT NOT NULL REFERENCES edition (id),
    section_id        BIGINT NOT NULL,
    story_id          BIGINT NOT NULL,
    state             TEXT   NOT NULL,
    head              BIGINT NOT NULL,
    live              BIGINT NOT NULL,
    live_section_id   BIGINT NOT NULL,
    creator           BIGINT NOT NULL,
    headline          TEXT   NOT NULL,
    slugline          TEXT   NOT NULL,
    urgency           BIGINT NOT NULL,
    created_at        BIGINT NOT NULL,
    changed_at        BIGINT NOT NULL,
    changed_by        BIGINT NOT NULL,
    published_at      BIGINT NOT NULL,
    updated_at        BIGINT NOT NULL,
    submitted_by      BIGINT NOT NULL,
    approved_by       BIGINT NOT NULL,
    approved_at       BIGINT NOT NULL,
    approved_revision BIGINT NOT NULL,
    bypass_by         BIGINT NOT NULL,
    bypass_at         BIGINT NOT NULL,
    bypass_reason     TEXT   NOT NULL,
    scheduled_for     BIGINT NOT NULL,
    embargo_until     BIGINT NOT NULL,
    killed_by         BIGINT NOT NULL,
    killed_at         BIGINT NOT NULL,
    kill_note         TEXT   NOT NULL,
    comment_rule      TEXT   NOT NULL,
    comment_count     BIGINT NOT NULL,
    source_key        TEXT   UNIQUE,
    source_hash       TEXT   NOT NULL
);
CREATE INDEX article_public ON article (edition_id, published_at DESC, id DESC) WHERE state = 'published';
CREATE INDEX article_section ON article (live_section_id, published_at DESC, id DESC) WHERE state = 'published';
CREATE INDEX article_story ON article (story_id, published_at DESC, id DESC) WHERE state = 'published' AND story_id > 0;
CREATE INDEX article_due ON article (state, scheduled_for) WHERE state = 'scheduled';
CREATE INDEX article_desk ON article (changed_at DESC, id DESC);
CREATE INDEX article_desk_state ON article (state, changed_at DESC, id DESC);
CREATE INDEX article_desk_section ON article (section_id, changed_at DESC, id DESC);
CREATE INDEX article_desk_both ON article (section_id, state, changed_at DESC, id DESC);
CREATE INDEX article_desk_own ON article (creator, changed_at DESC, id DESC);
CREATE INDEX article_killed ON article (edition_id, killed_at DESC, id DESC) WHERE state = 'killed';

CREATE TABLE revision (
    article_id   BIGINT NOT NULL REFERENCES article (id),
    number       BIGINT NOT NULL,
    kicker       TEXT   NOT NULL,
    headline     TEXT   NOT NULL,
    standfirst   TEXT   NOT NULL,
    opening      TEXT   NOT NULL,
    slugline     TEXT   NOT NULL,
    bylines      TEXT   NOT NULL,
    place        TEXT   NOT NULL,
    country      TEXT   NOT NULL,
    source       TEXT   NOT NULL,
    credit       TEXT   NOT NULL,
    section_id   BIGINT NOT NULL,
    topics       TEXT   NOT NULL,
    urgency      BIGINT NOT NULL,
    language     TEXT   NOT NULL,
    body         TEXT   NOT NULL,
    words        BIGINT NOT NULL,
    person_id    BIGINT NOT NULL,
    at           BIGINT NOT NULL,
    published_at BIGINT NOT NULL,
    change       TEXT   NOT NULL,
    note         TEXT   NOT NULL,
    PRIMARY KEY (article_id, number)
);

-- Where live articles stand: rewritten with each publication.
CREATE TABLE article_byline (
    article_id   BIGINT NOT NULL REFERENCES article (id),
    edition_id   BIGINT NOT NULL,
    slug         TEXT   NOT NULL,
    name         TEXT   NOT NULL,
    published_at BIGINT NOT NULL,
    PRIMARY KEY (article_id, slug)
);
CREATE INDEX article_byline_list ON article_byline (edition_id, slug, published_at DESC, article_id DESC);
CREATE TABLE article_topic (
    article_id   BIGINT NOT NULL REFERENCES article (id),
    topic_id     BIGINT NOT NULL REFERENCES topic (id),
    published_at BIGINT NOT NULL,
    PRIMARY KEY (article_id, topic_id)
);
CREATE INDEX article_topic_list ON article_topic (topic_id, published_at DESC, article_id DESC);

-- A text that lost a race: kept until its writer has dealt with it.
CREATE TABLE aside (
    article_id BIGINT NOT NULL REFERENCES article (id),
    person_id  BIGINT NOT NULL,
    base       BIGINT NOT NULL,
    content    TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (article_id, person_id, at)
);

CREATE TABLE correction (
    article_id BIGINT NOT NULL REFERENCES article (id),
    revision   BIGINT NOT NULL,
    edition_id BIGINT NOT NULL,
    kind       TEXT   NOT NULL,
    note       TEXT   NOT NULL,
    person_id  BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    headline   TEXT   NOT NULL,
    PRIMARY KEY (article_id, revision)
);
CREATE INDEX correction_list ON correction (edition_id, at DESC, article_id DESC) WHERE kind <> 'minor';

CREATE TABLE comment (
    id          {{id}},
    article_id  BIGINT NOT NULL REFERENCES article (id),
    edition_id  BIGINT NOT NULL,
    name        TEXT   NOT NULL,
    email       TEXT   NOT NULL,
    text        TEXT   NOT NULL,
    state       TEXT   NOT NULL,
    before      TEXT   NOT NULL,
    shown       BIGINT NOT NULL,
    at          BIGINT NOT NULL,
    decided_by  BIGINT NOT NULL,
    decided_at  BIGINT NOT NULL,
    token       TEXT   NOT NULL UNIQUE,
    address     TEXT   NOT NULL
);
CREATE INDEX comment_shown ON comment (article_id, shown);
CREATE INDEX comment_queue ON comment (state, at DESC, id DESC);

CREATE TABLE event (
    seq        {{id}},
    kind       TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    actor      BIGINT NOT NULL,
    edition_id BIGINT NOT NULL,
    article_id BIGINT NOT NULL,
    comment_id BIGINT NOT NULL,
    note       TEXT   NOT NULL,
    touched    TEXT   NOT NULL
);
CREATE INDEX event_article ON event (article_id, seq DESC);
CREATE TABLE room (
    name TEXT   PRIMARY KEY,
    seq  BIGINT NOT NULL
);

-- A desk form is carried out once: the answer to a lost acknowledgement is to ask again.
CREATE TABLE form (
    token  TEXT   PRIMARY KEY,
    result BIGINT NOT NULL,
    at     BIGINT NOT NULL
);

-- Search. One row for what readers find and one for what the desk finds.
-- search_id rises with time, so that "newest first" is a walk along the key.
CREATE TABLE search_entry (
    search_id  {{id}},
    scope      TEXT   NOT NULL,
    article_id BIGINT NOT NULL REFERENCES article (id),
    UNIQUE (article_id, scope)
);
-- only sqlite
CREATE VIRTUAL TABLE search USING fts5 (headline, words, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0");
-- An import keeps two hundred articles at once: gather them in memory (8 MB) before writing, merge less often.
INSERT INTO search (search, rank) VALUES ('hashsize', 8388608);
INSERT INTO search (search, rank) VALUES ('automerge', 8);
-- end
-- only postgres
CREATE TABLE search (
    search_id BIGINT   PRIMARY KEY,
    words     tsvector NOT NULL
);
CREATE INDEX search_words ON search USING gin (words);
-- end
