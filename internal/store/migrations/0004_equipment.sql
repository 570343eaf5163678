-- +goose Up
-- What was written about devices, one row for each act on a device; it only
-- grows. An entry holds a new record, events, or both.
CREATE TABLE asset_entry (
	asset TEXT   NOT NULL,
	no    BIGINT NOT NULL, -- 1, 2, 3 ... of the device
	seq   BIGINT NOT NULL, -- act that wrote it, in the chain of the desk
	at    TEXT   NOT NULL,
	actor TEXT   NOT NULL,
	body  TEXT   NOT NULL,
	PRIMARY KEY (asset, no)
);

-- What lists need to know of a device, folded from its entries; it is written
-- with them and can be made anew from them.
CREATE TABLE asset_state (
	asset   TEXT   NOT NULL PRIMARY KEY,
	seq     BIGINT NOT NULL, -- act that wrote it
	no      BIGINT NOT NULL, -- entries of the device
	version BIGINT NOT NULL, -- versions of its record
	serial  TEXT   NOT NULL, -- maker and serial number, folded; '' for none
	path    TEXT   NOT NULL, -- territory: /KZ/KZ-35/
	body    TEXT   NOT NULL
);
CREATE INDEX asset_state_by_act ON asset_state (seq, asset);
CREATE INDEX asset_state_by_serial ON asset_state (serial);
