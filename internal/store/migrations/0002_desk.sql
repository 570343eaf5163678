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

-- What an account was told. It passes, like a letter, and has no history.
CREATE TABLE notice (
	account TEXT NOT NULL,
	id      TEXT NOT NULL, -- grows with time
	at      TEXT NOT NULL,
	kind    TEXT NOT NULL,
	subject TEXT NOT NULL,
	about   TEXT NOT NULL,
	body    TEXT NOT NULL,
	read_at TEXT NOT NULL, -- '' while it is unread
	letter  TEXT NOT NULL, -- 'daily' while it waits for the letter of the day
	PRIMARY KEY (account, id)
);
CREATE INDEX notice_unread ON notice (account, id) WHERE read_at = '';
CREATE INDEX notice_daily ON notice (account, id) WHERE letter = 'daily';

-- What a webhook was or will be told, and how it took it.
CREATE TABLE delivery (
	webhook  TEXT   NOT NULL,
	id       TEXT   NOT NULL, -- grows with time; the receiver knows a repetition by it
	event    TEXT   NOT NULL,
	at       TEXT   NOT NULL,
	body     TEXT   NOT NULL,
	state    TEXT   NOT NULL, -- waiting, delivered, failed
	attempts BIGINT NOT NULL,
	status   BIGINT NOT NULL, -- of HTTP, 0 where nobody answered
	problem  TEXT   NOT NULL,
	took     BIGINT NOT NULL, -- milliseconds of the last attempt
	tried_at TEXT   NOT NULL,
	PRIMARY KEY (webhook, id)
);

-- Work that waits. A row is written in the transaction of the act that wants
-- the work, so it is there exactly if the act is. Finished rows are deleted
-- after some weeks.
CREATE TABLE job (
	id           TEXT   NOT NULL PRIMARY KEY, -- grows with time
	kind         TEXT   NOT NULL,
	name         TEXT   NOT NULL, -- of unfinished jobs of a kind one may have it; '' for none
	lane         TEXT   NOT NULL, -- jobs of a lane are done one after another; '' for none
	args         TEXT   NOT NULL,
	state        TEXT   NOT NULL, -- waiting, running, done, failed, cancelled
	attempt      BIGINT NOT NULL,
	tries        BIGINT NOT NULL, -- attempts at most
	run_at       TEXT   NOT NULL, -- not before
	holder       TEXT   NOT NULL, -- process that does it
	locked_until TEXT   NOT NULL, -- then another process may take it
	stop         BIGINT NOT NULL, -- 1: somebody wants it broken off
	progress     BIGINT NOT NULL,
	total        BIGINT NOT NULL,
	problem      TEXT   NOT NULL, -- of the last attempt
	created_at   TEXT   NOT NULL,
	finished_at  TEXT   NOT NULL  -- '' while it is not finished
);
CREATE UNIQUE INDEX job_by_name ON job (kind, name) WHERE name <> '' AND finished_at = '';
CREATE INDEX job_due ON job (run_at, id) WHERE finished_at = '';
CREATE INDEX job_lane ON job (lane, id) WHERE finished_at = '' AND lane <> '';
CREATE INDEX job_finished ON job (finished_at) WHERE finished_at <> '';

-- What a run brought, to show it, to take it back and to tell what changed
-- between two states.
CREATE INDEX figure_by_run ON figure (seq, series_id);
CREATE INDEX run_by_id ON run (id);
