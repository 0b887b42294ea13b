-- What people type before it is a revision, as it arrives: a log that is only
-- added to. A state is kept whole, or as a splice of an earlier whole one of
-- the same tab (a window of the editor). put is JSON: the copy as the browser
-- sent it.
INSERT INTO counter (name, value) VALUES ('draft', 0);
CREATE TABLE draft (
    article_id BIGINT NOT NULL REFERENCES article (id),
    person_id  BIGINT NOT NULL,
    tab        TEXT   NOT NULL,
    seq        BIGINT NOT NULL,
    base       BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    words      BIGINT NOT NULL,
    whole      BIGINT NOT NULL,
    start      BIGINT NOT NULL,
    cut        BIGINT NOT NULL,
    put        TEXT   NOT NULL,
    PRIMARY KEY (article_id, person_id, tab, seq)
);

-- The end of each log: its newest state, and how much of it is in a revision.
-- arrival orders the logs of an article by what came last, whatever the clocks.
CREATE TABLE draft_tab (
    article_id BIGINT  NOT NULL REFERENCES article (id),
    person_id  BIGINT  NOT NULL,
    tab        TEXT    NOT NULL,
    seq        BIGINT  NOT NULL,
    base       BIGINT  NOT NULL,
    at         BIGINT  NOT NULL,
    arrival    BIGINT  NOT NULL,
    words      BIGINT  NOT NULL,
    whole      BIGINT  NOT NULL,
    size       BIGINT  NOT NULL,
    spent      BIGINT  NOT NULL,
    settled    BIGINT  NOT NULL,
    revision   BIGINT  NOT NULL,
    tried      BIGINT  NOT NULL,
    thinned    BOOLEAN NOT NULL,
    PRIMARY KEY (article_id, person_id, tab)
);
CREATE INDEX draft_tab_article ON draft_tab (article_id, arrival DESC);
CREATE INDEX draft_tab_pending ON draft_tab (article_id, arrival DESC) WHERE settled < seq;
CREATE INDEX draft_tab_paused ON draft_tab (at) WHERE settled < seq AND tried = 0;
CREATE INDEX draft_tab_old ON draft_tab (at) WHERE settled >= seq AND NOT thinned;
