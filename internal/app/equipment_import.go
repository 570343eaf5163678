package app

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/shanyraq/shanyraq/exchange/devices"
	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/works"
)

// AssetImport says how a table of devices is read.
type AssetImport struct {
	Mapping  map[string]string // heading by field
	Sheet    string            // of a workbook; empty: the first
	DryRun   bool
	Progress func(rows int)
}

// maxDeviceFile bounds a table of devices, in bytes.
const maxDeviceFile = 64 << 20

// ImportAssets reads a table of devices and writes all of it in one act, or
// nothing: then the problems say what is wrong in which row and column.
func (a *App) ImportAssets(ctx context.Context, name string, file io.ReaderAt, size int64, o AssetImport) (*httpapi.EquipmentImport, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	in, err := sheet.Open(file, size, sheet.Options{Name: name, Sheet: o.Sheet, Limit: maxDeviceFile})
	if err != nil {
		return nil, err
	}
	return a.importAssets(ctx, v, name, in, o)
}

// UploadDevices reads a table that a page sends.
func (a *App) UploadDevices(ctx context.Context, name string, dryRun bool, file io.Reader) (*httpapi.EquipmentImport, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	in, err := sheet.OpenStream(file, sheet.Options{Name: name, Limit: maxDeviceFile})
	if err != nil {
		return nil, err
	}
	return a.importAssets(ctx, v, name, in, AssetImport{DryRun: dryRun})
}

func (a *App) importAssets(ctx context.Context, v *view, name string, in sheet.Reader, o AssetImport) (*httpapi.EquipmentImport, error) {
	sight, _, err := a.assetSight(ctx, v)
	if err != nil {
		return nil, err
	}
	names := v.placesByName()
	table, err := devices.Read(in, devices.Options{Today: v.at.AsOf, Currency: v.Country.Currency, Mapping: o.Mapping, Progress: o.Progress, Facility: v.facilityFinder(),
		Place: func(s string) (place.ID, bool) {
			if v.Atlas.Has(place.ID(s)) {
				return place.ID(s), true
			}
			id, ok := names[lang.Fold(s)]
			return id, ok && id != ""
		},
		Work: func(s string) (works.ID, bool) {
			return works.ID(s), sight.knows(works.ID(s))
		}})
	if err != nil {
		return nil, err
	}
	out := &httpapi.EquipmentImport{File: name, DryRun: o.DryRun, Rows: table.Read, Ignored: append([]string{}, table.Ignored...), Problems: []httpapi.EquipmentProblem{}}
	if len(table.Problems) == 0 {
		changes := make([]AssetChange, len(table.Rows))
		for i := range table.Rows {
			r := &table.Rows[i]
			changes[i] = AssetChange{ID: r.Asset.ID, Record: &r.Asset, Expected: AnyVersion, Events: r.Events, Row: r.Number, Columns: r.Columns}
		}
		got, err := a.changeAssets(ctx, v, "import devices", name, changes, o.DryRun)
		var wrong *AssetFaults
		switch {
		case errors.As(err, &wrong):
			for i := range wrong.List {
				table.Problem(problemOf(&wrong.List[i]))
			}
			table.More += wrong.More
		case err != nil:
			return nil, err
		default:
			out.New, out.Changed, out.Known, out.Events = got.New, got.Changed, got.Known, got.Events
		}
	}
	for _, p := range table.Problems {
		out.Problems = append(out.Problems, httpapi.EquipmentProblem{Code: p.Code, Row: p.Row, Column: p.Column, Field: p.Field, Message: p.Text})
	}
	out.More = table.More
	return out, nil
}

// problemOf puts what the register refused into the words of the table.
func problemOf(f *AssetFault) devices.Problem {
	code, what := "other", f.Err.Error()
	var e *fault.Error
	if errors.As(f.Err, &e) {
		what = e.Message
	}
	switch {
	case fault.KindOf(f.Err) == fault.Forbidden:
		code = "right"
	case f.Field == "serial":
		code = "serial"
	case f.Field == "work":
		code = "work"
	}
	return devices.Say(code, what, f.Change.Row, f.Field, f.Change.Columns[f.Field])
}

// facilityCalled finds a facility by its code.
func (v *view) facilityCalled(code string) (facility, at place.ID, ok bool) {
	for i := range v.Facilities {
		if v.Facilities[i].Code == code {
			return place.ID(code), v.Facilities[i].Place, true
		}
	}
	return "", "", false
}

// facilityFinder finds facilities by code or by their full name in any language,
// where only one is called so.
func (v *view) facilityFinder() func(string) (facility, at place.ID, ok bool) {
	type home struct{ code, at place.ID }
	byName := map[string]home{}
	for i := range v.Facilities {
		f := &v.Facilities[i]
		h := home{place.ID(f.Code), f.Place}
		byName[strings.ToLower(f.Code)] = h
		for _, name := range f.Name {
			key := lang.Fold(name)
			if other, known := byName[key]; known && other.code != h.code {
				h.code = "" // two are called so
			}
			byName[key] = h
			h.code = place.ID(f.Code)
		}
	}
	return func(s string) (place.ID, place.ID, bool) {
		h, ok := byName[strings.ToLower(s)]
		if !ok {
			h, ok = byName[lang.Fold(s)]
		}
		return h.code, h.at, ok && h.code != ""
	}
}

// placesByName finds places by name where only one is called so.
func (v *view) placesByName() map[string]place.ID {
	out := map[string]place.ID{}
	for _, p := range v.Atlas.All() {
		for _, c := range lang.Codes() {
			key := lang.Fold(v.Atlas.Name(p.ID, c, v.at.AsOf))
			if other, known := out[key]; known && other != p.ID {
				out[key] = ""
			} else {
				out[key] = p.ID
			}
		}
	}
	return out
}
