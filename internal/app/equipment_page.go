package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/exchange/devices"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/works/equipment"
)

// availabilityDays is how far the page of a device looks back.
const availabilityDays = 365

// Device returns all that is known of a device as of a moment.
func (a *App) Device(ctx context.Context, w When, id string) (*httpapi.EquipmentPage, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	f, sight, tree, err := a.seenAsset(ctx, v, equipment.ID(id))
	if err != nil {
		return nil, err
	}
	return a.assetPage(ctx, v, f, sight, tree)
}

// seenAsset reads a device, if the reader may see it.
func (a *App) seenAsset(ctx context.Context, v *view, id equipment.ID) (*assetFile, *assetSight, *workTree, error) {
	f, err := a.assetFile(ctx, id)
	if err != nil {
		return nil, nil, nil, err
	}
	sight, tree, err := a.assetSight(ctx, v)
	if err != nil {
		return nil, nil, nil, err
	}
	if !sight.sees(f.Work, v.path(f.Place)) {
		return nil, nil, nil, fault.New(fault.NotFound, "app.Device", string(id), "there is no such device")
	}
	return f, sight, tree, nil
}

func (a *App) assetPage(ctx context.Context, v *view, f *assetFile, sight *assetSight, tree *workTree) (*httpapi.EquipmentPage, error) {
	day, inner := v.at.AsOf, sight.inner(v.path(f.Place))
	s := equipment.At(&f.Asset, f.events, day)
	row := rowAt(equipment.RowOf(&f.Asset, f.events, day), v.path(f.Place))
	it, _ := equipment.Find(f.Item)
	out := &httpapi.EquipmentPage{AsOf: day.String(), Version: f.version, Row: v.viewAsset(&row, inner), Record: v.viewAssetRecord(&f.Asset, inner), Item: viewItem(it), Events: v.viewAssetEvents(f.events, inner), Services: []httpapi.EquipmentService{},
		Outages: []httpapi.EquipmentOutage{}, Left: years(s.Left()), InWarranty: s.UnderWarranty(), Moves: []httpapi.EquipmentMove{}, Versions: viewVersions(f.versions, inner), Files: []httpapi.File{}, May: []string{}, Givers: givers(actor.ManageWorks)}
	if w := tree.byID[f.Work]; w != nil && sight.knows(f.Work) {
		out.Work = &httpapi.WorkRef{ID: string(w.ID), Title: w.Title, Level: string(w.Level)}
	}
	for i := range v.Facilities {
		if v.Facilities[i].Code == string(f.Facility) {
			out.Facility = v.Facilities[i].Name
		}
	}
	for _, x := range s.Services {
		out.Services = append(out.Services, httpapi.EquipmentService{ServicePlan: viewPlan(x.Plan), Name: x.Kind.Name(), Last: dateText(x.Last), Due: dateText(x.Due), Overdue: x.Overdue(day), Assumed: x.Basis == "", Event: optional(x.Event)})
		out.Services[len(out.Services)-1].Code = x.Plan.Name()
	}
	for _, o := range slices.Backward(s.Downs) {
		x := httpapi.EquipmentOutage{From: o.From.String(), Until: dateText(o.Until), Days: o.Days(o.From, day+1), Event: o.Event}
		for i := range f.events {
			if f.events[i].ID == o.Event {
				x.Reason = optional(f.events[i].Reason)
			}
		}
		out.Outages = append(out.Outages, x)
	}
	av, err := s.Availability(day+1-availabilityDays, day+1)
	if err != nil {
		return nil, err
	}
	out.Availability = httpapi.EquipmentAvailability{From: (day + 1 - availabilityDays).String(), Until: day.String(), Days: av.Days, Down: av.Down}
	if av.Share != nil {
		n := httpapi.Number(fmt.Sprintf("%.4f", *av.Share))
		out.Availability.Share = &n
	}
	next := s.State.Next()
	if s.State == "" {
		next = equipment.States()
	}
	for _, to := range next {
		out.Moves = append(out.Moves, httpapi.EquipmentMove{State: string(to), Reason: s.State.MoveTo(to) == equipment.WithReason || to == equipment.Down || to == equipment.WrittenOff})
	}
	for _, act := range []actor.Act{actor.ManageWorks, actor.ReportWorks, actor.AttachFile} {
		if v.who(ctx).May(act, f.Place, v.Atlas) {
			out.May = append(out.May, string(act))
		}
	}
	return out, a.assetFiles(ctx, v, out, f)
}

// assetFiles adds the files of the events that the reader sees.
func (a *App) assetFiles(ctx context.Context, v *view, out *httpapi.EquipmentPage, f *assetFile) error {
	var ids []string
	for i := range f.events {
		for _, id := range f.events[i].Files {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	seen := map[string]bool{}
	for part := range slices.Chunk(ids, maxFiles) {
		items, _, err := a.Store.Items(ctx, store.ItemQuery{Kind: kindFile, IDs: part})
		if err != nil {
			return err
		}
		for _, it := range items {
			file, err := fileOf(it)
			if err != nil {
				return err
			}
			if s := v.sees(ctx, file); s != sightNone {
				seen[file.ID] = true
				out.Files = append(out.Files, *v.viewFile(ctx, file, s))
			}
		}
	}
	for i := range out.Events {
		out.Events[i].Files = slices.DeleteFunc(out.Events[i].Files, func(id string) bool { return !seen[id] })
	}
	return nil
}

// viewAssetEvents lists what happened by the day, the newest first.
func (v *view) viewAssetEvents(events []equipment.Event, inner bool) []httpapi.EquipmentEvent {
	taken := map[string]string{}
	for i := range events {
		if e := &events[i]; e.Kind == equipment.WithdrawEvent && e.On <= v.at.AsOf {
			taken[e.Takes] = e.ID
		}
	}
	out := []httpapi.EquipmentEvent{}
	for _, e := range slices.Backward(events) {
		if e.On > v.at.AsOf {
			continue
		}
		x := httpapi.EquipmentEvent{ID: e.ID, Kind: string(e.Kind), On: e.On.String(), Recorded: e.Recorded.UTC().Format(time.RFC3339), State: optional(string(e.State)), Service: optional(e.Service), Next: dateText(e.Next), Office: optional(e.Office),
			Document: optional(e.Document), Files: append([]string{}, e.Files...), Reason: optional(e.Reason), TakenBack: optional(taken[e.ID]), Takes: optional(e.Takes)}
		if inner {
			x.Remark = optional(e.Remark)
		}
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(x, y httpapi.EquipmentEvent) int {
		switch {
		case x.On > y.On:
			return -1
		case x.On < y.On:
			return 1
		}
		return 0
	})
	return out
}

// viewVersions lists the versions of a record with what changed, the newest
// first.
func viewVersions(list []assetVersion, inner bool) []httpapi.EquipmentVersion {
	out := []httpapi.EquipmentVersion{}
	before := map[string]json.RawMessage{}
	for i := range list {
		now := map[string]json.RawMessage{}
		body, _ := json.Marshal(&list[i].Asset)
		_ = json.Unmarshal(body, &now) // was just made
		x := httpapi.EquipmentVersion{Version: int64(i + 1), Recorded: list[i].at.At.UTC().Format(time.RFC3339), Changed: []string{}}
		for _, field := range sortedKeys(merge(before, now)) {
			if i > 0 && string(before[field]) != string(now[field]) && (inner || (field != "serial" && field != "room")) {
				x.Changed = append(x.Changed, field)
			}
		}
		before = now
		out = append(out, x)
	}
	slices.Reverse(out)
	return out
}

func merge(x, y map[string]json.RawMessage) map[string]bool {
	out := map[string]bool{}
	for _, m := range []map[string]json.RawMessage{x, y} {
		for k := range m {
			out[k] = true
		}
	}
	return out
}

func viewItem(it equipment.Item) httpapi.EquipmentItem {
	out := httpapi.EquipmentItem{Code: it.Code, Group: it.Group, EMDN: optional(it.EMDN), Type: it.Type, Name: it.Name, Life: it.Life, Services: []httpapi.ServicePlan{}}
	for _, k := range equipment.ServiceKinds() {
		if months := it.Every[k]; months > 0 {
			out.Services = append(out.Services, httpapi.ServicePlan{Kind: string(k), Months: months})
		}
	}
	return out
}

// DeviceCatalogue returns the types of devices and the words about them.
func (a *App) DeviceCatalogue(context.Context) (*httpapi.EquipmentCatalogue, error) {
	out := &httpapi.EquipmentCatalogue{EMDN: equipment.EMDNSource}
	for _, it := range equipment.Catalogue() {
		out.Items = append(out.Items, viewItem(it))
	}
	name := func(code string, t lang.Text) httpapi.NamedCode { return httpapi.NamedCode{Code: code, Name: t} }
	for _, g := range equipment.Groups() {
		out.Groups = append(out.Groups, name(g, equipment.GroupName(g)))
	}
	for _, s := range equipment.States() {
		out.States = append(out.States, name(string(s), s.Name()))
	}
	for _, k := range equipment.ServiceKinds() {
		out.Services = append(out.Services, name(string(k), k.Name()))
	}
	for _, f := range devices.Fields() {
		out.Columns = append(out.Columns, httpapi.EquipmentColumn{Field: f.Name, Headings: f.Headings, Needed: f.Needed})
	}
	return out, nil
}

// SaveDevice writes the record of a device, a new one or a new version.
func (a *App) SaveDevice(ctx context.Context, id string, in httpapi.EquipmentInput) (*httpapi.EquipmentPage, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	if in.ID != id {
		return nil, fault.New(fault.Invalid, "app.SaveDevice", "id", "the id in the address is another one")
	}
	r, err := v.readAssetRecord(in.EquipmentRecord)
	if err != nil {
		return nil, atField(err, "body.")
	}
	c := AssetChange{ID: r.ID, Record: r, Expected: in.Version}
	if c.Events, err = a.readAssetEvents(ctx, v, r.Place, in.Events); err != nil {
		return nil, err
	}
	return a.wrote(ctx, v, "save device", c)
}

// AddDeviceEvents says what happened to a device.
func (a *App) AddDeviceEvents(ctx context.Context, id string, in httpapi.EquipmentEvents) (*httpapi.EquipmentPage, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	f, _, _, err := a.seenAsset(ctx, v, equipment.ID(id))
	if err != nil {
		return nil, err
	}
	c := AssetChange{ID: f.ID, Expected: AnyVersion}
	if c.Events, err = a.readAssetEvents(ctx, v, f.Place, in.Events); err != nil {
		return nil, err
	}
	return a.wrote(ctx, v, "report device", c)
}

// WithdrawDeviceEvent takes an event back.
func (a *App) WithdrawDeviceEvent(ctx context.Context, id, event, reason string) (*httpapi.EquipmentPage, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	f, _, _, err := a.seenAsset(ctx, v, equipment.ID(id))
	if err != nil {
		return nil, err
	}
	e := equipment.Event{Kind: equipment.WithdrawEvent, On: v.at.AsOf, Takes: event, Reason: reason}
	return a.wrote(ctx, v, "withdraw device event", AssetChange{ID: f.ID, Expected: AnyVersion, Events: []equipment.Event{e}})
}

func eventField(i int) string { return fmt.Sprintf("body.events[%d].", i) }

// wrote does one change and returns the page of the device as it then is.
func (a *App) wrote(ctx context.Context, v *view, op string, c AssetChange) (*httpapi.EquipmentPage, error) {
	_, err := a.changeAssets(ctx, v, op, string(c.ID), []AssetChange{c}, false)
	var wrong *AssetFaults
	switch {
	case fault.KindOf(err) == fault.Conflict:
		f, sight, _, gone := a.seenAsset(ctx, v, c.ID)
		if gone != nil {
			return nil, err
		}
		return nil, fault.New(fault.Conflict, "app.SaveDevice", string(c.ID), "%w: compare with what stands now, then send it again", &httpapi.Changed{Version: f.version, Current: v.viewAssetRecord(&f.Asset, sight.inner(v.path(f.Place)))})
	case errors.As(err, &wrong):
		return nil, mended(wrong.List[0])
	case err != nil:
		return nil, err
	}
	return a.Device(ctx, When{}, string(c.ID))
}

// mended names the field of the request that is wrong.
func mended(f AssetFault) error {
	if k := fault.KindOf(f.Err); k != fault.Invalid && k != fault.TooLarge || f.Field == "" {
		return f.Err
	}
	return &httpapi.AtField{Location: "body." + f.Field, Err: f.Err}
}
