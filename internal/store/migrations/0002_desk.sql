-- +goose Up
-- What people work on before it is public, and what only they may see. The
-- ledger beside it holds what was published.
INSERT INTO chain (name, seq, hash) VALUES ('desk', 0, '');
INSERT INTO chain (name, seq, hash) VALUES ('read', 0, '');

CREATE TABLE desk (
	kind    TEXT   NOT NULL,
	id      TEXT   NOT NULL,
	version BIGINT NOT NULL,
	path    TEXT   NOT NULL, -- territory: /KZ/KZ-35/
	about   TEXT   NOT NULL, -- the thing it speaks of
	state   TEXT   NOT NULL,
	owner   TEXT   NOT NULL,
	due     BIGINT NOT NULL, -- day counted from 1970-01-01; 0 for none
	at      TEXT   NOT NULL,
	actor   TEXT   NOT NULL,
	body    TEXT   NOT NULL,
	PRIMARY KEY (kind, id)
);
CREATE INDEX desk_by_state ON desk (kind, state, at, id);
CREATE INDEX desk_by_about ON desk (kind, about, id);
CREATE INDEX desk_by_owner ON desk (kind, owner, id);

CREATE TABLE desk_history (
	kind    TEXT   NOT NULL,
	id      TEXT   NOT NULL,
	version BIGINT NOT NULL,
	path    TEXT   NOT NULL,
	about   TEXT   NOT NULL,
	state   TEXT   NOT NULL,
	owner   TEXT   NOT NULL,
	due     BIGINT NOT NULL,
	at      TEXT   NOT NULL,
	actor   TEXT   NOT NULL,
	body    TEXT   NOT NULL,
	PRIMARY KEY (kind, id, version)
);

-- Sessions and failed attempts are kept beside the journal: they pass.
CREATE TABLE session (
	id      TEXT   NOT NULL PRIMARY KEY, -- hash of what the browser holds
	account TEXT   NOT NULL,
	created TEXT   NOT NULL,
	seen    TEXT   NOT NULL,
	expires TEXT   NOT NULL,
	body    TEXT   NOT NULL
);
CREATE INDEX session_by_account ON session (account, created);

CREATE TABLE attempt (
	name     TEXT   NOT NULL PRIMARY KEY, -- hash of an account or of an address
	failures BIGINT NOT NULL,
	at       TEXT   NOT NULL
);

-- What proves who somebody is, and what is personal about an account: kept as
-- it is now, without a history.
CREATE TABLE credential (
	kind    TEXT NOT NULL, -- person, login, password, factor, token, link, identity
	id      TEXT NOT NULL, -- the account, the hash of a secret or of an address, the id of a token
	account TEXT NOT NULL,
	at      TEXT NOT NULL,
	body    TEXT NOT NULL,
	PRIMARY KEY (kind, id)
);
CREATE INDEX credential_by_account ON credential (account, kind, id);

-- For who looks into the journal.
CREATE INDEX journal_by_time ON journal (at, chain, seq);
CREATE INDEX journal_by_actor ON journal (actor, at);
