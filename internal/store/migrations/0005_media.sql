-- Pictures. The files lie in the data folder under media/, named by their SHA-256;
-- a row is written after its file is on disk. width and height are as shown.
CREATE TABLE media (
    hash   TEXT   PRIMARY KEY,
    name   TEXT   NOT NULL,
    kind   TEXT   NOT NULL,
    width  BIGINT NOT NULL,
    height BIGINT NOT NULL,
    bytes  BIGINT NOT NULL,
    at     BIGINT NOT NULL
);

-- What was handed in, kept as it was and never served.
CREATE TABLE original (
    hash      TEXT   PRIMARY KEY,
    media     TEXT   NOT NULL REFERENCES media (hash),
    name      TEXT   NOT NULL,
    person_id BIGINT NOT NULL,
    at        BIGINT NOT NULL,
    bytes     BIGINT NOT NULL
);

-- The pictures that readers may fetch: those of live articles, rewritten with each publication.
CREATE TABLE article_media (
    article_id BIGINT NOT NULL REFERENCES article (id),
    hash       TEXT   NOT NULL REFERENCES media (hash),
    PRIMARY KEY (article_id, hash)
);
CREATE INDEX article_media_hash ON article_media (hash);
