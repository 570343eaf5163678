package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shanyraq/shanyraq/works/equipment"
)

// assetEntry is what one act writes about a device.
type assetEntry struct {
	Record *equipment.Asset  `json:"record,omitempty"`
	Events []equipment.Event `json:"events,omitempty"`
}

// assetVersion is a version of the record of a device.
type assetVersion struct {
	equipment.Asset
	at store.AssetEntry
}

// assetFile is all that is kept of a device.
type assetFile struct {
	equipment.Asset
	version  int64 // of the record
	no       int64 // entries
	versions []assetVersion
	events   []equipment.Event
}

// AssetChange is what one act does to one device: a new record, or events, or
// both.
type AssetChange struct {
	ID equipment.ID
	// Record is the new record; nil leaves it as it is.
	Record *equipment.Asset
	// Expected is the version that the record must have, 0 for a device that is
	// not there yet, AnyVersion for any.
	Expected int64
	Events   []equipment.Event
	// Row and Columns name where the change comes from in a table.
	Row     int
	Columns map[string]string
}

// AssetReceipt says what became of changes.
type AssetReceipt struct {
	New     int
	Changed int // records
	Known   int // devices of which everything was known
	Events  int
}

// AssetFault is what is wrong with one of many changes.
type AssetFault struct {
	Change *AssetChange
	Field  string
	Err    error
}

// AssetFaults is the error of ChangeAssets that names everything it refused.
type AssetFaults struct {
	List []AssetFault
	More int
}

func (f *AssetFaults) Error() string {
	return fmt.Sprintf("row %d: %v", f.List[0].Change.Row, f.List[0].Err)
}

// maxFaults bounds the faults that are listed.
const maxFaults = 200

// errOnlyLooked ends an act that was to be tried and not done.
var errOnlyLooked = errors.New("only looked")

// ChangeAssets applies changes to devices, all or none, in one act. It decides
// whether whoever acts may do each of them and refuses what cannot be: the
// error is *AssetFaults with all that is wrong. dryRun only looks. op and
// subject go into the journal.
func (a *App) ChangeAssets(ctx context.Context, op, subject string, changes []AssetChange, dryRun bool) (AssetReceipt, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return AssetReceipt{}, err
	}
	return a.changeAssets(ctx, v, op, subject, changes, dryRun)
}

func (a *App) changeAssets(ctx context.Context, v *view, op, subject string, changes []AssetChange, dryRun bool) (AssetReceipt, error) {
	who := v.who(ctx)
	x := &assetAct{app: a, ctx: actor.With(ctx, who), view: v, who: who, works: map[works.ID]bool{}}
	err := a.Store.Act(ctx, actor.Entry{Actor: who.ID, At: a.Clock(), Op: op, Subject: subject, Detail: fmt.Sprintf("devices=%d", len(changes))}, func(tx *store.Tx) error {
		x.tx, x.got = tx, AssetReceipt{}
		if len(changes) > manyAssets {
			if err := x.load(); err != nil {
				return err
			}
		}
		for i := range changes {
			if err := x.apply(&changes[i]); err != nil {
				var field *assetField
				if !errors.As(err, &field) {
					return err
				}
				x.refuse(AssetFault{&changes[i], field.name, field.err})
			}
		}
		if len(x.faults.List) > 0 {
			return &x.faults
		}
		if dryRun {
			return errOnlyLooked
		}
		if err := tx.AddAssetEntries(x.entries); err != nil {
			return err
		}
		return tx.PutAssetStates(x.states)
	})
	if errors.Is(err, errOnlyLooked) {
		err = nil
	}
	return x.got, err
}

// manyAssets is from how many changes on all devices are read at once.
const manyAssets = 200

// assetAct is one act on devices.
type assetAct struct {
	app     *App
	ctx     context.Context
	view    *view
	tx      *store.Tx
	who     actor.Actor
	got     AssetReceipt
	faults  AssetFaults
	entries []store.AssetEntry
	states  []store.AssetState
	known   map[string]*store.AssetState // all devices; nil: they are asked for one by one
	serials map[string]string            // device by serial number, of all and of this act
	works   map[works.ID]bool
}

// assetField says which field of a change is wrong.
type assetField struct {
	name string
	err  error
}

func (f *assetField) Error() string { return f.err.Error() }
func (f *assetField) Unwrap() error { return f.err }

// inField names the field of an error that whoever wrote can mend.
func inField(err error, field string) error {
	if err == nil || fault.KindOf(err) == fault.Internal || fault.KindOf(err) == fault.Unavailable {
		return err
	}
	var e *fault.Error
	if field == "" && errors.As(err, &e) {
		field = e.Subject
	}
	return &assetField{field, err}
}

func (x *assetAct) refuse(f AssetFault) {
	if len(x.faults.List) >= maxFaults {
		x.faults.More++
		return
	}
	x.faults.List = append(x.faults.List, f)
}

func (x *assetAct) load() error {
	list, err := x.tx.AssetStates()
	if err != nil {
		return err
	}
	x.known, x.serials = make(map[string]*store.AssetState, len(list)), make(map[string]string, len(list))
	for i := range list {
		x.known[list[i].Asset] = &list[i]
		if list[i].Serial != "" {
			x.serials[list[i].Serial] = list[i].Asset
		}
	}
	return nil
}

// stored tells what is kept of a device; nil when it is not there.
func (x *assetAct) stored(id equipment.ID) (*store.AssetState, error) {
	if x.known != nil {
		return x.known[string(id)], nil
	}
	return x.tx.AssetState(string(id))
}

// serial refuses a serial number that another device has.
func (x *assetAct) serial(a *equipment.Asset) error {
	key := a.SerialKey()
	if key == "" {
		return nil
	}
	other := x.serials[key]
	if other == "" && x.known == nil {
		s, err := x.tx.AssetBySerial(key)
		if err != nil {
			return err
		}
		if s != nil {
			other = s.Asset
		}
	}
	if other != "" && other != string(a.ID) {
		return inField(fault.New(fault.Invalid, "app.ChangeAssets", "serial", "another device of this maker has this serial number: look for it in the register"), "serial")
	}
	if x.serials == nil {
		x.serials = map[string]string{}
	}
	x.serials[key] = string(a.ID)
	return nil
}

func (x *assetAct) apply(c *AssetChange) error {
	f := &assetFile{}
	kept, err := x.stored(c.ID)
	if err != nil {
		return err
	}
	if kept != nil {
		list, err := x.tx.AssetEntries(string(c.ID))
		if err != nil {
			return err
		}
		if f, err = readAsset(list); err != nil {
			return err
		}
	} else if c.Record == nil || c.Expected > 0 {
		return inField(fault.New(fault.NotFound, "app.ChangeAssets", string(c.ID), "there is no such device"), "id")
	}
	entry := assetEntry{}
	if c.Record != nil {
		if err := x.record(f, c, &entry); err != nil {
			return err
		}
	}
	if err := x.eventsOf(f, c, &entry); err != nil {
		return err
	}
	switch {
	case entry.Record == nil && len(entry.Events) == 0:
		x.got.Known++
		return nil
	case kept == nil:
		x.got.New++
	case entry.Record != nil:
		x.got.Changed++
	}
	x.got.Events += len(entry.Events)
	return x.keep(f, &entry)
}

// record takes a new version of the record, if it says anything new.
func (x *assetAct) record(f *assetFile, c *AssetChange, entry *assetEntry) error {
	r := *c.Record
	if c.Row > 0 && f.version > 0 {
		r = overlay(f.Asset, r, c.Columns)
	}
	if r.ID != c.ID {
		return inField(fault.New(fault.Invalid, "app.ChangeAssets", "id", "the id of a device does not change"), "id")
	}
	if c.Expected != AnyVersion && c.Expected != f.version {
		return fault.New(fault.Conflict, "app.ChangeAssets", string(c.ID), "somebody else has changed this device: look at it again, then repeat")
	}
	if err := x.check(&r); err != nil {
		return err
	}
	if f.version > 0 { // where it was, too
		if err := inField(x.app.may(x.ctx, x.view, actor.ManageWorks, f.Place), "place"); err != nil {
			return err
		}
	}
	if err := inField(x.app.may(x.ctx, x.view, actor.ManageWorks, r.Place), "place"); err != nil {
		return err
	}
	if f.version > 0 && sameAsset(&f.Asset, &r) {
		return nil
	}
	if err := x.serial(&r); err != nil {
		return err
	}
	f.Asset, entry.Record = r, &r
	f.version++
	return nil
}

// sameEvent reports whether a table says again what is known with more detail.
func sameEvent(x, y *equipment.Event) bool {
	return x.Kind == y.Kind && x.On == y.On && x.State == y.State && x.Service == y.Service
}

// overlay puts the columns that a table has over the record that stands: what
// the table does not speak of stays.
func overlay(old, r equipment.Asset, columns map[string]string) equipment.Asset {
	has := func(field string) bool { _, ok := columns[field]; return ok }
	out := old
	out.Item = r.Item
	if has("facility") || has("place") {
		out.Facility, out.Place = r.Facility, r.Place
	}
	for field, set := range map[string]func(){
		"work": func() { out.Work = r.Work }, "room": func() { out.Room = r.Room }, "serial": func() { out.Serial = r.Serial }, "maker": func() { out.Maker = r.Maker }, "model": func() { out.Model = r.Model },
		"price": func() { out.Price = r.Price }, "vat": func() { out.VAT = r.VAT }, "warranty_from": func() { out.From = r.From }, "warranty_to": func() { out.To = r.To }, "life_years": func() { out.Life = r.Life }, "source": func() { out.Source = r.Source },
	} {
		if has(field) {
			set()
		}
	}
	if r.Plans != nil {
		out.Plans = r.Plans
	}
	return out
}

func sameAsset(x, y *equipment.Asset) bool {
	a, _ := json.Marshal(x)
	b, _ := json.Marshal(y)
	return string(a) == string(b)
}

// check refuses a record that names what is not there.
func (x *assetAct) check(r *equipment.Asset) error {
	if err := r.Check(); err != nil {
		return inField(err, "")
	}
	switch {
	case !x.view.Atlas.Has(r.Place):
		return inField(fault.New(fault.Invalid, "app.ChangeAssets", "place", "no place has this code: `search` finds it by name"), "place")
	case r.Facility != "" && !x.view.hasFacility(string(r.Facility)):
		return inField(fault.New(fault.Invalid, "app.ChangeAssets", "facility", "no facility has this code"), "facility")
	}
	if r.Work == "" {
		return nil
	}
	seen, asked := x.works[r.Work]
	if !asked {
		it, err := x.tx.Item(deskWork, string(r.Work))
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
		seen = err == nil && (works.Condition(it.State) != works.Draft || slices.ContainsFunc(x.view.paths(x.ctx, actor.ReadDrafts), func(p string) bool { return strings.HasPrefix(it.Path, p) }))
		x.works[r.Work] = seen
	}
	if !seen {
		return inField(fault.New(fault.Invalid, "app.ChangeAssets", "work", "there is no such work"), "work")
	}
	return nil
}

// eventAct is the right that an event needs: whoever reports from a site says
// that a service was done, and that a device is down or works again.
func eventAct(from equipment.State, e *equipment.Event) actor.Act {
	switch {
	case e.Kind == equipment.ServiceEvent, e.State == equipment.Down, e.Kind == equipment.StateEvent && from == equipment.Down && e.State == equipment.InUse:
		return actor.ReportWorks
	}
	return actor.ManageWorks
}

// eventsOf takes the events that are new.
func (x *assetAct) eventsOf(f *assetFile, c *AssetChange, entry *assetEntry) error {
	today := x.view.at.AsOf
	for i := range c.Events {
		e := c.Events[i]
		if err := e.Seal(f.ID); err != nil {
			return inField(err, "")
		}
		if slices.ContainsFunc(f.events, func(o equipment.Event) bool { return o.ID == e.ID || c.Row > 0 && sameEvent(&o, &e) }) {
			continue
		}
		s := equipment.At(&f.Asset, f.events, today)
		if err := inField(x.app.may(x.ctx, x.view, eventAct(s.State, &e), f.Place), "place"); err != nil {
			return err
		}
		if err := equipment.Guard(&f.Asset, f.events, &e, today); err != nil {
			field := ""
			if c.Row > 0 {
				field = columnOf(c, &e)
			}
			return inField(err, field)
		}
		e.Seq, e.Recorded, e.Actor = x.tx.Seq(), x.tx.At(), x.who.ID
		f.events = append(f.events, e)
		entry.Events = append(entry.Events, e)
	}
	return nil
}

// columnOf is the field of a table that says an event.
func columnOf(c *AssetChange, e *equipment.Event) string {
	field := string(e.State)
	if e.Kind == equipment.ServiceEvent {
		field = "last_" + e.Service
	}
	if _, has := c.Columns[field]; !has {
		return "state"
	}
	return field
}

func (x *assetAct) keep(f *assetFile, entry *assetEntry) error {
	body, err := json.Marshal(entry)
	if err != nil {
		return err
	}
	f.no++
	x.entries = append(x.entries, store.AssetEntry{Asset: string(f.ID), No: f.no, Body: body})
	row, err := json.Marshal(equipment.RowOf(&f.Asset, f.events, x.view.at.AsOf))
	if err != nil {
		return err
	}
	x.states = append(x.states, store.AssetState{Asset: string(f.ID), No: f.no, Version: f.version, Serial: f.SerialKey(), Path: x.view.path(f.Place), Body: row})
	return nil
}

// readAsset reads a device from what was written about it.
func readAsset(list []store.AssetEntry) (*assetFile, error) {
	f := &assetFile{}
	for i := range list {
		var entry assetEntry
		if err := json.Unmarshal(list[i].Body, &entry); err != nil {
			return nil, fault.New(fault.Internal, "app.readAsset", list[i].Asset, "cannot be read back: %w", err)
		}
		if entry.Record != nil {
			f.Asset = *entry.Record
			f.version++
			f.versions = append(f.versions, assetVersion{*entry.Record, list[i]})
		}
		for _, e := range entry.Events {
			e.Seq, e.Recorded, e.Actor = list[i].Seq, list[i].At, list[i].Actor
			f.events = append(f.events, e)
		}
		f.no = list[i].No
	}
	return f, nil
}

// assetFile reads a device; fault.NotFound when it is not there.
func (a *App) assetFile(ctx context.Context, id equipment.ID) (*assetFile, error) {
	list, err := a.Store.AssetEntries(ctx, string(id))
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fault.New(fault.NotFound, "app.Device", string(id), "there is no such device")
	}
	return readAsset(list)
}
