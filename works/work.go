package works

import (
	"regexp"
	"slices"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

// ID names a work in addresses, files and figures (dimension "project").
type ID string

var idForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,79}$`)

// Level says where a work stands in its tree.
type Level string

// The levels. A package is a contract, or what will become one.
const (
	Programme Level = "programme"
	Project   Level = "project"
	Package   Level = "package"
)

// Levels lists the levels, the highest first.
func Levels() []Level { return []Level{Programme, Project, Package} }

// Kind says what sort of work it is; it chooses the template of stages.
type Kind string

// The kinds of works.
const (
	NewBuilding    Kind = "new_building"
	Extension      Kind = "extension"
	Reconstruction Kind = "reconstruction"
	CapitalRepair  Kind = "capital_repair"
	FitOut         Kind = "fit_out"   // conversion and equipping of a building that stands
	Unit           Kind = "unit"      // department or beds in a facility that works
	Equipment      Kind = "equipment" // purchase of devices
	Digital        Kind = "digital"   // information system
	Agreement      Kind = "agreement" // investment or supply agreement
	Medicines      Kind = "medicines" // budget of medicines
)

// WorkKinds lists the kinds of works.
func WorkKinds() []Kind {
	return []Kind{NewBuilding, Extension, Reconstruction, CapitalRepair, FitOut, Unit, Equipment, Digital, Agreement, Medicines}
}

// Built reports whether works of the kind end in a place that treats patients.
func (k Kind) Built() bool {
	return slices.Contains([]Kind{NewBuilding, Extension, Reconstruction, CapitalRepair, FitOut, Unit}, k)
}

// Condition is what its owner says about a work as a whole.
type Condition string

// The conditions. A draft is seen only by those who may read drafts.
const (
	Draft     Condition = "draft"
	Active    Condition = "active"
	Suspended Condition = "suspended"
	Cancelled Condition = "cancelled"
)

// Conditions lists the conditions.
func Conditions() []Condition { return []Condition{Draft, Active, Suspended, Cancelled} }

// PartyRole says what an organisation does in a work.
type PartyRole string

// The roles of organisations.
const (
	Client      PartyRole = "client"      // customer of the contract
	Designer    PartyRole = "designer"    // author of the project documents
	Contractor  PartyRole = "contractor"  // builds
	Supplier    PartyRole = "supplier"    // delivers
	Supervisor  PartyRole = "supervisor"  // technical supervision
	Operator    PartyRole = "operator"    // will run the facility
	InvestorOrg PartyRole = "investor"    // pays and owns
	Beneficiary PartyRole = "beneficiary" // gets it
)

// PartyRoles lists the roles of organisations.
func PartyRoles() []PartyRole {
	return []PartyRole{Client, Designer, Contractor, Supplier, Supervisor, Operator, InvestorOrg, Beneficiary}
}

// Party is an organisation in a work. People are not named.
type Party struct {
	Role PartyRole `json:"role"`
	Name lang.Text `json:"name"`
	// Register is its number in a public register, such as KZ-BIN-123456789012; "" when not known.
	Register string `json:"register,omitempty"`
}

// Yield is capacity that the work must give: the capacity of package place,
// before it is there.
type Yield struct {
	Item    place.Item `json:"item"`
	Service string     `json:"service,omitempty"` // code of a medical service; empty is all
	Age     string     `json:"age,omitempty"`     // adult, child; empty is all ages
	Count   *int64     `json:"count,omitempty"`   // nil: nobody said how many
	// Qualifier is how exactly Count is said; empty is exact.
	Qualifier ledger.Qualifier `json:"qualifier,omitempty"`
	Source    string           `json:"source"` // document, or office
}

// Share is a rule of co-financing: what part of the cost a source is to bear.
type Share struct {
	Source  string  `json:"source"` // code of a source of money
	Percent float64 `json:"percent"`
	Basis   string  `json:"basis,omitempty"` // contract or document that says so
}

// Term is a day of a stage in a baseline.
type Term struct {
	Stage  string      `json:"stage"`
	Start  period.Date `json:"start"`
	Finish period.Date `json:"finish"` // the last day, included
	// PerMille is the weight of the stage in this baseline, of 1000; 0 takes
	// that of the template.
	PerMille int `json:"per_mille,omitempty"`
}

// Baseline is a plan that was agreed on. A later one needs a reason; the first
// one stays beside it for ever.
type Baseline struct {
	No     int         `json:"no"` // 1, 2, 3 ...
	On     period.Date `json:"on"`
	Reason string      `json:"reason,omitempty"`
	Source string      `json:"source"`
	Terms  []Term      `json:"terms"`
	// Cost is the budget at completion, in smallest units; nil when not said.
	Cost *money.Amount `json:"cost,omitempty"`
}

// Finish returns the last day of the baseline.
func (b Baseline) Finish() (last period.Date, ok bool) {
	for i, t := range b.Terms {
		if i == 0 || t.Finish > last {
			last, ok = t.Finish, true
		}
	}
	return last, ok
}

// Work is one programme, project or package. It says what the work is; what
// happened to it is told by its lines.
type Work struct {
	ID        ID           `json:"id"`
	Level     Level        `json:"level"`
	Kind      Kind         `json:"kind"`
	Condition Condition    `json:"condition"`
	Parent    ID           `json:"parent,omitempty"`
	Title     lang.Text    `json:"title"`
	Text      lang.Text    `json:"text,omitempty"` // scope, in a few sentences
	Place     place.ID     `json:"place"`
	Facility  place.ID     `json:"facility,omitempty"` // the facility in which capacity will open
	Point     *place.Point `json:"point,omitempty"`
	Office    string       `json:"office,omitempty"` // who answers for it
	Parties   []Party      `json:"parties,omitempty"`
	Yields    []Yield      `json:"yields,omitempty"`
	// Template names the stages; empty takes that of the kind.
	Template  string     `json:"template,omitempty"`
	Baselines []Baseline `json:"baselines,omitempty"`
	Shares    []Share    `json:"shares,omitempty"`
	// Units says how many things of the same sort the work stands for where
	// documents count and do not name them (34 sites); 0 is 1.
	Units int64 `json:"units,omitempty"`
	// Promises are those of the ledger that the work keeps; the first one gives
	// the series to which progress and opening are posted.
	Promises []string `json:"promises,omitempty"`
	// Statements are what else the ledger says about the work: what is in its
	// scope, what it is for, what a source says has happened.
	Statements []string `json:"statements,omitempty"`
	// Contract is what a package needs.
	Contract *Contract `json:"contract,omitempty"`
	// Documents are names in the ledger on which the record of the work rests.
	Documents []string `json:"documents,omitempty"`
	// Assumed names what in this record is an assumption and no source says.
	Assumed   []string `json:"assumed,omitempty"`
	Synthetic bool     `json:"synthetic,omitempty"`
	// Foreign keeps what another system said and we have no field for, by the
	// name of the format.
	Foreign map[string]string `json:"foreign,omitempty"`
}

// Contract is the agreement of a package.
type Contract struct {
	Number string        `json:"number,omitempty"`
	Scope  string        `json:"scope,omitempty"` // code of a stage, or equipment
	Signed *period.Date  `json:"signed,omitempty"`
	Start  *period.Date  `json:"start,omitempty"`
	End    *period.Date  `json:"end,omitempty"` // the last day
	Value  *money.Amount `json:"value,omitempty"`
	VAT    VAT           `json:"vat,omitempty"`
	// Method of procurement as a code of OCDS: open, selective, limited, direct.
	Method  string `json:"method,omitempty"`
	Tenders *int   `json:"tenders,omitempty"` // bids received
	// RetainPerMille is kept back from every payment until the end.
	RetainPerMille int `json:"retain_per_mille,omitempty"`
}

// Count returns how many things the work stands for.
func (w *Work) Count() int64 { return max(1, w.Units) }

// Stages returns the template of the work.
func (w *Work) Stages() Template {
	if t, ok := TemplateOf(w.Template); ok {
		return t
	}
	t, _ := TemplateOf(string(w.Kind))
	return t
}

// First and Current return the baselines between which a plan moved; nil when
// there is none.
func (w *Work) First() *Baseline {
	if len(w.Baselines) == 0 {
		return nil
	}
	return &w.Baselines[0]
}

// Current returns the newest baseline; nil when there is none.
func (w *Work) Current() *Baseline {
	if len(w.Baselines) == 0 {
		return nil
	}
	return &w.Baselines[len(w.Baselines)-1]
}

// Dimensions returns the dimension by which figures about the work are found.
func (w *Work) Dimensions() ledger.Dimensions { return ledger.Dimensions{"project": string(w.ID)} }

// Bounds of a work, so that a page stays usable.
const (
	maxParties   = 200
	maxYields    = 200
	maxBaselines = 100
	maxTerms     = 500
	maxCount     = 10_000_000 // of one capacity, so that no sum overflows
)

// Check refuses what cannot be and names the field.
func (w *Work) Check() error {
	bad := func(field, format string, args ...any) error {
		return fault.New(fault.Invalid, "works.Work", field, format, args...)
	}
	switch {
	case !idForm.MatchString(string(w.ID)):
		return bad("id", "the id of a work is 2 to 80 small Latin letters, digits and hyphens, as in balkhash-interdistrict-hub")
	case !slices.Contains(Levels(), w.Level):
		return bad("level", "the level is programme, project or package")
	case !slices.Contains(WorkKinds(), w.Kind):
		return bad("kind", "unknown kind of work %q", w.Kind)
	case !slices.Contains(Conditions(), w.Condition):
		return bad("condition", "the condition is draft, active, suspended or cancelled")
	case w.Title.IsBlank():
		return bad("title", "a work needs a title in at least one language")
	case w.Place == "":
		return bad("place", "a work needs a place: a settlement, a district or a region")
	case w.Parent == w.ID:
		return bad("parent", "a work cannot be part of itself")
	case w.Level == Package && w.Parent == "":
		return bad("parent", "a package belongs to a project")
	case w.Level != Package && w.Contract != nil:
		return bad("contract", "only a package has a contract")
	case w.Units < 0 || w.Units > 100_000:
		return bad("units", "the number of sites is between 1 and 100000")
	case w.Template != "" && !hasTemplate(w.Template):
		return bad("template", "there is no template of stages %q", w.Template)
	case len(w.Parties) > maxParties, len(w.Yields) > maxYields, len(w.Baselines) > maxBaselines:
		return fault.New(fault.TooLarge, "works.Work", string(w.ID), "a work has at most %d organisations, %d capacities and %d baselines", maxParties, maxYields, maxBaselines)
	}
	if w.Point != nil && !(w.Point.Lat >= -90 && w.Point.Lat <= 90 && w.Point.Lon >= -180 && w.Point.Lon <= 180) {
		return bad("point", "latitude is -90 to 90 and longitude -180 to 180 degrees")
	}
	for _, check := range []func() error{w.checkParties, w.checkYields, w.checkShares, w.checkBaselines, w.checkContract} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (w *Work) checkParties() error {
	for _, p := range w.Parties {
		if !slices.Contains(PartyRoles(), p.Role) || p.Name.IsBlank() {
			return fault.New(fault.Invalid, "works.Work", "parties", "an organisation needs a name and a known role")
		}
	}
	return nil
}

func (w *Work) checkYields() error {
	for _, y := range w.Yields {
		c := place.Capacity{Facility: "x", Item: y.Item, Service: y.Service, Age: y.Age, Count: y.Count, Status: place.Planned, Source: y.Source}
		if err := c.Check(); err != nil {
			return fault.New(fault.Invalid, "works.Work", "yields", "%w", err)
		}
		if y.Count != nil && *y.Count > maxCount {
			return fault.New(fault.Invalid, "works.Work", "yields", "a work gives at most %d of one thing", maxCount)
		}
		if _, ok := ledger.ParseQualifier(string(y.Qualifier)); !ok {
			return fault.New(fault.Invalid, "works.Work", "yields", "the qualifier of a capacity must be one of = ~ <~ >= > <= <")
		}
	}
	return nil
}

func (w *Work) checkShares() error {
	sum := 0.0
	seen := map[string]bool{}
	for _, s := range w.Shares {
		if s.Source == "" || seen[s.Source] || !(s.Percent > 0 && s.Percent <= 100) {
			return fault.New(fault.Invalid, "works.Work", "shares", "every share names another source and is more than 0 and at most 100 per cent")
		}
		seen[s.Source] = true
		sum += s.Percent
	}
	if sum > 100+1e-9 {
		return fault.New(fault.Invalid, "works.Work", "shares", "the shares add up to %.2f per cent: they may not exceed 100", sum)
	}
	return nil
}

func (w *Work) checkBaselines() error {
	bad := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "works.Work", "baselines", format, args...)
	}
	t := w.Stages()
	for i, b := range w.Baselines {
		switch {
		case b.No != i+1:
			return bad("baselines are numbered 1, 2, 3 in their order")
		case i > 0 && b.Reason == "":
			return bad("baseline %d changes what was agreed: give a reason", b.No)
		case i > 0 && b.On < w.Baselines[i-1].On:
			return bad("baseline %d is older than the one before it", b.No)
		case b.Source == "":
			return bad("baseline %d needs a source: a document, or the office that says so", b.No)
		case b.Cost != nil && *b.Cost < 0:
			return bad("baseline %d: a cost cannot be negative", b.No)
		case len(b.Terms) > maxTerms:
			return bad("baseline %d has more than %d stages", b.No, maxTerms)
		}
		weight, seen := 0, map[string]bool{}
		for _, term := range b.Terms {
			switch {
			case !t.Has(term.Stage):
				return bad("baseline %d: the template has no stage %q", b.No, term.Stage)
			case seen[term.Stage]:
				return bad("baseline %d: the stage %s stands there twice", b.No, term.Stage)
			case term.Finish < term.Start:
				return bad("baseline %d: the stage %s ends before it begins", b.No, term.Stage)
			case term.PerMille < 0 || term.PerMille > 1000:
				return bad("baseline %d: the weight of %s is 0 to 1000 per mille", b.No, term.Stage)
			}
			seen[term.Stage] = true
			weight += term.PerMille
		}
		if weight > 1000 {
			return bad("baseline %d: the weights add up to %d per mille, more than 1000", b.No, weight)
		}
	}
	return nil
}

func (w *Work) checkContract() error {
	c := w.Contract
	bad := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "works.Work", "contract", format, args...)
	}
	switch {
	case c == nil:
		return nil
	case c.Value != nil && *c.Value < 0:
		return bad("the value of a contract cannot be negative")
	case c.Start != nil && c.End != nil && *c.End < *c.Start:
		return bad("the contract ends before it begins")
	case c.Signed != nil && c.End != nil && *c.End < *c.Signed:
		return bad("the contract ends before it is signed")
	case c.RetainPerMille < 0 || c.RetainPerMille > 1000:
		return bad("what is kept back is 0 to 1000 per mille")
	case c.VAT != "" && !c.VAT.known():
		return bad("VAT is included, excluded or unknown")
	}
	return nil
}
