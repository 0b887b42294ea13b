-- How a person proves at the door who they are, and what happened there.

ALTER TABLE paper ADD COLUMN second_factor BOOLEAN NOT NULL DEFAULT FALSE;

-- How the session began (news.Way), and whether it proved more than a password.
ALTER TABLE session ADD COLUMN way TEXT NOT NULL DEFAULT 'password';
ALTER TABLE session ADD COLUMN strong BOOLEAN NOT NULL DEFAULT FALSE;
DROP INDEX session_person;
CREATE INDEX session_person ON session (person_id, seen_at DESC);

-- The public half of a passkey. A stolen copy signs nobody in.
CREATE TABLE passkey (
    id         TEXT   PRIMARY KEY,
    person_id  BIGINT NOT NULL REFERENCES person (id),
    name       TEXT   NOT NULL,
    domain     TEXT   NOT NULL,
    credential TEXT   NOT NULL,
    made_at    BIGINT NOT NULL,
    used_at    BIGINT NOT NULL
);
CREATE INDEX passkey_person ON passkey (person_id, made_at);

-- One-time codes. The secret is sealed with the key of the data folder; step
-- is the last thirty seconds whose code was taken, so that none is taken twice.
CREATE TABLE one_time_code (
    person_id BIGINT NOT NULL PRIMARY KEY REFERENCES person (id),
    secret    TEXT   NOT NULL,
    made_at   BIGINT NOT NULL,
    step      BIGINT NOT NULL
);
CREATE TABLE recovery_code (
    person_id BIGINT NOT NULL REFERENCES person (id),
    hash      TEXT   NOT NULL,
    made_at   BIGINT NOT NULL,
    used_at   BIGINT NOT NULL,
    PRIMARY KEY (person_id, hash)
);

-- What a browser was given to answer once: kept, as SHA-256, until it would
-- have ended anyway.
CREATE TABLE spent (
    token      TEXT   PRIMARY KEY,
    expires_at BIGINT NOT NULL
);
CREATE INDEX spent_expiry ON spent (expires_at);

-- The house's own identity server, at most one; its secret is sealed.
CREATE TABLE identity_server (
    id           {{id}},
    name         TEXT    NOT NULL,
    issuer       TEXT    NOT NULL,
    client_id    TEXT    NOT NULL,
    secret       TEXT    NOT NULL,
    private_host TEXT    NOT NULL,
    opened       BOOLEAN NOT NULL
);
CREATE TABLE identity (
    issuer    TEXT   NOT NULL,
    subject   TEXT   NOT NULL,
    person_id BIGINT NOT NULL REFERENCES person (id),
    made_at   BIGINT NOT NULL,
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX identity_person ON identity (person_id);

-- Sign-ins, failures and changes of rights. person_id 0 is a name that nobody has.
INSERT INTO counter (name, value) VALUES ('account_entry', 0);
CREATE TABLE account_entry (
    id        {{id}},
    person_id BIGINT NOT NULL,
    at        BIGINT NOT NULL,
    kind      TEXT   NOT NULL,
    actor     BIGINT NOT NULL,
    way       TEXT   NOT NULL,
    network   TEXT   NOT NULL,
    agent     TEXT   NOT NULL,
    detail    TEXT   NOT NULL
);
CREATE INDEX account_entry_person ON account_entry (person_id, id DESC);
CREATE INDEX account_entry_kind ON account_entry (kind, at);
