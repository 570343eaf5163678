package httpapi

import (
	"github.com/shanyraq/shanyraq/lang"
)

// Stated is an amount of money, in units of the currency, as it was stated or
// added up.
type Stated struct {
	Value     Number `json:"value"`
	Qualifier string `json:"qualifier" doc:"exact, about, close_to, at_least, more_than, at_most, less_than"`
	// Lines are the lines of the work that say it or were added up.
	Lines []string `json:"lines,omitempty"`
}

// WorkMoney is money on its way; null where nobody said an amount.
type WorkMoney struct {
	Cost        *Stated `json:"cost"`
	Planned     *Stated `json:"planned"`
	Approved    *Stated `json:"approved"`
	Transferred *Stated `json:"transferred"`
	Contracted  *Stated `json:"contracted"`
	Advance     *Stated `json:"advance,omitempty"`
	Paid        *Stated `json:"paid" doc:"with advances"`
	Accepted    *Stated `json:"accepted"`
	Retained    *Stated `json:"retained,omitempty"`
	Returned    *Stated `json:"returned,omitempty"`
}

// SourceMoney is the money of one source; the code "" is money of which nobody
// said who pays.
type SourceMoney struct {
	Source string `json:"source"`
	WorkMoney
}

// Yield is capacity that a work must give.
type Yield struct {
	Item    string `json:"item" enum:"beds,departments,theatres,devices,staff"`
	Service string `json:"service,omitempty" maxLength:"80"`
	Age     string `json:"age,omitempty" enum:"adult,child,"`
	Count   *int64 `json:"count" doc:"null: nobody said how many"`
	// Qualifier is how exactly the count is said.
	Qualifier string `json:"qualifier,omitempty" maxLength:"20"`
	Source    string `json:"source" maxLength:"200"`
}

// GeoPoint is where something stands, in degrees.
type GeoPoint struct {
	Lat float64 `json:"lat" minimum:"-90" maximum:"90"`
	Lon float64 `json:"lon" minimum:"-180" maximum:"180"`
}

// WorkRow is a work in a list.
type WorkRow struct {
	ID         string    `json:"id"`
	Level      string    `json:"level" enum:"programme,project,package"`
	Kind       string    `json:"kind"`
	Condition  string    `json:"condition" enum:"draft,active,suspended,cancelled"`
	Parent     *string   `json:"parent"`
	Title      lang.Text `json:"title"`
	Place      string    `json:"place"`
	Region     string    `json:"region" doc:"region around the place; the country for works of the whole country"`
	Facility   *string   `json:"facility"`
	Point      *GeoPoint `json:"point" doc:"of the work, else of its facility or its place"`
	Office     *string   `json:"office" doc:"who answers for it"`
	Units      int64     `json:"units" doc:"how many sites it stands for"`
	Yields     []Yield   `json:"yields"`
	Promises   []string  `json:"promises"`
	Phase      string    `json:"phase" enum:"idea,preparation,procurement,building,finishing,not_open,declared_open,open,suspended,cancelled"`
	Percent    *Number   `json:"percent" doc:"of physical work, 0 to 100"`
	Qualifier  *string   `json:"percent_qualifier"`
	PercentOn  *string   `json:"percent_on"`
	PercentAge *int      `json:"percent_age" doc:"days"`
	Doubt      *string   `json:"doubt" enum:"no_evidence,too_old" doc:"why the percentage is not confirmed; null: it is, or there is none"`
	Word       *string   `json:"word" enum:"under_way,being_finished,main_works_done,finished,opened" doc:"what was said last of the whole in words, without a number"`
	Computed   *Number   `json:"computed_percent" doc:"by the weights of the stages; an estimate"`
	Stage      *string   `json:"stage" doc:"of which somebody spoke last"`
	Steps      int       `json:"steps" doc:"steps of opening that are done, of 6"`
	NextStep   *string   `json:"next_step"`
	Opened     *string   `json:"opened"`
	Start      *string   `json:"start" doc:"of the newest baseline"`
	Finish     *string   `json:"finish" doc:"of the newest baseline"`
	// FirstStart and FirstFinish are of the first baseline.
	FirstStart  *string   `json:"first_start"`
	FirstFinish *string   `json:"first_finish"`
	First       *string   `json:"first_deadline"`
	Deadline    *string   `json:"deadline"`
	DaysLate    int       `json:"days_late"`
	LastWord    *string   `json:"last_word"`
	Money       WorkMoney `json:"money"`
	// Sources are the codes of the sources with any amount.
	Sources   []string     `json:"sources"`
	People    int64        `json:"people"`
	Questions []string     `json:"questions" doc:"rules that it does not pass"`
	Lines     int          `json:"lines"`
	Forecast  *ForecastRow `json:"forecast"`
	Parts     int          `json:"parts" doc:"works below it"`
	Depth     int          `json:"depth" doc:"chosen works around it; only in the order of the tree"`
	Synthetic bool         `json:"synthetic"`
}

// ForecastRow is the newest forecast of the end of a work.
type ForecastRow struct {
	On  string  `json:"on"`
	ES  *string `json:"earned_schedule"`
	P50 *string `json:"p50"`
	P80 *string `json:"p80"`
}

// WorkFilter narrows the portfolio; empty fields choose all.
type WorkFilter struct {
	Place    string `query:"place" maxLength:"40" doc:"territory and all below it"`
	Level    string `query:"level" enum:"programme,project,package,all," doc:"default: programmes and projects"`
	Kind     string `query:"kind" maxLength:"40"`
	Phase    string `query:"phase" maxLength:"40"`
	Source   string `query:"source" maxLength:"80" doc:"code of a source of money"`
	Office   string `query:"office" maxLength:"80"`
	Parent   string `query:"parent" maxLength:"80" doc:"programme or project and all below it"`
	Promise  string `query:"promise" maxLength:"80" doc:"promise of the ledger that it fulfils"`
	Question string `query:"question" maxLength:"60" doc:"rule that is not passed, or any"`
	Service  string `query:"service" maxLength:"80" doc:"capacity that it yields"`
	Watch    string `query:"watch" enum:"late,doubted,no_date,open," doc:"works that are late, whose percentage is not confirmed, for which no date was named, or that are open"`
	Q        string `query:"q" maxLength:"200" doc:"words of the title"`
	Sort     string `query:"sort" enum:"id,title,place,phase,percent,deadline,late,cost,paid,last_word,p80,tree," doc:"default: late first; tree: works below what they are part of"`
	Desc     bool   `query:"desc"`
	Offset   int    `query:"offset" minimum:"0" maximum:"1000000"`
	Limit    int    `query:"limit" minimum:"0" maximum:"1000" doc:"default 100"`
}

// WorkList is a page of the portfolio with what all of its filter add up to.
type WorkList struct {
	AsOf  string    `json:"as_of"`
	Items []WorkRow `json:"items"`
	Total int       `json:"total" doc:"works that the filter chooses"`
	// Sums add projects that are not part of a chosen project: nothing is added
	// twice.
	Sums   WorkSums               `json:"sums"`
	Facets map[string][]FacetItem `json:"facets" doc:"how many works by level, phase, kind, region, source, office, question and watch; each counted as if its own filter were not set"`
	May    []string               `json:"may" doc:"what the reader may do somewhere: manage_works, report_works"`
}

// WorkSums is what a filter adds up to.
type WorkSums struct {
	Works    int           `json:"works"`
	Sites    int64         `json:"sites"`
	Open     int64         `json:"open"`
	Late     int           `json:"late"`
	Doubted  int           `json:"doubted" doc:"percentages that are not confirmed"`
	NoDate   int           `json:"no_date"`
	Money    WorkMoney     `json:"money"`
	BySource []SourceMoney `json:"by_source"`
	Capacity []YieldSum    `json:"capacity"`
}

// YieldSum is planned and open capacity of a sort.
type YieldSum struct {
	Item    string `json:"item"`
	Service string `json:"service"`
	Planned int64  `json:"planned"`
	Open    int64  `json:"open"`
	Unsaid  int    `json:"unsaid" doc:"works of which nobody said how many"`
}

// FacetItem is one choice of a filter.
type FacetItem struct {
	Code  string `json:"code"`
	Works int    `json:"works"`
}

// WorkLine is one thing that was said about a work.
type WorkLine struct {
	ID        string      `json:"id"`
	Kind      string      `json:"kind" enum:"status,step,money,deadline,price,people,visit,withdrawal"`
	On        string      `json:"on"`
	Published *string     `json:"published" doc:"null: its document bears no date"`
	Recorded  string      `json:"recorded_at"`
	Document  *string     `json:"document"`
	Line      *int        `json:"line"`
	From      *int        `json:"from"`
	To        *int        `json:"to"`
	Figure    *string     `json:"figure" doc:"the figure of the ledger that says the same"`
	Posted    []string    `json:"posted" doc:"figures of the ledger that the line brought"`
	Office    *string     `json:"office"`
	Files     []string    `json:"files"`
	Remark    *string     `json:"remark" doc:"only for who may read drafts there"`
	Reason    *string     `json:"reason"`
	Key       *string     `json:"key"`
	Status    *LineStatus `json:"status"`
	Step      *string     `json:"step"`
	Money     *LineMoney  `json:"money"`
	Deadline  *string     `json:"deadline"`
	Price     *LinePrice  `json:"price"`
	People    *int64      `json:"people"`
	Point     *GeoPoint   `json:"point" doc:"only for who may read drafts there"`
	Takes     *string     `json:"takes"`
	TakenBack *string     `json:"taken_back" doc:"line that took it back"`
	Synthetic bool        `json:"synthetic"`
}

// LineStatus is how far a work or a stage is.
type LineStatus struct {
	Stage     string  `json:"stage,omitempty" maxLength:"60" doc:"empty: the whole"`
	Percent   *Number `json:"percent,omitempty" doc:"0 to 100, at most two decimal places"`
	Word      string  `json:"word,omitempty" enum:"under_way,being_finished,main_works_done,finished,opened," doc:"what a source says in words, without a number"`
	Qualifier string  `json:"qualifier,omitempty" maxLength:"20"`
	Started   string  `json:"started,omitempty" maxLength:"10"`
	Finished  string  `json:"finished,omitempty" maxLength:"10"`
}

// LineMoney is an amount.
type LineMoney struct {
	Kind      string `json:"kind" enum:"planned,approved,transferred,contracted,advance,paid,accepted,retained,returned"`
	Source    string `json:"source,omitempty" maxLength:"80" doc:"code of a source of money; empty: not said who pays"`
	Amount    Number `json:"amount" doc:"units of the currency, at most two decimal places"`
	Currency  string `json:"currency,omitempty" maxLength:"3" doc:"default: that of the country; another one is refused"`
	Qualifier string `json:"qualifier,omitempty" maxLength:"20"`
	VAT       string `json:"vat,omitempty" enum:"included,excluded,unknown,"`
	Purpose   string `json:"purpose,omitempty" maxLength:"200"`
	Package   string `json:"package,omitempty" maxLength:"80"`
	Year      int    `json:"year,omitempty" minimum:"0" maximum:"2100"`
	Reference string `json:"reference,omitempty" maxLength:"200" doc:"number of a payment order or of a decision"`
}

// LinePrice is a cost, or a change of it.
type LinePrice struct {
	Amount    Number `json:"amount"`
	Qualifier string `json:"qualifier,omitempty" maxLength:"20"`
	VAT       string `json:"vat,omitempty" enum:"included,excluded,unknown,"`
	Change    bool   `json:"change,omitempty" doc:"the amount is added to the cost before, and may be negative"`
}

// LineInput says something new about a work.
type LineInput struct {
	Kind     string      `json:"kind" enum:"status,step,money,deadline,price,people,visit"`
	On       string      `json:"on" maxLength:"10" doc:"the day it speaks of"`
	Office   string      `json:"office,omitempty" maxLength:"80" doc:"who says it; default: the office of the account, else of the work"`
	Document string      `json:"document,omitempty" maxLength:"200" doc:"name of a document of the ledger"`
	Files    []string    `json:"files,omitempty" maxItems:"100"`
	Remark   string      `json:"remark,omitempty" maxLength:"4000" doc:"not shown to the public"`
	Reason   string      `json:"reason,omitempty" maxLength:"4000"`
	Key      string      `json:"key,omitempty" maxLength:"200" doc:"made by the client: the same line sent twice is one line"`
	Status   *LineStatus `json:"status,omitempty"`
	Step     string      `json:"step,omitempty" enum:"built,accepted,licensed,equipped,staffed,first_patient,"`
	Money    *LineMoney  `json:"money,omitempty"`
	Deadline string      `json:"deadline,omitempty" maxLength:"10"`
	Price    *LinePrice  `json:"price,omitempty"`
	People   *int64      `json:"people,omitempty" minimum:"0"`
	Point    *GeoPoint   `json:"point,omitempty"`
}

// LinesInput says several things at once: all of them or none.
type LinesInput struct {
	Lines []LineInput `json:"lines" minItems:"1" maxItems:"1000"`
}

// WithdrawLineInput takes a line back.
type WithdrawLineInput struct {
	Reason string `json:"reason" minLength:"1" maxLength:"4000"`
}

// WorkStage is a stage as of the day.
type WorkStage struct {
	Code     string    `json:"code"`
	Name     lang.Text `json:"name"`
	PerMille int       `json:"per_mille" doc:"weight in the whole, of 1000"`
	Percent  *Number   `json:"percent"`
	Word     *string   `json:"word" doc:"what was said last of the stage in words"`
	On       *string   `json:"on"`
	Started  *string   `json:"started"`
	Finished *string   `json:"finished"`
	First    *Span     `json:"first_baseline"`
	Current  *Span     `json:"baseline"`
	Doubt    *string   `json:"doubt"`
	Line     *string   `json:"line"`
}

// Span is from a day to a day, both included.
type Span struct {
	Start  string `json:"start"`
	Finish string `json:"finish"`
}

// WorkStep is a step of the opening chain as of the day.
type WorkStep struct {
	Step string    `json:"step"`
	Name lang.Text `json:"name"`
	Done bool      `json:"done" doc:"false: nobody said that it is done"`
	On   *string   `json:"on"`
	Line *string   `json:"line"`
}

// WorkQuestion is a rule that the work does not pass, with its arithmetic.
type WorkQuestion struct {
	Rule   string   `json:"rule"`
	About  string   `json:"about" doc:"source, stage, step or package; empty: the whole"`
	Left   *Number  `json:"left"`
	Right  *Number  `json:"right"`
	Unit   string   `json:"unit" doc:"money, percent, days or date"`
	Lines  []string `json:"lines"`
	Reason string   `json:"reason"`
	// Text says it in a sentence.
	Text lang.Text `json:"text"`
}

// DeadlineMove is a day that was named for the end.
type DeadlineMove struct {
	To     string  `json:"to"`
	On     string  `json:"on"`
	Reason string  `json:"reason"`
	Line   *string `json:"line"`
}

// WorkMonth is what moved in a month.
type WorkMonth struct {
	Month       string `json:"month" doc:"2025-12"`
	Transferred Number `json:"transferred"`
	Paid        Number `json:"paid"`
	Accepted    Number `json:"accepted"`
}

// CurvePoint is a point of an S-curve: planned and reported share of the work
// at the end of a day, in per cent.
type CurvePoint struct {
	On      string  `json:"on"`
	First   *Number `json:"first" doc:"by the first baseline"`
	Planned *Number `json:"planned" doc:"by the newest baseline"`
	Actual  *Number `json:"actual" doc:"as reported"`
}

// WorkParty is an organisation in a work.
type WorkParty struct {
	Role     string    `json:"role" enum:"client,designer,contractor,supplier,supervisor,operator,investor,beneficiary"`
	Name     lang.Text `json:"name"`
	Register string    `json:"register,omitempty" maxLength:"120"`
}

// WorkShare is a rule of co-financing.
type WorkShare struct {
	Source  string  `json:"source" maxLength:"80"`
	Percent float64 `json:"percent" exclusiveMinimum:"0" maximum:"100"`
	Basis   string  `json:"basis,omitempty" maxLength:"400"`
}

// WorkTerm is a stage in a baseline.
type WorkTerm struct {
	Stage    string `json:"stage" maxLength:"60"`
	Start    string `json:"start" maxLength:"10"`
	Finish   string `json:"finish" maxLength:"10"`
	PerMille int    `json:"per_mille,omitempty" minimum:"0" maximum:"1000"`
}

// WorkBaseline is a plan that was agreed on.
type WorkBaseline struct {
	No     int        `json:"no"`
	On     string     `json:"on" maxLength:"10"`
	Reason string     `json:"reason,omitempty" maxLength:"4000"`
	Source string     `json:"source" maxLength:"200"`
	Cost   *Number    `json:"cost,omitempty"`
	Terms  []WorkTerm `json:"terms" maxItems:"500"`
}

// WorkContract is the agreement of a package.
type WorkContract struct {
	Number         string  `json:"number,omitempty" maxLength:"120"`
	Scope          string  `json:"scope,omitempty" maxLength:"60"`
	Signed         string  `json:"signed,omitempty" maxLength:"10"`
	Start          string  `json:"start,omitempty" maxLength:"10"`
	End            string  `json:"end,omitempty" maxLength:"10"`
	Value          *Number `json:"value,omitempty"`
	VAT            string  `json:"vat,omitempty" enum:"included,excluded,unknown,"`
	Method         string  `json:"method,omitempty" maxLength:"40"`
	Tenders        *int    `json:"tenders,omitempty" minimum:"0"`
	RetainPerMille int     `json:"retain_per_mille,omitempty" minimum:"0" maximum:"1000"`
}

// WorkRecord is what a work is, without what happened to it.
type WorkRecord struct {
	ID        string         `json:"id" pattern:"^[a-z0-9][a-z0-9-]{1,79}$"`
	Level     string         `json:"level" enum:"programme,project,package"`
	Kind      string         `json:"kind" enum:"new_building,extension,reconstruction,capital_repair,fit_out,unit,equipment,digital,agreement,medicines"`
	Condition string         `json:"condition" enum:"draft,active,suspended,cancelled"`
	Parent    string         `json:"parent,omitempty" maxLength:"80"`
	Title     lang.Text      `json:"title"`
	Text      lang.Text      `json:"text,omitempty"`
	Place     string         `json:"place" minLength:"1" maxLength:"40"`
	Facility  string         `json:"facility,omitempty" maxLength:"40"`
	Point     *GeoPoint      `json:"point,omitempty"`
	Office    string         `json:"office,omitempty" maxLength:"80"`
	Parties   []WorkParty    `json:"parties,omitempty" maxItems:"200"`
	Yields    []Yield        `json:"yields,omitempty" maxItems:"200"`
	Template  string         `json:"template,omitempty" maxLength:"60"`
	Baselines []WorkBaseline `json:"baselines,omitempty" maxItems:"100"`
	Shares    []WorkShare    `json:"shares,omitempty" maxItems:"50"`
	Units     int64          `json:"units,omitempty" minimum:"0" maximum:"100000"`
	Promises  []string       `json:"promises,omitempty" maxItems:"200"`
	// Statements are what else the ledger says about the work.
	Statements []string      `json:"statements,omitempty" maxItems:"500"`
	Contract   *WorkContract `json:"contract,omitempty"`
	Documents  []string      `json:"documents,omitempty" maxItems:"200"`
	Assumed    []string      `json:"assumed,omitempty" maxItems:"100"`
	Synthetic  bool          `json:"synthetic,omitempty"`
}

// WorkInput writes the record of a work.
type WorkInput struct {
	// Version is the one that was changed; 0 for a new work. Another one since
	// is a conflict, and nothing is lost.
	Version int64 `json:"version" minimum:"0"`
	WorkRecord
}

// WorkPage is all that is known of a work as of a day.
type WorkPage struct {
	AsOf      string      `json:"as_of"`
	Version   int64       `json:"version"`
	Row       WorkRow     `json:"row"`
	Record    WorkRecord  `json:"record"`
	Path      []WorkRef   `json:"path" doc:"works around it, the highest first"`
	Parts     []WorkRow   `json:"parts"`
	Stages    []WorkStage `json:"stages"`
	Weighed   int         `json:"weighed" doc:"per mille of the weight of which somebody spoke"`
	Said      *WorkSaid   `json:"said" doc:"what was said last of the whole in words; null: nothing"`
	ReadyLine *string     `json:"percent_line" doc:"line that says the percentage"`
	Chain     []WorkStep  `json:"chain"`
	// Capacity is how far what the work yields is on its way.
	Capacity     WorkCapacity   `json:"capacity"`
	FacilityName lang.Text      `json:"facility_name" doc:"of the facility in which it opens; empty without one"`
	Deadlines    []DeadlineMove `json:"deadlines"`
	Money        WorkMoney      `json:"money"`
	BySource     []SourceMoney  `json:"by_source"`
	ByYear       []YearMoney    `json:"by_year"`
	ByPackage    []PackageMoney `json:"by_package"`
	Budget       *WorkBudget    `json:"budget" doc:"how the money burns against the months; null where no amount or no time is named"`
	Real         *RealMoney     `json:"real" doc:"null where no rise of prices is known"`
	Months       []WorkMonth    `json:"months"`
	Curve        []CurvePoint   `json:"curve"`
	Questions    []WorkQuestion `json:"questions"`
	Promises     []Promise      `json:"promises"`
	Lines        []WorkLine     `json:"lines" doc:"newest first, taken back ones too"`
	Files        []File         `json:"files"`
	Forecast     *WorkForecast  `json:"forecast"`
	People       int64          `json:"people"`
	// Statements are what else the ledger says about the work.
	Statements []WorkStatement `json:"statements"`
	// Assumed names what no source says.
	Assumed []string `json:"assumed"`
	May     []string `json:"may" doc:"manage_works, report_works, attach_file, ask"`
	Givers  []string `json:"givers" doc:"roles that may manage it"`
}

// WorkRef names a work.
type WorkRef struct {
	ID    string    `json:"id"`
	Title lang.Text `json:"title"`
	Level string    `json:"level"`
}

// YearMoney is the money of a budget year; 0 where none was said.
type YearMoney struct {
	Year int `json:"year"`
	WorkMoney
}

// PackageMoney is the money of a contract.
type PackageMoney struct {
	Package string `json:"package"`
	WorkMoney
}

// WorkForecast says when the work will end, by several methods side by side.
type WorkForecast struct {
	On       string  `json:"on" doc:"the day from which it looks"`
	Declared *string `json:"declared" doc:"the deadline as it was said last"`
	ES       *string `json:"earned_schedule"`
	SPIT     *Number `json:"spi_t" doc:"schedule performance index by time"`
	P10      *string `json:"p10"`
	P50      *string `json:"p50"`
	P80      *string `json:"p80"`
	P90      *string `json:"p90"`
	// InTime is the probability to meet the declared deadline, 0 to 1.
	InTime *float64        `json:"in_time"`
	Class  *ReferenceClass `json:"reference_class"`
	// Warning is calm (empty), watch or alarm, with its reasons.
	Warning  string           `json:"warning" enum:",watch,alarm"`
	Warnings []lang.Text      `json:"warnings"`
	Decides  *string          `json:"decides" doc:"the stage that decides most"`
	Stages   []StageInfluence `json:"stages" doc:"which stage decides"`
	Reasons  []lang.Text      `json:"reasons" doc:"on what it rests, and what is missing"`
	Assumed  bool             `json:"assumed" doc:"durations of stages are assumptions"`
	Runs     int              `json:"runs"`
}

// ReferenceClass is what happened to works like this one.
type ReferenceClass struct {
	Name   lang.Text `json:"name"`
	Own    int       `json:"own" doc:"closed projects of our own"`
	Prior  *string   `json:"prior" doc:"source of a published class"`
	Median *float64  `json:"median_overrun" doc:"share of the planned time"`
	P80    *float64  `json:"p80_overrun"`
	EndP50 *string   `json:"end_p50" doc:"of this work, if it goes as half of them did"`
	EndP80 *string   `json:"end_p80"`
}

// StageInfluence is how much of the uncertainty a stage brings.
type StageInfluence struct {
	Stage string    `json:"stage"`
	Name  lang.Text `json:"name"`
	Share float64   `json:"share" doc:"of the variance, 0 to 1"`
}

// WorkSaid is what was said of the whole in words.
type WorkSaid struct {
	Word string `json:"word"`
	On   string `json:"on"`
	Line string `json:"line"`
}

// WorkCapacity is how far the capacity that a work yields is on its way.
type WorkCapacity struct {
	Status string  `json:"status" enum:"planned,built,licensed,open"`
	From   *string `json:"from"`
	// Kept tells whether the facility keeps it: a work without a facility of its
	// own gives none.
	Kept bool `json:"kept"`
}

// WorkStatement is what the ledger says about a work beside its promises.
type WorkStatement struct {
	ID     string    `json:"id"`
	Title  lang.Text `json:"title"`
	Figure *Figure   `json:"figure"`
}

// WorkTerms name what works speak of: sources of money, stages and the
// templates in which they stand.
type WorkTerms struct {
	Sources   []SourceOut          `json:"sources"`
	Stages    map[string]lang.Text `json:"stages"`
	Steps     map[string]lang.Text `json:"steps"`
	Templates []TemplateOut        `json:"templates"`
	FreshDays int                  `json:"fresh_days" doc:"a percentage that is older is not confirmed; an assumption"`
}

// SourceOut is a source of money.
type SourceOut struct {
	Code string    `json:"code"`
	Kind string    `json:"kind"`
	Name lang.Text `json:"name"`
}

// TemplateOut is the way of a kind of works, stage by stage.
type TemplateOut struct {
	Code   string          `json:"code"`
	Source string          `json:"source" doc:"on what the weights rest"`
	Stages []TemplateStage `json:"stages"`
}

// TemplateStage is a stage with its weight in the whole, of 1000.
type TemplateStage struct {
	Stage    string `json:"stage"`
	PerMille int    `json:"per_mille"`
}

// WorkScores judges past forecasts by what came of them. Days; less is better
// but for skill.
type WorkScores struct {
	AsOf      string          `json:"as_of"`
	Scored    int             `json:"scored" doc:"forecasts of works that have opened"`
	Open      int             `json:"open" doc:"forecasts of works that have not"`
	Projects  int             `json:"projects" doc:"works that have opened"`
	Levels    []ForecastLevel `json:"levels"`
	CRPS      *float64        `json:"crps"`
	Interval  *float64        `json:"interval_score"`
	Sharpness *float64        `json:"sharpness" doc:"mean days between P50 and P80"`
	Bins      []ForecastBin   `json:"bins" doc:"how many ends fell between two levels, and how many should have"`
	Pairs     int             `json:"pairs" doc:"works with forecast and declared deadline"`
	Naive     *float64        `json:"naive" doc:"mean distance of the declared deadline from the end"`
	Skill     *float64        `json:"skill" doc:"1 - CRPS/naive"`
	Gain      *float64        `json:"gain" doc:"mean days by which the forecast was nearer than the deadline"`
	GainLow   *float64        `json:"gain_low"`
	GainHigh  *float64        `json:"gain_high"`
	Notes     []lang.Text     `json:"notes"`
	Forecasts []PastForecast  `json:"forecasts" doc:"newest first, at most 1000"`
	Synthetic bool            `json:"synthetic" doc:"some of the works are synthetic"`
}

// ForecastLevel tells how often works ended by the day of a level.
type ForecastLevel struct {
	P         float64  `json:"p"`
	N         int      `json:"n"`
	Kept      int      `json:"kept"`
	Open      int      `json:"open" doc:"of n: still open, and so missed"`
	Undecided int      `json:"undecided" doc:"left out: the day has not come"`
	Share     *float64 `json:"share"`
	Low       *float64 `json:"low" doc:"at 95 %"`
	High      *float64 `json:"high"`
	Loss      *float64 `json:"pinball_loss"`
}

// ForecastBin is a bar of the PIT histogram.
type ForecastBin struct {
	From     float64 `json:"from"`
	To       float64 `json:"to"`
	N        int     `json:"n"`
	Expected float64 `json:"expected"`
}

// PastForecast is what was foreseen of a work on a day, and what came of it.
type PastForecast struct {
	Work     string    `json:"work"`
	Title    lang.Text `json:"title"`
	Place    string    `json:"place"`
	On       string    `json:"on"`
	Declared *string   `json:"declared"`
	ES       *string   `json:"earned_schedule"`
	P50      *string   `json:"p50"`
	P80      *string   `json:"p80"`
	Opened   *string   `json:"opened"`
	Assumed  bool      `json:"assumed"`
}

// RealMoney is money in prices of December of a year, an estimate.
type RealMoney struct {
	Base   int       `json:"base" doc:"the year"`
	Money  WorkMoney `json:"money"`
	Beyond []string  `json:"beyond" doc:"lines whose day lies where no price is known; they are left out"`
	// Figures are the rises of prices that were used, in the ledger.
	Figures []string `json:"figures"`
	Method  string   `json:"method"`
}

// WorkBudget is how an amount burns against its months: an agreement, the
// medicines of a year.
type WorkBudget struct {
	Amount     Stated      `json:"amount"`
	Of         string      `json:"of" enum:"approved,planned,cost" doc:"which amount it is"`
	From       string      `json:"from"`
	To         string      `json:"to" doc:"the last day"`
	Spent      *Stated     `json:"spent" doc:"paid with advances; null: nobody said"`
	Months     float64     `json:"months" doc:"that have passed"`
	MonthsAll  float64     `json:"months_all"`
	TimeShare  *float64    `json:"time_share" doc:"of the days, 0 to 1"`
	SpentShare *float64    `json:"spent_share" doc:"of the amount"`
	Pace       *float64    `json:"pace" doc:"spent against what would be spent evenly: above 1 it burns too fast"`
	Even       *Number     `json:"even" doc:"would be spent by now, evenly"`
	Left       *Number     `json:"left"`
	LeftMonth  *Number     `json:"left_per_month"`
	UsedUp     *string     `json:"used_up" doc:"the day on which the average rate so far uses it up"`
	Patients   *Patients   `json:"patients"`
	Served     *int64      `json:"served" doc:"people who were served by now; null: nobody said"`
	PerServed  *Number     `json:"per_served" doc:"spent for each of them"`
	Notes      []lang.Text `json:"notes"`
}

// Patients is for how many an amount is, and what that makes for each.
type Patients struct {
	Count     int64   `json:"count"`
	Qualifier string  `json:"qualifier"`
	Figure    string  `json:"figure"`
	Each      *Number `json:"each" doc:"units of the currency; as exact as count and amount are"`
}
