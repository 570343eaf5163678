package httpapi

// FigureList is a page of figures.
type FigureList struct {
	Items []Figure `json:"items"`
	Next  *string  `json:"next"`
	Total *int     `json:"total"`
}

// List is a page of anything else.
type List[T any] struct {
	Items []T     `json:"items"`
	Next  *string `json:"next"`
}

// SeriesList is the answer to a question for a chart.
type SeriesList struct {
	Measure string      `json:"measure"`
	Place   string      `json:"place"`
	Series  []SeriesOut `json:"series"`
}

// PromiseFilter narrows a list of promises; empty fields choose all.
type PromiseFilter struct {
	Place    string `query:"place" maxLength:"40" doc:"territory and all below it"`
	Theme    string `query:"theme" maxLength:"40" doc:"theme of the board"`
	Due      string `query:"due" enum:"not_yet,overdue,done,no_date" doc:"state of time"`
	Evidence string `query:"evidence" enum:"confirmed,partly,old,none,contradicted" doc:"state of evidence"`
}

// FigureQuery narrows a list of figures; empty fields choose all.
type FigureQuery struct {
	Measure  string `query:"measure" maxLength:"80" doc:"code of a measure"`
	Place    string `query:"place" maxLength:"40" doc:"territory and all below it"`
	Exact    bool   `query:"exact" doc:"only the place itself"`
	Period   string `query:"period" maxLength:"40" doc:"figures whose period lies in this one"`
	Kind     string `query:"kind" enum:"plan,actual,forecast,estimate" doc:"kind of figure"`
	Document string `query:"document" maxLength:"120" doc:"name of a document"`
	Run      string `query:"run" maxLength:"40" doc:"what one act of bringing in published"`
	History  bool   `query:"history" doc:"also figures that were corrected later"`
	Cursor   string `query:"cursor" maxLength:"300" doc:"the next of the page before"`
	Limit    int    `query:"limit" minimum:"0" maximum:"1000" doc:"figures on a page"`
}
