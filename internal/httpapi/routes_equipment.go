package httpapi

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/fault"
)

// Equipment is the register of medical devices; *app.App keeps it.
type Equipment interface {
	Devices(context.Context, When, EquipmentFilter) (*EquipmentList, error)
	// EachDevice gives every device of a filter, whatever its limit.
	EachDevice(context.Context, When, EquipmentFilter, func(*EquipmentRow) error) error
	Device(ctx context.Context, w When, id string) (*EquipmentPage, error)
	DeviceCatalogue(context.Context) (*EquipmentCatalogue, error)
	SaveDevice(ctx context.Context, id string, in EquipmentInput) (*EquipmentPage, error)
	AddDeviceEvents(ctx context.Context, id string, in EquipmentEvents) (*EquipmentPage, error)
	WithdrawDeviceEvent(ctx context.Context, id, event, reason string) (*EquipmentPage, error)
	// UploadDevices reads a table of devices, all of it or nothing.
	UploadDevices(ctx context.Context, name string, dryRun bool, file io.Reader) (*EquipmentImport, error)
}

const tagEquipment = "equipment"

type equipmentInput struct {
	Moment
	EquipmentFilter
}

// DevicePath names a device.
type DevicePath struct {
	ID string `path:"id" pattern:"^[a-z0-9][a-z0-9-]{1,79}$"`
}

// devicesIn takes the body as it comes.
type devicesIn struct {
	Name   string `query:"name" required:"true" maxLength:"200" doc:"name of the file"`
	DryRun bool   `query:"dry_run" doc:"look at it and write nothing"`
	body   uploadIn
}

// Resolve keeps the body of the request; huma reads none for this input.
func (in *devicesIn) Resolve(ctx huma.Context) []error { return in.body.Resolve(ctx) }

func routesEquipment(api huma.API, o Options) {
	e := o.Equipment
	route := func(id, method, path, summary string, act actor.Act) op {
		return op{ID: id, Method: method, Path: path, Tag: tagEquipment, Summary: summary, Act: act, Public: act == ""}
	}
	serve(api, o, route("listEquipment", http.MethodGet, "/api/equipment", "The register of devices: how far each is, which service is due", ""), func(ctx context.Context, in *equipmentInput) (*EquipmentList, error) {
		when, err := in.When()
		if err != nil {
			return nil, err
		}
		return e.Devices(ctx, when, in.EquipmentFilter)
	})
	serve(api, o, route("getEquipmentCatalogue", http.MethodGet, "/api/equipment/catalogue", "Types of devices with names in three languages, and the words about them", ""), func(ctx context.Context, _ *struct{}) (*EquipmentCatalogue, error) {
		return e.DeviceCatalogue(ctx)
	})
	serve(api, o, route("getEquipment", http.MethodGet, "/api/equipment/{id}", "All that is known of a device as of a day", ""), func(ctx context.Context, in *struct {
		Moment
		DevicePath
	}) (*EquipmentPage, error) {
		when, err := in.When()
		if err != nil {
			return nil, err
		}
		return e.Device(ctx, when, in.ID)
	})
	serve(api, o, route("saveEquipment", http.MethodPut, "/api/equipment/{id}", "Writes the record of a device, a new one or a new version", actor.ManageWorks), func(ctx context.Context, in *struct {
		DevicePath
		Body EquipmentInput
	}) (*EquipmentPage, error) {
		return e.SaveDevice(ctx, in.ID, in.Body)
	})
	serve(api, o, route("addEquipmentEvents", http.MethodPost, "/api/equipment/{id}/events", "Says what happened to a device: a state, a service; all or none", actor.ReportWorks), func(ctx context.Context, in *struct {
		DevicePath
		Body EquipmentEvents
	}) (*EquipmentPage, error) {
		return e.AddDeviceEvents(ctx, in.ID, in.Body)
	})
	serve(api, o, route("withdrawEquipmentEvent", http.MethodPost, "/api/equipment/{id}/events/{event}/withdraw", "Takes an event back, with the reason", actor.ManageWorks), func(ctx context.Context, in *struct {
		DevicePath
		Event string `path:"event" pattern:"^[a-z2-7]{16}$"`
		Body  WithdrawLineInput
	}) (*EquipmentPage, error) {
		return e.WithdrawDeviceEvent(ctx, in.ID, in.Event, in.Body.Reason)
	})
	upload := route("importEquipment", http.MethodPost, "/api/equipment/import", "Reads a CSV or XLSX table of devices, all of it or nothing", actor.ManageWorks)
	upload.MaxBody = -1 // the domain bounds it
	serve(api, o, upload, func(ctx context.Context, in *devicesIn) (*EquipmentImport, error) {
		return e.UploadDevices(ctx, in.Name, in.DryRun, in.body.body)
	})
	serveTable(api, o, table{"tableEquipment", "/api/equipment", tagEquipment, "The register of devices as a table that can be imported again", []string{"place", "facility", "work", "item", "group", "state", "due_before", "warranty_before", "q"},
		func(ctx context.Context, q query, f sheet.Format, w io.Writer) error {
			return equipmentTable(ctx, e, q, f, w)
		}, ""})
}

func equipmentTable(ctx context.Context, e Equipment, q query, f sheet.Format, w io.Writer) error {
	filter := EquipmentFilter{Place: q.get("place"), Facility: q.get("facility"), Work: q.get("work"), Item: q.get("item"), Group: q.get("group"), State: q.get("state"), Due: q.get("due_before"), Warranty: q.get("warranty_before"), Q: q.get("q"), Sort: "id"}
	if e == nil {
		return fault.New(fault.Unavailable, "httpapi.equipmentTable", "equipment", "this server keeps no register of devices")
	}
	header := append(append([]string{"id", "item", "emdn"}, each3("name")...), "work", "place", "facility", "room", "serial", "maker", "model", "price", "vat", "state", "since", "warranty_to", "next_due", "next_service", "overdue", "age_years", "life_years")
	return rows(w, f, "equipment", header, func(row func(...[]sheet.Cell) error) error {
		return e.EachDevice(ctx, q.when, filter, func(x *EquipmentRow) error {
			return row([]sheet.Cell{text(x.ID), text(x.Item), textOf(x.EMDN)}, words(x.Name), []sheet.Cell{textOf(x.Work), text(x.Place), textOf(x.Facility), textOf(x.Room), textOf(x.Serial), textOf(x.Maker), textOf(x.Model), number(x.Price), textOf(x.VAT),
				textOf(x.State), date(x.Since), date(x.Warranty), date(x.Next), textOf(x.NextCode), count(x.Overdue), number(x.Age), count(x.Life)})
		})
	})
}
