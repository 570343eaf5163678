// Package country reads a country pack: a folder of plain tables that says
// what is particular to one country - its territories, offices, measures,
// documents, promises, rules and published statistics - with a source for
// each. No other package knows a country; a second one is a second folder.
//
// See docs/guide/country-pack.md for the tables and their columns.
package country

import (
	"encoding/json"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/board"
	"github.com/shanyraq/shanyraq/ledger/reporting"
	"github.com/shanyraq/shanyraq/ledger/rule"
	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/plan/access"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shopspring/decimal"
)

// The kinds of catalogue entries that a pack brings.
const (
	KindCountry   = "country"
	KindPlace     = "place"
	KindFact      = "place_fact"
	KindEvent     = "place_event"
	KindUnit      = "unit"
	KindMeasure   = "measure"
	KindDimension = "dimension"
	KindOffice    = "office"
	KindRule      = "rule"
	KindService   = "service"
	KindFacility  = "facility"
	KindCapacity  = "capacity"
	KindBoundary  = "boundary"
	KindRoadLink  = "road_link"
	KindTemplate  = "template"
	KindFunding   = "funding_source"
	// What access is computed from.
	KindAccessParameter = "access_parameter"
	KindAccessProfile   = "access_profile"
	KindPresumption     = "access_presumption"
	KindBase            = "ambulance_base"
	KindVillages        = "villages"
	KindObserved        = "observed_time"
)

// Country is what holds for the whole of it.
type Country struct {
	Code            string         `json:"code"`
	Name            lang.Text      `json:"name"`
	TimeZone        string         `json:"time_zone"`
	OffsetMinutes   int            `json:"utc_offset_minutes"`
	Currency        money.Currency `json:"currency"`
	Languages       []lang.Code    `json:"languages"`
	DefaultLanguage lang.Code      `json:"default_language"`
	Parameters      []Parameter    `json:"parameters"`
	Notices         []Notice       `json:"notices,omitempty"`
	DaysOff         DaysOff        `json:"days_off,omitzero"`
}

// Parameter is a number on which judgements rest, with where it comes from:
// a document, or "assumption".
type Parameter struct {
	Code   string    `json:"code"`
	Value  string    `json:"value"`
	Unit   string    `json:"unit"`
	Source string    `json:"source"`
	Text   lang.Text `json:"text"`
}

// whole returns the value as a number of things, or a default where it is none.
func (p Parameter) whole(otherwise int) int {
	v, err := decimal.NewFromString(p.Value)
	if err != nil || !v.IsInteger() || !v.IsPositive() {
		return otherwise
	}
	return int(v.IntPart())
}

// Notice is an attribution that a licence asks for.
type Notice struct {
	Name    string    `json:"name"`
	Licence string    `json:"licence"`
	Text    lang.Text `json:"text"`
}

// Office is who says things and answers for them.
type Office struct {
	Code  string    `json:"code"`
	Kind  string    `json:"kind"`
	Place place.ID  `json:"place"`
	Name  lang.Text `json:"name"`
}

// Label names a dimension (Value empty) or one of its values.
type Label struct {
	Dimension string    `json:"dimension"`
	Value     string    `json:"value,omitempty"`
	Name      lang.Text `json:"name"`
}

// Service is a medical service with its planning parameters.
type Service struct {
	Code       string      `json:"code"`
	Parent     string      `json:"parent,omitempty"`
	Name       lang.Text   `json:"name"`
	Parameters []Parameter `json:"parameters,omitempty"`
}

// Facility is a health organisation that a document names.
type Facility struct {
	Code      string    `json:"code"`
	Name      lang.Text `json:"name"`
	Kind      string    `json:"kind"`
	Status    string    `json:"status"`
	Place     place.ID  `json:"place"`
	Lat       *float64  `json:"lat,omitempty"`
	Lon       *float64  `json:"lon,omitempty"`
	Precision string    `json:"coord_precision,omitempty"`
	Source    string    `json:"source"`
}

// RoadLink is a road between two settlements that passes no third one of the
// pack. It says how far, not how long the drive is.
type RoadLink struct {
	From   place.ID `json:"from"`
	To     place.ID `json:"to"`
	Km     float64  `json:"km"`
	Class  string   `json:"class"`
	Source string   `json:"source"`
	// Line is the way in outline, from From to To; empty where nobody drew it.
	// It is for the eye: Km, not its length, is the length of the road.
	Line []place.Point `json:"line,omitempty"`
}

// Village is a place where people live beside the main settlements. It is no
// territory: nothing is said about it but where it lies. Its code is its own.
type Village struct {
	Code  place.ID    `json:"code"`
	Point place.Point `json:"point"`
	Name  lang.Text   `json:"name"`
	// Join is the way to the nearest road where a straight one would cross water
	// or the border: the points after the village, the last on a road.
	Join []place.Point `json:"join,omitempty"`
}

// Villages are those of one territory, by code.
type Villages struct {
	District place.ID  `json:"district"`
	List     []Village `json:"list"`
}

// Check refuses a country that cannot be used.
func (c Country) Check() error {
	if c.Code == "" || len(c.Name) == 0 || len(c.Languages) == 0 {
		return fault.New(fault.Invalid, "country.Check", c.Code, "a country needs code, name and languages")
	}
	if c.OffsetMinutes < -12*60 || c.OffsetMinutes > 14*60 {
		return fault.New(fault.Invalid, "country.Check", c.Code, "the offset from UTC is between -720 and 840 minutes")
	}
	if err := c.DaysOff.check(); err != nil {
		return err
	}
	return c.Currency.Check()
}

// BoardParameters returns the parameters of the judgement of promises. One
// that the country does not set has the value of the product: 180 days, 5 %.
func (c Country) BoardParameters() (board.Parameters, error) {
	p := board.Parameters{LastWordOldDays: 180, AboutTolerance: decimal.RequireFromString("0.05")}
	for _, x := range c.Parameters {
		v, err := decimal.NewFromString(x.Value)
		if err != nil {
			return p, fault.New(fault.Invalid, "country.BoardParameters", x.Code, "the value of a parameter is a number")
		}
		switch x.Code {
		case "last_word_old_days":
			p.LastWordOldDays = int(v.IntPart())
		case "about_tolerance":
			p.AboutTolerance = v
		}
	}
	return p, nil
}

// Pack is everything a country brings.
type Pack struct {
	Country    Country
	Documents  []ledger.Document
	Offices    []Office
	Labels     []Label
	Units      []ledger.Unit
	Measures   []ledger.Measure
	Places     []place.Place
	Facts      []place.Fact
	Events     []place.Event
	Services   []Service
	Facilities []Facility
	Capacities []place.Capacity
	Roads      []RoadLink
	Villages   []Villages           // by district
	Profiles   []access.Profile     // how people come to which service
	Parameters access.Parameters    // of journeys
	Presumed   []access.Presumption // what no document says
	Bases      []access.Base        // of ambulances and aircraft
	Observed   []access.Observation // times of travel that somebody published
	Rules      []rule.Rule
	Statements []ledger.Statement
	Evidence   []ledger.Evidence
	Moves      []ledger.Move
	Figures    []ledger.Figure
	Templates  []reporting.Template
	Sources    []works.Source    // of money
	Works      []works.Work      // a parent before its parts
	WorkLines  []works.Line      // what the documents say of them
	Boundaries map[string][]byte // level -> GeoJSON
}

// Batch returns the pack as one run. Works and their lines are not in it: they
// are no figures, and whoever answers for a work may have changed it since.
func (p *Pack) Batch() (ledger.Batch, error) {
	b := ledger.Batch{Documents: p.Documents, Statements: p.Statements, Evidence: p.Evidence, Moves: p.Moves, Figures: p.Figures}
	var err error
	add := func(kind, code string, v any) {
		body, e := json.Marshal(v)
		if e != nil && err == nil {
			err = fault.Wrap(e, "country.Batch", code)
		}
		b.Catalogue = append(b.Catalogue, ledger.Item{Kind: kind, Code: code, Body: body})
	}
	add(KindCountry, p.Country.Code, p.Country)
	for _, x := range p.Offices {
		add(KindOffice, x.Code, x)
	}
	for _, x := range p.Labels {
		add(KindDimension, x.Dimension+"="+x.Value, x)
	}
	for _, x := range p.Units {
		add(KindUnit, x.Code, x)
	}
	for _, x := range p.Measures {
		add(KindMeasure, x.Code, x)
	}
	for _, x := range p.Places {
		add(KindPlace, string(x.ID), x)
	}
	for i, x := range p.Facts {
		add(KindFact, string(x.Place)+"/"+string(x.Attribute)+"/"+itoa(i), x)
	}
	for _, x := range p.Events {
		add(KindEvent, x.On.String()+"/"+string(x.From)+"/"+string(x.To), x)
	}
	for _, x := range p.Services {
		add(KindService, x.Code, x)
	}
	for _, x := range p.Facilities {
		add(KindFacility, x.Code, x)
	}
	for _, x := range p.Capacities {
		add(KindCapacity, CapacityCode(x), x)
	}
	for _, x := range p.Roads {
		add(KindRoadLink, string(x.From)+"/"+string(x.To), x)
	}
	for _, x := range p.Villages {
		add(KindVillages, string(x.District), x)
	}
	for _, x := range p.Profiles {
		add(KindAccessProfile, x.Service, x)
	}
	for _, x := range p.Parameters {
		add(KindAccessParameter, x.Code+"/"+string(x.Season), x)
	}
	for _, x := range p.Presumed {
		add(KindPresumption, presumptionCode(x), x)
	}
	for _, x := range p.Bases {
		add(KindBase, string(x.Place)+"/"+string(x.Vehicle), x)
	}
	for i, x := range p.Observed {
		add(KindObserved, string(x.From)+"/"+string(x.To)+"/"+string(x.Mode)+"/"+itoa(i), x)
	}
	for i, x := range p.Rules {
		add(KindRule, x.Code, struct {
			Order int `json:"order"`
			rule.Rule
		}{i, x})
	}
	for _, x := range p.Templates {
		add(KindTemplate, x.Code, x)
	}
	for _, x := range p.Sources {
		add(KindFunding, x.Code, x)
	}
	for level, body := range p.Boundaries {
		b.Catalogue = append(b.Catalogue, ledger.Item{Kind: KindBoundary, Code: level, Body: body})
	}
	return b, err
}

// CapacityCode returns the code under which a capacity stands in the catalogue.
func CapacityCode(c place.Capacity) string {
	from := ""
	if c.From != nil {
		from = c.From.String()
	}
	return strings.Join([]string{string(c.Facility), string(c.Item), c.Service, c.Age, from, string(c.Status)}, "/")
}
