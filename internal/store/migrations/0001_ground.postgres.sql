-- +goose Up
-- Columns that are compared or sorted use COLLATE "C", the order of bytes, so
-- that lists and cursors are the same as on SQLite in every locale.
CREATE TABLE chain (
	name TEXT COLLATE "C" PRIMARY KEY,
	seq  BIGINT NOT NULL,
	hash TEXT NOT NULL
);
INSERT INTO chain (name, seq, hash) VALUES ('main', 0, '');

CREATE TABLE journal (
	chain   TEXT COLLATE "C" NOT NULL,
	seq     BIGINT NOT NULL,
	at      TEXT   NOT NULL,
	actor   TEXT   NOT NULL,
	op      TEXT   NOT NULL,
	subject TEXT   NOT NULL,
	detail  TEXT   NOT NULL,
	prev    TEXT   NOT NULL,
	hash    TEXT   NOT NULL,
	PRIMARY KEY (chain, seq)
);

CREATE TABLE run (
	seq         BIGINT PRIMARY KEY,
	id          BIGINT NOT NULL,
	kind        TEXT COLLATE "C" NOT NULL,
	actor       TEXT   NOT NULL,
	program     TEXT   NOT NULL,
	subject     TEXT   NOT NULL,
	inputs      TEXT   NOT NULL,
	as_of       BIGINT,
	recorded_at TEXT COLLATE "C" NOT NULL
);
CREATE INDEX run_by_time ON run (recorded_at, seq);

CREATE TABLE record (
	kind   TEXT COLLATE "C" NOT NULL,
	code   TEXT COLLATE "C" NOT NULL,
	seq    BIGINT NOT NULL,
	figure BIGINT,
	body   TEXT   NOT NULL,
	PRIMARY KEY (kind, code, seq)
);

CREATE TABLE document_text (
	document BIGINT NOT NULL,
	seq      BIGINT NOT NULL,
	sha256   TEXT   NOT NULL,
	encoding TEXT   NOT NULL,
	body     TEXT   NOT NULL,
	PRIMARY KEY (document, seq)
);

CREATE TABLE series (
	id         BIGINT  PRIMARY KEY,
	measure    TEXT COLLATE "C" NOT NULL,
	version    INTEGER NOT NULL,
	place      TEXT COLLATE "C" NOT NULL,
	dimensions TEXT COLLATE "C" NOT NULL,
	kind       TEXT COLLATE "C" NOT NULL,
	unit       TEXT    NOT NULL,
	source     TEXT    NOT NULL
);
CREATE INDEX series_by_measure ON series (measure, place, id);
CREATE INDEX series_by_dimensions ON series (measure, dimensions, place, id);
CREATE INDEX series_by_place ON series (place, measure, id);

-- In every table published_at is a day counted from 1970-01-01, and -719163,
-- the day before the first of year 1, where the document bears no date: what
-- is undated counts on every day.
CREATE TABLE figure (
	series_id    BIGINT  NOT NULL,
	period_start INTEGER NOT NULL,
	period_end   INTEGER NOT NULL,
	id           BIGINT  NOT NULL,
	coef         BIGINT,
	scale        INTEGER NOT NULL,
	qualifier    TEXT    NOT NULL,
	status       TEXT    NOT NULL,
	withdraws    INTEGER NOT NULL,
	document     BIGINT,
	line         INTEGER,
	span_from    INTEGER,
	span_to      INTEGER,
	published_at INTEGER NOT NULL,
	seq          BIGINT  NOT NULL,
	extra        TEXT,
	PRIMARY KEY (series_id, period_start, period_end, id)
);
CREATE INDEX figure_by_id ON figure (id);
CREATE INDEX figure_by_document ON figure (document, line) WHERE document IS NOT NULL;

CREATE TABLE supersession (
	old_id       BIGINT  NOT NULL,
	new_id       BIGINT  NOT NULL,
	published_at INTEGER NOT NULL,
	seq          BIGINT  NOT NULL,
	PRIMARY KEY (old_id, new_id)
);

-- The names behind the short keys of figures.
CREATE TABLE document (
	id   BIGINT PRIMARY KEY,
	name TEXT COLLATE "C" NOT NULL,
	seq  BIGINT NOT NULL
);

-- Two projections, written with the figures: in which periods a measure has
-- any, and how many point into a document.
CREATE TABLE measure_period (
	measure      TEXT COLLATE "C" NOT NULL,
	period_start INTEGER NOT NULL,
	period_end   INTEGER NOT NULL,
	published_at INTEGER NOT NULL,
	seq          BIGINT  NOT NULL,
	PRIMARY KEY (measure, period_start, period_end, published_at)
);

CREATE TABLE document_count (
	document     BIGINT  NOT NULL,
	published_at INTEGER NOT NULL,
	seq          BIGINT  NOT NULL,
	figures      BIGINT  NOT NULL,
	PRIMARY KEY (document, published_at, seq)
);
