package httpapi

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/fault"
)

// maxObserved bounds a table of observed times, in bytes.
const maxObserved = 2 << 20

// ObservedInput is a table of observed times as it comes; exported since huma reads
// no parameters of other embedded structs.
type ObservedInput struct {
	Moment
	Set     string `query:"set" maxLength:"2000" doc:"other values of parameters: code:value with commas between" example:"speed_main:70"`
	Name    string `query:"name" maxLength:"200" doc:"name of the file"`
	RawBody []byte `contentType:"application/octet-stream" doc:"CSV or XLSX, told apart by content: from,to,minutes,season,vehicle,class,source,date"`
}

// fileName is the name of the table for messages.
func (in *ObservedInput) fileName() string {
	if in.Name == "" {
		return "table"
	}
	return in.Name
}

// observedTableInput asks for the comparison as a file.
type observedTableInput struct {
	ObservedInput
	Format string `query:"format" enum:"csv,xlsx" default:"csv"`
}

// routesAccessValidation compares computed minutes with observed ones. Whoever
// may read the minutes may check them; nothing is written.
func routesAccessValidation(api huma.API, o Options) {
	a := o.Access
	get(api, o.Log, "getAccessValidation", "/api/access/validation", tagAccess, "Computed minutes against times of travel that were published", func(ctx context.Context, in *struct {
		Moment
		Set string `query:"set" maxLength:"2000" doc:"other values of parameters: code:value with commas between" example:"speed_main:70"`
	}) (*AccessValidation, error) {
		when, err := in.When()
		if err != nil {
			return nil, err
		}
		return a.PublishedTimes(ctx, when, in.Set)
	})
	serveTable(api, o, table{"tableAccessValidation", "/api/access/validation", tagAccess, "Computed minutes against published times of travel, as a table", []string{"set"}, func(ctx context.Context, q query, f sheet.Format, w io.Writer) error {
		got, err := a.PublishedTimes(ctx, q.when, q.get("set"))
		if err != nil {
			return err
		}
		return WriteValidation(w, f, got)
	}, ""})
	post := op{ID: "validateAccess", Method: http.MethodPost, Path: "/api/access/validation", Tag: tagAccess, Summary: "Computed minutes against a table of observed times; it writes nothing", Public: true, MaxBody: maxObserved + 1}
	serve(api, o, post, func(ctx context.Context, in *ObservedInput) (*AccessValidation, error) {
		when, err := in.When()
		if err != nil {
			return nil, err
		}
		return a.ValidateAccess(ctx, when, in.Set, in.fileName(), bytes.NewReader(in.RawBody))
	})
	post.ID, post.Path, post.Summary = "validateAccessTable", "/api/access/validation/table", "Computed minutes against a table of observed times, as a table again"
	serveWith(api, o, post, func(ctx context.Context, in *observedTableInput) (*huma.StreamResponse, error) {
		when, err := in.When()
		if err != nil {
			return nil, err
		}
		got, err := a.ValidateAccess(ctx, when, in.Set, in.fileName(), bytes.NewReader(in.RawBody))
		if err != nil {
			return nil, err
		}
		if n := len(got.Problems) + got.More; n > 0 {
			return nil, fault.New(fault.Invalid, "httpapi.validateAccessTable", "", "the table has %d faults: send it to /api/access/validation to see them", n)
		}
		var b bytes.Buffer
		if err := WriteValidation(&b, sheet.Format(in.Format), got); err != nil {
			return nil, err
		}
		kind := csvType
		if in.Format == "xlsx" {
			kind = xlsxType
		}
		return &huma.StreamResponse{Body: func(ctx huma.Context) {
			ctx.SetHeader("Content-Type", kind)
			ctx.SetHeader("Content-Disposition", `attachment; filename="shanyraq-validation.`+in.Format+`"`)
			_, _ = ctx.BodyWriter().Write(b.Bytes()) // the reader may be gone
		}}, nil
	})
}

// WriteValidation writes the comparison as a table, row by row. The first columns can be read
// again as a table of observed times.
func WriteValidation(w io.Writer, f sheet.Format, v *AccessValidation) error {
	header := []string{"from", "to", "minutes", "season", "vehicle", "class", "source", "date"}
	header = append(append(append(header, each3("from_name")...), each3("to_name")...), "computed_minutes", "low_minutes", "high_minutes", "error_minutes", "ratio", "within", "km", "main_km", "other_km", "off_road_km")
	return rows(w, f, "validation", header, func(row func(...[]sheet.Cell) error) error {
		for i := range v.Rows {
			r := &v.Rows[i]
			within := sheet.Cell{}
			if r.Within != nil {
				within = text(strconv.FormatBool(*r.Within))
			}
			if err := row([]sheet.Cell{text(r.From.ID), text(r.To.ID), real(&r.Observed), textOf(r.Season), text(r.Vehicle), textOf(r.Class), text(r.Source), textOf(r.Date)}, words(r.From.Name), words(r.To.Name),
				[]sheet.Cell{real(r.Computed), real(r.Low), real(r.High), real(r.Error), real(r.Ratio), within, real(r.Km), real(&r.MainKm), real(&r.OtherKm), real(&r.OffRoad)}); err != nil {
				return err
			}
		}
		return nil
	})
}
