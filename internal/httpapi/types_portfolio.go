package httpapi

import "github.com/shanyraq/shanyraq/lang"

// PortfolioCurve is the S-curve of many works together.
//
// Where any work has both a plan and a report, only such works are added up,
// so that the lines can be compared; else each line stands for the works that
// have it.
type PortfolioCurve struct {
	AsOf     string       `json:"as_of"`
	Weight   string       `json:"weight" enum:"cost,units"`
	Points   []CurvePoint `json:"points" doc:"ends of months, shares in per cent of the weight that the line stands for"`
	Works    int          `json:"works" doc:"works that the filter chooses, each counted once"`
	Compared int          `json:"compared" doc:"works with plan, report and weight; 0: the lines stand for different works"`
	Planned  int          `json:"planned" doc:"works behind the planned lines"`
	Reported int          `json:"reported" doc:"works behind the reported line"`
	NoPlan   int          `json:"no_plan" doc:"works without a baseline"`
	NoReport int          `json:"no_report" doc:"works of which nobody said a percentage"`
	NoWeight int          `json:"no_weight" doc:"works of which nobody said the cost; left out when cost is the weight"`
}

// PortfolioMap is where works stand.
type PortfolioMap struct {
	AsOf     string       `json:"as_of"`
	Points   []WorksPoint `json:"points" doc:"most sites first"`
	Unplaced WorksPoint   `json:"unplaced" doc:"works of the whole country, or of places of which we know no point"`
}

// WorksPoint is a point at which works stand.
type WorksPoint struct {
	Place string    `json:"place"`
	Point *GeoPoint `json:"point"`
	// Area tells that only the district or region is known: the point is its
	// middle.
	Area   bool         `json:"area"`
	Works  int          `json:"works"`
	Units  int64        `json:"units"`
	Cost   *Stated      `json:"cost"`
	Unsaid int          `json:"cost_unsaid" doc:"works of which nobody said the cost"`
	Phases []PhaseUnits `json:"phases" doc:"in the order of the phases"`
	Items  []WorkBrief  `json:"items" doc:"the first works there, at most 12"`
}

// PhaseUnits is how many sites are in a phase.
type PhaseUnits struct {
	Phase string `json:"phase"`
	Units int64  `json:"units"`
}

// WorkBrief is a work in a list beside a drawing.
type WorkBrief struct {
	ID      string    `json:"id"`
	Title   lang.Text `json:"title"`
	Phase   string    `json:"phase"`
	Percent *Number   `json:"percent"`
}

// PortfolioMatrix sets time against money, a point for each work.
type PortfolioMatrix struct {
	AsOf  string `json:"as_of"`
	Time  string `json:"time" enum:"days,spi"`
	Money string `json:"money" enum:"paid,transferred,accepted"`
	// Points are the works of which both sides are known, the most expensive
	// first.
	Points    []MatrixPoint  `json:"points"`
	Total     int            `json:"total" doc:"works of which both sides are known"`
	Quadrants Quadrants      `json:"quadrants"`
	Unknown   []MatrixGap    `json:"unknown" doc:"works of which a side is not known"`
	Unknowns  int            `json:"unknown_total"`
	Missing   map[string]int `json:"missing" doc:"how many works lack what: percent, cost, money, deadline, baseline"`
}

// Quadrants count the works by both sides: ahead means that more of the cost
// has gone out than the reported share of the work.
type Quadrants struct {
	LateAhead   int `json:"late_ahead"`
	LateWithin  int `json:"late_within"`
	TimedAhead  int `json:"timed_ahead"`
	TimedWithin int `json:"timed_within"`
}

// MatrixPoint is a work on both sides.
type MatrixPoint struct {
	WorkBrief
	Region string  `json:"region"`
	X      Number  `json:"x" doc:"days behind the first deadline, 0 when it is not behind; or the schedule performance index by time"`
	Y      Number  `json:"y" doc:"share of the cost that went out less the reported share of the work, in percentage points"`
	Share  Number  `json:"money_share" doc:"of the cost, in per cent"`
	Cost   *Stated `json:"cost"`
	Late   bool    `json:"late"`
	Ahead  bool    `json:"ahead"`
	Rough  bool    `json:"rough" doc:"an amount or the percentage is not exact, or the percentage is not confirmed"`
}

// MatrixGap is a work of which a side is not known.
type MatrixGap struct {
	WorkBrief
	Missing []string `json:"missing" doc:"percent, cost, money, deadline, baseline"`
}

// PortfolioMoney is the money of many works by its sources.
type PortfolioMoney struct {
	AsOf    string         `json:"as_of"`
	Works   int            `json:"works" doc:"works that are added up"`
	Money   WorkMoney      `json:"money"`
	Sources []SourceYears  `json:"sources"`
	Waiting []NotGiven     `json:"waiting" doc:"what a source approved for a work and has not transferred, as far as anybody said; the largest first"`
	Waits   int            `json:"waiting_total"`
	Shares  []ShareOutcome `json:"shares" doc:"rules of co-financing against what was approved; missed ones first"`
	Ruled   int            `json:"shares_total"`
}

// SourceYears is the money of a source by year; the code "" is money of which
// nobody said who pays.
type SourceYears struct {
	Source string `json:"source"`
	Works  int    `json:"works"`
	WorkMoney
	Years []YearMoney `json:"years"`
	// Waiting is how many works wait for a transfer of the source, and Left how
	// much is not transferred as far as anybody said.
	Waiting int     `json:"waiting"`
	Left    *Stated `json:"left"`
}

// NotGiven is what a source has not transferred.
type NotGiven struct {
	WorkBrief
	Source      string  `json:"source"`
	Approved    *Stated `json:"approved"`
	Transferred *Stated `json:"transferred" doc:"null: nobody said that anything was"`
	Left        *Stated `json:"left"`
}

// ShareOutcome is a rule of co-financing and what became of it.
type ShareOutcome struct {
	WorkBrief
	Source  string  `json:"source"`
	Percent float64 `json:"percent" doc:"of the cost, by the rule"`
	Actual  *Number `json:"actual" doc:"approved by the source, in per cent of the cost; null: not known"`
	Basis   string  `json:"basis"`
	Missed  bool    `json:"missed"`
}

// Count adds a work to its quadrant.
func (q *Quadrants) Count(late, ahead bool) {
	switch {
	case late && ahead:
		q.LateAhead++
	case late:
		q.LateWithin++
	case ahead:
		q.TimedAhead++
	default:
		q.TimedWithin++
	}
}
