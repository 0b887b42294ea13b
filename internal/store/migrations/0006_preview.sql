-- A link with which somebody without an account reads a story before it is out.
-- The token is kept as SHA-256: a stolen copy of the database opens nothing.
CREATE TABLE preview_link (
    token      TEXT   PRIMARY KEY,
    article_id BIGINT NOT NULL REFERENCES article (id),
    revision   BIGINT NOT NULL,
    person_id  BIGINT NOT NULL,
    made_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX preview_link_article ON preview_link (article_id, made_at DESC);
CREATE INDEX preview_link_expiry ON preview_link (expires_at);
