-- +goose Up
-- What was said about works, one row for each line; it only grows. The record
-- of a work itself is an item of the desk.
CREATE TABLE work_line (
	work      TEXT    NOT NULL,
	id        TEXT    NOT NULL, -- hash of what it says
	seq       BIGINT  NOT NULL, -- act that wrote it, in the chain of the desk
	kind      TEXT    NOT NULL,
	on_day    INTEGER NOT NULL, -- days counted from 1970-01-01
	published INTEGER NOT NULL, -- -719163 where its document bears no date
	at        TEXT    NOT NULL,
	actor     TEXT    NOT NULL,
	body      TEXT    NOT NULL,
	PRIMARY KEY (work, id)
);

-- What was foreseen, to be scored.
CREATE INDEX work_line_forecast ON work_line (on_day, work, id) WHERE kind = 'forecast';

-- What lists need to know of a work, folded from its lines; it is written with
-- them and can be made anew from them.
CREATE TABLE work_state (
	work TEXT   NOT NULL PRIMARY KEY,
	seq  BIGINT NOT NULL, -- act that wrote it
	path TEXT   NOT NULL, -- territory: /KZ/KZ-35/
	body TEXT   NOT NULL
);
CREATE INDEX work_state_by_act ON work_state (seq, work);
