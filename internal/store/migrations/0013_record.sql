-- Who a protected byline stands for. The name and the number stand in no other
-- table that says "author": revisions have the public name only.
CREATE TABLE protected_author (
    article_id BIGINT  NOT NULL,
    number     INTEGER NOT NULL,
    person_id  BIGINT  NOT NULL, -- 0 = nobody of the staff
    name       TEXT    NOT NULL,
    set_by     BIGINT  NOT NULL,
    set_at     BIGINT  NOT NULL,
    PRIMARY KEY (article_id, number)
);
CREATE INDEX protected_author_person ON protected_author (person_id, article_id);

-- To whom it was told, beside the author and who set it.
CREATE TABLE protected_knower (
    article_id BIGINT  NOT NULL,
    number     INTEGER NOT NULL,
    person_id  BIGINT  NOT NULL,
    told_by    BIGINT  NOT NULL,
    told_at    BIGINT  NOT NULL,
    PRIMARY KEY (article_id, number, person_id)
);

-- The record is read by who and by when.
CREATE INDEX event_actor ON event (actor, seq DESC);
CREATE INDEX event_at ON event (at, seq);
