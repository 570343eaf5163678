package store

import (
	"context"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
)

// AssetEntry is what one act wrote about a device.
type AssetEntry struct {
	Asset string
	No    int64     // 1, 2, 3 ... of the device
	Seq   int64     // act that wrote it; set by AddAssetEntries
	At    time.Time // set by AddAssetEntries
	Actor actor.ID  // set by AddAssetEntries
	Body  []byte    // JSON
}

// AssetState is what lists know of a device.
type AssetState struct {
	Asset   string
	Seq     int64 // act that wrote it; set by PutAssetStates
	No      int64 // entries of the device
	Version int64 // versions of its record
	Serial  string
	Path    string
	Body    []byte // JSON
}

const (
	sqlAssetEntries    = `SELECT asset, no, seq, at, actor, body FROM asset_entry WHERE asset = $1 ORDER BY no`
	sqlAssetEntryPut   = `INSERT INTO asset_entry (asset, no, seq, at, actor, body) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (asset, no) DO NOTHING`
	sqlAllAssetEntries = `SELECT asset, no, seq, at, actor, body FROM asset_entry ORDER BY asset, no`
	sqlAssetState      = `SELECT asset, seq, no, version, serial, path, body FROM asset_state WHERE asset = $1`
	sqlAssetStates     = `SELECT asset, seq, no, version, serial, path, body FROM asset_state WHERE seq > $1 ORDER BY seq, asset`
	sqlAssetSerial     = `SELECT asset, seq, no, version, serial, path, body FROM asset_state WHERE serial = $1 ORDER BY asset`
	sqlAssetStateLast  = `SELECT COALESCE(MAX(seq), 0) FROM asset_state`
	sqlAssetStatePut   = `
	INSERT INTO asset_state (asset, seq, no, version, serial, path, body) VALUES ($1, $2, $3, $4, $5, $6, $7)
	ON CONFLICT (asset) DO UPDATE SET seq = excluded.seq, no = excluded.no, version = excluded.version, serial = excluded.serial, path = excluded.path, body = excluded.body`
)

// AssetEntries returns what was written about a device, the first act first.
func (s *Store) AssetEntries(ctx context.Context, asset string) ([]AssetEntry, error) {
	return assetEntries(ctx, s.read, asset)
}

// AssetStates returns what changed after an act: everything after 0.
func (s *Store) AssetStates(ctx context.Context, after int64) ([]AssetState, error) {
	return assetStates(ctx, s.read, sqlAssetStates, after)
}

// AssetStatesLast returns the newest act that changed any device, 0 for none.
func (s *Store) AssetStatesLast(ctx context.Context) (seq int64, err error) {
	err = s.read.QueryRowContext(ctx, sqlAssetStateLast).Scan(&seq)
	return seq, failed("store.AssetStatesLast", s.name, err)
}

// EachAssetEntry goes through what was written about all devices, one device
// after another.
func (s *Store) EachAssetEntry(ctx context.Context, f func(AssetEntry) error) error {
	return eachAssetEntry(ctx, s.read, f, sqlAllAssetEntries)
}

func assetEntries(ctx context.Context, db querier, asset string) ([]AssetEntry, error) {
	var out []AssetEntry
	err := eachAssetEntry(ctx, db, func(e AssetEntry) error { out = append(out, e); return nil }, sqlAssetEntries, asset)
	return out, err
}

func eachAssetEntry(ctx context.Context, db querier, f func(AssetEntry) error, text string, args ...any) error {
	const op = "store.AssetEntries"
	rows, err := db.QueryContext(ctx, text, args...)
	if err != nil {
		return failed(op, "equipment", err)
	}
	defer rows.Close()
	for rows.Next() {
		var e AssetEntry
		var at, who string
		if err := rows.Scan(&e.Asset, &e.No, &e.Seq, &at, &who, &e.Body); err != nil {
			return failed(op, "equipment", err)
		}
		if e.At, err = time.Parse(timeText, at); err != nil {
			return fault.New(fault.Internal, op, e.Asset, "its time cannot be read back: %w", err)
		}
		e.Actor = actor.ID(who)
		if err := f(e); err != nil {
			return err
		}
	}
	return failed(op, "equipment", rows.Err())
}

func assetStates(ctx context.Context, db querier, text string, args ...any) ([]AssetState, error) {
	const op = "store.AssetStates"
	rows, err := db.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, failed(op, "equipment", err)
	}
	defer rows.Close()
	var out []AssetState
	for rows.Next() {
		var s AssetState
		if err := rows.Scan(&s.Asset, &s.Seq, &s.No, &s.Version, &s.Serial, &s.Path, &s.Body); err != nil {
			return nil, failed(op, "equipment", err)
		}
		out = append(out, s)
	}
	return out, failed(op, "equipment", rows.Err())
}

// AssetEntries returns what was written about a device as the act sees it.
func (t *Tx) AssetEntries(asset string) ([]AssetEntry, error) {
	return assetEntries(t.ctx, t.tx, asset)
}

// AssetState returns what lists know of a device as the act sees it; nil when
// it is not there.
func (t *Tx) AssetState(asset string) (*AssetState, error) {
	return t.oneAsset(sqlAssetState, asset)
}

// AssetBySerial returns the device with maker and serial number; nil when there
// is none.
func (t *Tx) AssetBySerial(serial string) (*AssetState, error) {
	return t.oneAsset(sqlAssetSerial, serial)
}

func (t *Tx) oneAsset(text, arg string) (*AssetState, error) {
	list, err := assetStates(t.ctx, t.tx, text, arg)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// AssetStates returns all devices as the act sees them, for an act on many.
func (t *Tx) AssetStates() ([]AssetState, error) {
	return assetStates(t.ctx, t.tx, sqlAssetStates, int64(0))
}

// AddAssetEntries writes entries. It returns fault.Conflict when somebody else
// wrote about one of the devices meanwhile.
func (t *Tx) AddAssetEntries(list []AssetEntry) error {
	const op = "store.AddAssetEntries"
	stmt, err := t.tx.PrepareContext(t.ctx, sqlAssetEntryPut)
	if err != nil {
		return failed(op, "equipment", err)
	}
	defer stmt.Close()
	at := t.at.Format(timeText)
	for i := range list {
		e := &list[i]
		if e.Asset == "" || e.No < 1 {
			return fault.New(fault.Internal, op, e.Asset, "an entry needs a device and a number")
		}
		e.Seq, e.At, e.Actor = t.seq, t.at, t.who
		r, err := stmt.ExecContext(t.ctx, e.Asset, e.No, e.Seq, at, string(e.Actor), string(e.Body))
		if err != nil {
			return failed(op, e.Asset, err)
		}
		if n, err := r.RowsAffected(); err != nil || n != 1 {
			if err != nil {
				return failed(op, e.Asset, err)
			}
			return fault.New(fault.Conflict, op, e.Asset, "somebody else has written about this device: look at it again, then repeat")
		}
	}
	return nil
}

// PutAssetStates writes what lists know of devices.
func (t *Tx) PutAssetStates(list []AssetState) error {
	const op = "store.PutAssetStates"
	stmt, err := t.tx.PrepareContext(t.ctx, sqlAssetStatePut)
	if err != nil {
		return failed(op, "equipment", err)
	}
	defer stmt.Close()
	for i := range list {
		s := &list[i]
		s.Seq = t.seq
		if !strings.HasPrefix(s.Path, "/") || s.Asset == "" {
			return fault.New(fault.Internal, op, s.Asset, "a state needs a device and a path")
		}
		if _, err := stmt.ExecContext(t.ctx, s.Asset, s.Seq, s.No, s.Version, s.Serial, s.Path, string(s.Body)); err != nil {
			return failed(op, s.Asset, err)
		}
	}
	return nil
}
