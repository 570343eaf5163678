package httpapi

import "github.com/shanyraq/shanyraq/lang"

// EquipmentFilter narrows the register; empty fields choose all.
type EquipmentFilter struct {
	Place    string `query:"place" maxLength:"40" doc:"territory and all below it"`
	Facility string `query:"facility" maxLength:"40"`
	Work     string `query:"work" maxLength:"80" doc:"work that buys it, and all works below it"`
	Item     string `query:"item" maxLength:"60" doc:"code of the catalogue"`
	Group    string `query:"group" maxLength:"40" doc:"field of use in the catalogue"`
	State    string `query:"state" enum:"needed,ordered,delivered,installed,commissioned,in_use,down,written_off,"`
	// Due and Warranty look ahead from today.
	Due      string `query:"due_before" maxLength:"10" doc:"a service is due before this day"`
	Warranty string `query:"warranty_before" maxLength:"10" doc:"the warranty ends before this day, and has not ended yet"`
	Q        string `query:"q" maxLength:"200" doc:"words of name, maker, model, facility or id; serial number for who may see it"`
	Sort     string `query:"sort" enum:"id,name,facility,state,since,due,warranty,price,age," doc:"default: the service that is due first"`
	Desc     bool   `query:"desc"`
	Offset   int    `query:"offset" minimum:"0" maximum:"1000000"`
	Limit    int    `query:"limit" minimum:"0" maximum:"1000" doc:"default 100"`
}

// EquipmentRow is a device in a list.
type EquipmentRow struct {
	ID        string    `json:"id"`
	Item      string    `json:"item"`
	Group     string    `json:"group"`
	Name      lang.Text `json:"name"`
	EMDN      *string   `json:"emdn" doc:"null where no code is certain"`
	Work      *string   `json:"work"`
	Place     string    `json:"place"`
	Region    string    `json:"region"`
	Facility  *string   `json:"facility"`
	Room      *string   `json:"room"`
	Serial    *string   `json:"serial" doc:"only for who may read drafts there"`
	Maker     *string   `json:"maker"`
	Model     *string   `json:"model"`
	Price     *Number   `json:"price" doc:"in units of the currency"`
	VAT       *string   `json:"vat"`
	State     *string   `json:"state" doc:"null: nobody said anything yet"`
	Since     *string   `json:"since"`
	Warranty  *string   `json:"warranty_to"`
	Next      *string   `json:"next_due"`
	NextCode  *string   `json:"next_service"`
	Overdue   int       `json:"overdue" doc:"services that are late"`
	Age       *Number   `json:"age_years"`
	Life      int       `json:"life_years"`
	Assumed   bool      `json:"life_assumed" doc:"the years are an assumption of the catalogue"`
	Synthetic bool      `json:"synthetic"`
}

// EquipmentCount is how many devices are at a state, and how many got at least
// so far.
type EquipmentCount struct {
	State   string `json:"state"`
	Now     int64  `json:"now"`
	Reached *int64 `json:"reached" doc:"null for states that are not on the way to use"`
}

// EquipmentPurchase sets the register against what was promised.
type EquipmentPurchase struct {
	Promised  int64    `json:"promised"`
	Qualifier string   `json:"qualifier"`
	Promises  []string `json:"promises" doc:"statements of the ledger that say the number"`
	Works     []string `json:"works" doc:"works that say it, where no statement does"`
	Unnamed   int64    `json:"unnamed" doc:"promised devices that the register does not name: of them nothing is known"`
	Beyond    int64    `json:"beyond" doc:"devices that are named above the promised number"`
}

// EquipmentGroup is what a facility, a territory or a type of device adds up to.
type EquipmentGroup struct {
	Code     string    `json:"code" doc:"empty: not said"`
	Name     lang.Text `json:"name"`
	Named    int64     `json:"named"`
	InUse    int64     `json:"in_use"`
	Down     int64     `json:"down"`
	Coming   int64     `json:"coming" doc:"needed to commissioned"`
	Overdue  int64     `json:"overdue" doc:"devices with a late service"`
	Price    Number    `json:"price"`
	Unpriced int64     `json:"unpriced"`
}

// EquipmentSums is what a filter adds up to.
type EquipmentSums struct {
	Named     int64            `json:"named"`
	States    []EquipmentCount `json:"states"`
	Unsaid    int64            `json:"unsaid" doc:"devices without a state"`
	Price     Number           `json:"price" doc:"of the devices with a known price"`
	Unpriced  int64            `json:"unpriced"`
	Overdue   int64            `json:"overdue" doc:"devices with a late service"`
	Warranty  int64            `json:"warranty_ending" doc:"devices whose warranty ends within 90 days"`
	Synthetic int64            `json:"synthetic"`
	Assumed   int64            `json:"plans_assumed" doc:"devices whose services are assumptions of the catalogue"`
}

// EquipmentList is a page of the register with what all of its filter adds up to.
type EquipmentList struct {
	AsOf     string             `json:"as_of"`
	Items    []EquipmentRow     `json:"items"`
	Total    int                `json:"total"`
	Sums     EquipmentSums      `json:"sums"`
	Purchase *EquipmentPurchase `json:"purchase" doc:"null where no number was promised, or the filter chooses more finely than the promise"`
	// ByFacility, ByRegion and ByItem have the largest first, at most 200.
	ByFacility []EquipmentGroup `json:"by_facility"`
	ByRegion   []EquipmentGroup `json:"by_region"`
	ByItem     []EquipmentGroup `json:"by_item"`
	May        []string         `json:"may" doc:"what the reader may do somewhere: manage_works, report_works"`
}

// ServicePlan is a service that is done again and again.
type ServicePlan struct {
	Code   string `json:"code,omitempty" maxLength:"60" doc:"tells the services of a device apart; empty: the kind"`
	Kind   string `json:"kind" enum:"maintenance,calibration,verification,safety_test"`
	Months int    `json:"months" minimum:"1" maximum:"240"`
	From   string `json:"from,omitempty" maxLength:"10" doc:"the day from which the first one is counted"`
	Basis  string `json:"basis,omitempty" maxLength:"400" doc:"the paper that says so; empty: an assumption"`
}

// EquipmentRecord is what a device is, without what happened to it.
type EquipmentRecord struct {
	ID           string        `json:"id" pattern:"^[a-z0-9][a-z0-9-]{1,79}$"`
	Item         string        `json:"item" maxLength:"60"`
	Name         lang.Text     `json:"name,omitempty" doc:"what it is called where it stands; empty: as in the catalogue"`
	Work         string        `json:"work,omitempty" maxLength:"80"`
	Place        string        `json:"place,omitempty" maxLength:"40" doc:"default: that of the facility"`
	Facility     string        `json:"facility,omitempty" maxLength:"40"`
	Room         string        `json:"room,omitempty" maxLength:"400"`
	Serial       string        `json:"serial,omitempty" maxLength:"400" doc:"not shown to the public"`
	Maker        string        `json:"maker,omitempty" maxLength:"400"`
	Model        string        `json:"model,omitempty" maxLength:"400"`
	Price        *Number       `json:"price,omitempty"`
	Currency     string        `json:"currency,omitempty" maxLength:"3" doc:"default: that of the country; another one is refused"`
	VAT          string        `json:"vat,omitempty" enum:"included,excluded,unknown,"`
	WarrantyFrom string        `json:"warranty_from,omitempty" maxLength:"10"`
	WarrantyTo   string        `json:"warranty_to,omitempty" maxLength:"10"`
	Plans        []ServicePlan `json:"plans" maxItems:"50" nullable:"true" doc:"null: as in the catalogue"`
	Life         int           `json:"life_years,omitempty" minimum:"0" maximum:"50" doc:"0: as in the catalogue"`
	Source       string        `json:"source,omitempty" maxLength:"400"`
	Synthetic    bool          `json:"synthetic,omitempty"`
}

// EquipmentInput writes the record of a device.
type EquipmentInput struct {
	// Version is the one that was changed; 0 for a new device.
	Version int64 `json:"version" minimum:"0"`
	EquipmentRecord
	Events []EquipmentEventInput `json:"events,omitempty" maxItems:"100" doc:"what happened to it, in order"`
}

// EquipmentEventInput says what happened to a device.
type EquipmentEventInput struct {
	Kind     string   `json:"kind" enum:"state,service"`
	On       string   `json:"on" maxLength:"10"`
	State    string   `json:"state,omitempty" enum:"needed,ordered,delivered,installed,commissioned,in_use,down,written_off,"`
	Service  string   `json:"service,omitempty" maxLength:"60" doc:"code of the service that was done"`
	Next     string   `json:"next,omitempty" maxLength:"10" doc:"day that the certificate names for the next one"`
	Office   string   `json:"office,omitempty" maxLength:"80"`
	Document string   `json:"document,omitempty" maxLength:"400" doc:"act, certificate or contract: its name and number"`
	Files    []string `json:"files,omitempty" maxItems:"100"`
	Reason   string   `json:"reason,omitempty" maxLength:"4000" doc:"needed to go back, down or to be written off"`
	Remark   string   `json:"remark,omitempty" maxLength:"4000" doc:"not shown to the public"`
	Key      string   `json:"key,omitempty" maxLength:"200" doc:"made by the client: the same event sent twice is one"`
}

// EquipmentEvents says several things at once: all of them or none.
type EquipmentEvents struct {
	Events []EquipmentEventInput `json:"events" minItems:"1" maxItems:"100"`
}

// EquipmentEvent is one thing that happened to a device.
type EquipmentEvent struct {
	ID        string   `json:"id"`
	Kind      string   `json:"kind" enum:"state,service,withdrawal"`
	On        string   `json:"on"`
	Recorded  string   `json:"recorded_at"`
	State     *string  `json:"state"`
	Service   *string  `json:"service"`
	Next      *string  `json:"next"`
	Office    *string  `json:"office"`
	Document  *string  `json:"document"`
	Files     []string `json:"files"`
	Reason    *string  `json:"reason"`
	Remark    *string  `json:"remark" doc:"only for who may read drafts there"`
	TakenBack *string  `json:"taken_back" doc:"event that took it back"`
	Takes     *string  `json:"takes"`
}

// EquipmentService is a recurring service as of the day.
type EquipmentService struct {
	ServicePlan
	Name    lang.Text `json:"name"`
	Last    *string   `json:"last"`
	Due     *string   `json:"due" doc:"null: the device does not serve yet, or no longer"`
	Overdue int       `json:"days_overdue"`
	Assumed bool      `json:"assumed" doc:"no paper names the interval"`
	Event   *string   `json:"event"`
}

// EquipmentOutage is a time in which a device did not work.
type EquipmentOutage struct {
	From   string  `json:"from"`
	Until  *string `json:"until" doc:"the day on which it works again; null: still down"`
	Days   int     `json:"days"`
	Reason *string `json:"reason"`
	Event  string  `json:"event"`
}

// EquipmentAvailability is the share of days of the last year on which a device
// was there for patients.
type EquipmentAvailability struct {
	From  string  `json:"from"`
	Until string  `json:"until" doc:"the last day"`
	Days  int     `json:"days"`
	Down  int     `json:"down"`
	Share *Number `json:"share" doc:"0 to 1; null: it was to serve on no day"`
}

// EquipmentMove is a state to which a device may go.
type EquipmentMove struct {
	State  string `json:"state"`
	Reason bool   `json:"reason" doc:"needs a reason"`
}

// EquipmentVersion is a version of the record.
type EquipmentVersion struct {
	Version  int64    `json:"version"`
	Recorded string   `json:"recorded_at"`
	Changed  []string `json:"changed" doc:"fields that differ from the version before"`
}

// EquipmentPage is all that is known of a device as of a day.
type EquipmentPage struct {
	AsOf         string                `json:"as_of"`
	Version      int64                 `json:"version"`
	Row          EquipmentRow          `json:"row"`
	Record       EquipmentRecord       `json:"record"`
	Item         EquipmentItem         `json:"item"`
	Work         *WorkRef              `json:"work"`
	Facility     lang.Text             `json:"facility_name,omitempty"`
	Events       []EquipmentEvent      `json:"events" doc:"newest first, taken back ones too"`
	Services     []EquipmentService    `json:"services"`
	Outages      []EquipmentOutage     `json:"outages"`
	Availability EquipmentAvailability `json:"availability"`
	Left         *Number               `json:"left_years" doc:"negative: older than it was to become"`
	InWarranty   bool                  `json:"in_warranty"`
	Moves        []EquipmentMove       `json:"moves"`
	Versions     []EquipmentVersion    `json:"versions" doc:"of the record, newest first"`
	Files        []File                `json:"files"`
	May          []string              `json:"may" doc:"manage_works, report_works, attach_file"`
	Givers       []string              `json:"givers" doc:"roles that may write about it"`
}

// EquipmentItem is a type of device in the catalogue.
type EquipmentItem struct {
	Code     string        `json:"code"`
	Group    string        `json:"group"`
	EMDN     *string       `json:"emdn" doc:"code of the European Medical Device Nomenclature; null where none is certain"`
	Type     string        `json:"type" doc:"generic name of the device type"`
	Name     lang.Text     `json:"name"`
	Life     int           `json:"life_years" doc:"an assumption"`
	Services []ServicePlan `json:"services" doc:"assumptions"`
}

// NamedCode is a code with its name.
type NamedCode struct {
	Code string    `json:"code"`
	Name lang.Text `json:"name"`
}

// EquipmentCatalogue is the types of devices and the words about them.
type EquipmentCatalogue struct {
	Items    []EquipmentItem `json:"items"`
	Groups   []NamedCode     `json:"groups"`
	States   []NamedCode     `json:"states"`
	Services []NamedCode     `json:"services"`
	EMDN     string          `json:"emdn_source" doc:"where the codes come from"`
	// Columns are the columns of a table that can be imported, with the headings
	// by which they are known.
	Columns []EquipmentColumn `json:"columns"`
}

// EquipmentColumn is a column of a table of devices.
type EquipmentColumn struct {
	Field    string   `json:"field"`
	Headings []string `json:"headings"`
	Needed   bool     `json:"needed"`
}

// EquipmentProblem is what is wrong with a table of devices.
type EquipmentProblem struct {
	Code    string    `json:"code"`
	Row     int       `json:"row" doc:"0: the table as a whole"`
	Column  string    `json:"column" doc:"letters of the column, or empty"`
	Field   string    `json:"field"`
	Message lang.Text `json:"message"`
}

// EquipmentImport says what became of a table of devices: all of it was taken,
// or nothing.
type EquipmentImport struct {
	File     string             `json:"file"`
	DryRun   bool               `json:"dry_run"`
	Rows     int                `json:"rows"`
	New      int                `json:"new" doc:"devices"`
	Changed  int                `json:"changed" doc:"devices whose record changed"`
	Known    int                `json:"known" doc:"devices of which everything was known already"`
	Events   int                `json:"events" doc:"new ones"`
	Ignored  []string           `json:"ignored" doc:"headings of columns that were not read"`
	Problems []EquipmentProblem `json:"problems"`
	More     int                `json:"more_problems"`
}
