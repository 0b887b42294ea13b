-- The paper's own style: rules of the copy check. One that was removed stays,
-- so that it can be taken back. The counter 'style' rises with every change, so
-- that what was read from here is known to be of today.
INSERT INTO counter (name, value) VALUES ('rule', 0), ('style', 0);
CREATE TABLE style_rule (
    id         {{id}},
    name       TEXT    NOT NULL,
    regular    BOOLEAN NOT NULL,
    pattern    TEXT    NOT NULL,
    inside     BOOLEAN NOT NULL,
    message    TEXT    NOT NULL,
    fix        TEXT    NOT NULL,
    has_fix    BOOLEAN NOT NULL,
    language   TEXT    NOT NULL,
    level      TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    changed_at BIGINT  NOT NULL,
    changed_by BIGINT  NOT NULL
);
CREATE UNIQUE INDEX style_rule_name ON style_rule (name) WHERE state <> 'removed';
CREATE INDEX style_rule_block ON style_rule (name) WHERE state = 'on' AND level = 'block';
