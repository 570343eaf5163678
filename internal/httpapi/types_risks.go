package httpapi

import "github.com/shanyraq/shanyraq/lang"

// RiskInput is a look at a risk: what it is thought to be now.
type RiskInput struct {
	// Version is the one that was changed; 0 for a new risk.
	Version int64 `json:"version" minimum:"0"`
	// ID is made by the client, so that a new risk that is sent twice is one.
	ID          string  `json:"id,omitempty" maxLength:"40" pattern:"^[a-z0-9][a-z0-9-]*$|^$"`
	Title       string  `json:"title" minLength:"1" maxLength:"200"`
	Text        string  `json:"text,omitempty" maxLength:"4000"`
	Probability int     `json:"probability" minimum:"1" maximum:"5" doc:"up to 10, 30, 50, 70 and 100 per cent"`
	Days        *int    `json:"days,omitempty" minimum:"1" maximum:"10000" doc:"of delay, should it happen"`
	Money       *Number `json:"money,omitempty" doc:"units of the currency, should it happen"`
	Owner       string  `json:"owner" minLength:"1" maxLength:"80" doc:"office that watches it"`
	Due         string  `json:"due,omitempty" maxLength:"10" doc:"day on which it is looked at again"`
	State       string  `json:"state" enum:"open,mitigating,closed,happened"`
	Plan        string  `json:"plan,omitempty" maxLength:"4000" doc:"what is done about it"`
	Note        string  `json:"note,omitempty" maxLength:"4000" doc:"what was seen at this look; how it ended"`
}

// Risk is a risk as it was seen last.
type Risk struct {
	ID          string    `json:"id"`
	Version     int64     `json:"version"`
	Work        string    `json:"work"`
	WorkTitle   lang.Text `json:"work_title"`
	Place       string    `json:"place"`
	Title       string    `json:"title"`
	Text        string    `json:"text"`
	Probability int       `json:"probability"`
	Chance      int       `json:"chance_percent" doc:"middle of the class of probability; an assumption"`
	Severity    int       `json:"severity" doc:"1 to 5"`
	Score       int       `json:"score" doc:"probability times severity; 0 when it is over"`
	Days        *int      `json:"days"`
	Money       *Number   `json:"money"`
	ExpectDays  float64   `json:"exposure_days" doc:"chance times days; an estimate"`
	ExpectMoney Number    `json:"exposure_money" doc:"chance times money; an estimate"`
	Owner       string    `json:"owner"`
	Due         *string   `json:"due"`
	DaysLate    int       `json:"days_late" doc:"since the look that was due"`
	State       string    `json:"state" enum:"open,mitigating,closed,happened"`
	Plan        string    `json:"plan"`
	Note        string    `json:"note"`
	On          string    `json:"on" doc:"day of the newest look"`
	By          *string   `json:"by" doc:"office that looked"`
	May         []string  `json:"may" doc:"manage_works"`
}

// RiskLook is one look at a risk.
type RiskLook struct {
	Version     int64   `json:"version"`
	On          string  `json:"on"`
	By          *string `json:"by"`
	State       string  `json:"state"`
	Probability int     `json:"probability"`
	Days        *int    `json:"days"`
	Money       *Number `json:"money"`
	Due         *string `json:"due"`
	Note        string  `json:"note"`
}

// RiskPage is a risk with every look at it, the newest first.
type RiskPage struct {
	Risk
	Looks []RiskLook `json:"looks"`
}

// RiskFilter narrows the register; empty fields choose all.
type RiskFilter struct {
	Place   string `query:"place" maxLength:"40" doc:"territory and all below it"`
	Work    string `query:"work" maxLength:"80"`
	Owner   string `query:"owner" maxLength:"80" doc:"office that watches it"`
	State   string `query:"state" enum:"open,mitigating,closed,happened,live," doc:"live: open or mitigating"`
	Overdue bool   `query:"overdue" doc:"only those whose look is late"`
}

// RiskList is the register, the greatest score first.
type RiskList struct {
	AsOf        string  `json:"as_of"`
	Items       []Risk  `json:"items"`
	Total       int     `json:"total"`
	Overdue     int     `json:"overdue"`
	ExpectDays  float64 `json:"exposure_days"`
	ExpectMoney Number  `json:"exposure_money"`
}

// WarningFilter narrows the warnings; empty fields choose all.
type WarningFilter struct {
	Place  string `query:"place" maxLength:"40" doc:"territory and all below it"`
	Parent string `query:"parent" maxLength:"80" doc:"programme or project and all below it"`
	Office string `query:"office" maxLength:"80" doc:"who answers for the work"`
	Alarm  string `query:"alarm" enum:"late,forecast_late,deadline_near,not_transferred,step_waits,no_progress,not_confirmed,risk_overdue,"`
	Limit  int    `query:"limit" minimum:"0" maximum:"5000" doc:"default 500"`
}

// WorkWarning is an alarm that a work raises as of the day.
type WorkWarning struct {
	ID     string    `json:"id" doc:"the same as long as the reason is the same"`
	Alarm  string    `json:"alarm" enum:"late,forecast_late,deadline_near,not_transferred,step_waits,no_progress,not_confirmed,risk_overdue"`
	Work   string    `json:"work"`
	Title  lang.Text `json:"title"`
	Place  string    `json:"place"`
	Office *string   `json:"office" doc:"who answers for the work"`
	About  *string   `json:"about" doc:"source of money, step, doubt or risk"`
	Days   int       `json:"days"`
	On     *string   `json:"on"`
	Text   lang.Text `json:"text"`
	Link   string    `json:"link"`
}

// WarningList is what is to be looked at, the gravest first.
type WarningList struct {
	AsOf  string        `json:"as_of"`
	Items []WorkWarning `json:"items"`
	Total int           `json:"total"`
	// Works is how many works raise any.
	Works  int         `json:"works"`
	Alarms []FacetItem `json:"alarms" doc:"how many works raise each"`
}
