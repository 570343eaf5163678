package httpapi

import (
	"github.com/shanyraq/shanyraq/lang"
)

// Hit is a result of a search.
type Hit struct {
	Type  string    `json:"type"`
	ID    string    `json:"id"`
	Title lang.Text `json:"title"`
	Place *string   `json:"place"`
	Score float64   `json:"score"`
}

// MeasureOut describes a measure.
type MeasureOut struct {
	Code        string    `json:"code"`
	Version     int       `json:"version"`
	Theme       string    `json:"theme"`
	Unit        string    `json:"unit"`
	Noun        string    `json:"noun,omitempty"`
	Polarity    string    `json:"polarity"`
	DeliveredBy *string   `json:"delivered_by"`
	Headline    string    `json:"headline"`
	Name        lang.Text `json:"name"`
	Definition  lang.Text `json:"definition"`
	Series      int       `json:"series"`
}

// UnitOut describes a unit with its plural forms by language.
type UnitOut struct {
	Kind  string                          `json:"kind"`
	Name  lang.Text                       `json:"name"`
	Forms map[lang.Code]map[string]string `json:"forms"`
}

// LabelOut names a dimension and its values.
type LabelOut struct {
	Name   lang.Text            `json:"name"`
	Values map[string]lang.Text `json:"values"`
}

// OfficeOut is who says things and answers for them.
type OfficeOut struct {
	Name  lang.Text `json:"name"`
	Place string    `json:"place"`
	Kind  string    `json:"kind"`
}

// RuleOut describes a rule.
type RuleOut struct {
	Code  string    `json:"code"`
	Type  string    `json:"type"`
	Title lang.Text `json:"title"`
}

// Vocabulary is what a page needs to name things.
type Vocabulary struct {
	Country    Raw                  `json:"country"`
	Languages  []lang.Code          `json:"languages"`
	Themes     map[string]lang.Text `json:"themes"`
	Measures   []MeasureOut         `json:"measures"`
	Units      map[string]UnitOut   `json:"units"`
	Dimensions map[string]LabelOut  `json:"dimensions"`
	Places     []Place              `json:"places"`
	Offices    map[string]OfficeOut `json:"offices"`
	Documents  []Document           `json:"documents"`
	Rules      []RuleOut            `json:"rules"`
}

// ParameterOut is a number on which judgements rest.
type ParameterOut struct {
	Code   string    `json:"code"`
	Value  string    `json:"value"`
	Unit   string    `json:"unit"`
	Source string    `json:"source"`
	Text   lang.Text `json:"text"`
}

// AssumedShare tells how much of a page rests on assumptions.
type AssumedShare struct {
	Page  string    `json:"page"`
	Share Number    `json:"share"`
	What  lang.Text `json:"what"`
}

// NoticeOut is an attribution.
type NoticeOut struct {
	Name    string    `json:"name"`
	Licence string    `json:"licence"`
	Text    lang.Text `json:"text"`
}

// About tells where the data come from.
type About struct {
	Version    string         `json:"version"`
	Sources    []Document     `json:"sources"`
	Parameters []ParameterOut `json:"parameters"`
	Assumed    []AssumedShare `json:"assumed"`
	Notices    []NoticeOut    `json:"notices"`
	Synthetic  bool           `json:"synthetic"`
	Database   string         `json:"database"`
}

// Session tells who the one who asks is and what that one may do.
type Session struct {
	Administrator bool            `json:"administrator" doc:"may record from documents"`
	Version       string          `json:"version"`
	Database      string          `json:"database" doc:"sqlite or postgres"`
	Today         string          `json:"today" doc:"the day in the time zone of the country"`
	Account       *SessionAccount `json:"account" doc:"null when nobody signed in"`
	Grants        []Grant         `json:"grants"`
	Acts          []string        `json:"acts" doc:"what the reader may do in some territory"`
	First         bool            `json:"first" doc:"nobody has an account yet"`
	OIDC          *string         `json:"oidc" doc:"name of the provider through which one may sign in"`
	Passkeys      *string         `json:"passkeys" doc:"address at which browsers can use passkeys; null where there are none"`
	Unread        int             `json:"unread" doc:"notifications not read yet"`
}

// SessionAccount is the account of the reader.
type SessionAccount struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Office   string `json:"office" doc:"code of the office for which it answers, or empty"`
	Language string `json:"language" enum:"kk,ru,en"`
}

// Grant is a role in a territory and everything below it.
type Grant struct {
	Role      string `json:"role"`
	Territory string `json:"territory"`
}
