package httpapi

import "github.com/shanyraq/shanyraq/lang"

// AccessQuery is the question who reaches a service, and in how many minutes.
type AccessQuery struct {
	Service  string  `query:"service" maxLength:"80" doc:"code of a service; default infarction, or the first with a way to it" example:"infarction"`
	Season   string  `query:"season" enum:"summer,winter" doc:"default summer"`
	Mode     string  `query:"mode" enum:"road,air,best" doc:"by road, by aircraft alone, or the better of both where it flies; default road"`
	Span     string  `query:"span" enum:"call_to_door,call_to_treatment,drive_only" doc:"what the minutes of an emergency count; default call_to_door"`
	Limit    float64 `query:"limit" minimum:"0" maximum:"1440" doc:"minutes, inclusive; default the norm of the service"`
	Promised bool    `query:"promised" doc:"count what is planned, built or licensed as if it were open"`
	Stated   bool    `query:"stated_only" doc:"leave out facilities whose capability no document states"`
	On       string  `query:"on" maxLength:"4000" doc:"facilities or settlements taken to be capable, with commas between"`
	Off      string  `query:"off" maxLength:"4000" doc:"facilities or settlements taken not to be, with commas between"`
	Add      string  `query:"add" maxLength:"4000" doc:"new facilities: latitude,longitude with semicolons between" example:"46.85,74.99"`
	Set      string  `query:"set" maxLength:"2000" doc:"other values of parameters: code:value with commas between" example:"speed_main:70"`
}

// AccessQuestion is the question with what was left open filled.
type AccessQuestion struct {
	Service     string             `json:"service"`
	ServiceName lang.Text          `json:"service_name"`
	Kind        string             `json:"kind" enum:"emergency,planned"`
	Season      string             `json:"season" enum:"summer,winter"`
	Mode        string             `json:"mode" enum:"road,air,best"`
	Span        string             `json:"span" enum:"call_to_door,call_to_treatment,drive_only"`
	Limit       float64            `json:"limit_minutes"`
	NormMinutes float64            `json:"norm_minutes" doc:"planning norm of the service"`
	NormSource  string             `json:"norm_source"`
	Promised    bool               `json:"promised"`
	StatedOnly  bool               `json:"stated_only"`
	On          []string           `json:"on"`
	Off         []string           `json:"off"`
	Add         []AccessPoint      `json:"add"`
	Set         map[string]float64 `json:"set"`
}

// AccessPoint is a position.
type AccessPoint struct {
	Lat float64 `json:"lat"`
	Lon float64 `json:"lon"`
}

// AccessService is a service about which may be asked.
type AccessService struct {
	Code   string    `json:"code"`
	Name   lang.Text `json:"name"`
	Kind   string    `json:"kind" enum:"emergency,planned"`
	Limit  float64   `json:"limit_minutes"`
	Source string    `json:"limit_source"`
}

// AccessParameter is a number on which minutes rest.
type AccessParameter struct {
	Code    string    `json:"code"`
	Season  *string   `json:"season" doc:"null: all year"`
	Value   float64   `json:"value"`
	Low     float64   `json:"low"`
	High    float64   `json:"high"`
	Unit    string    `json:"unit" enum:"km/h,minute,ratio,km"`
	Source  string    `json:"source" doc:"a publication, or assumption"`
	Text    lang.Text `json:"text"`
	Changed bool      `json:"changed" doc:"the question sets another value"`
}

// AccessHub is a facility capable of the service.
type AccessHub struct {
	Facility *string   `json:"facility" doc:"code; null for a presumed seat or a point"`
	Place    *string   `json:"place" doc:"its settlement"`
	Name     lang.Text `json:"name"`
	Lat      float64   `json:"lat"`
	Lon      float64   `json:"lon"`
	Basis    string    `json:"basis" enum:"stated,promised,presumed,supposed"`
	Source   string    `json:"source" doc:"a document, assumption, or asked"`
	Status   *string   `json:"status" doc:"of the capacity that makes it capable"`
	Works    []string  `json:"works" doc:"works that build it"`
	People   int64     `json:"people_inside" doc:"people inside the limit for whom it is the nearest"`
}

// AccessSum folds places by territory. People are counted or spread as the
// population says; what is inside goes by P50.
type AccessSum struct {
	Place       string    `json:"place"`
	Name        lang.Text `json:"name"`
	People      int64     `json:"people"`
	Inside      int64     `json:"inside"`
	InsidePct   *float64  `json:"inside_percent"`
	Surely      int64     `json:"surely_inside" doc:"by P90"`
	Expected    int64     `json:"inside_expected" doc:"mean over the draws"`
	Far         int64     `json:"far_off_road" doc:"people whose way leads more than 30 km straight over open ground"`
	Low         int64     `json:"inside_low" doc:"10th percentile over the draws"`
	High        int64     `json:"inside_high" doc:"90th percentile over the draws"`
	Stranded    int64     `json:"stranded" doc:"people without any way"`
	Urban       int64     `json:"urban"`
	UrbanInside int64     `json:"urban_inside"`
	Rural       int64     `json:"rural"`
	RuralInside int64     `json:"rural_inside"`
	Median      *float64  `json:"median_minutes" doc:"half of the people are within; null: so many have no way"`
	P90         *float64  `json:"p90_minutes" doc:"nine tenths of the people are within"`
	OnPresumed  int64     `json:"inside_on_presumed" doc:"people inside whose facility is only presumed capable"`
}

// AccessStep is a point of the curve of people by minutes.
type AccessStep struct {
	Minutes float64 `json:"minutes"`
	People  int64   `json:"people" doc:"by P50"`
	Likely  int64   `json:"people_p90" doc:"by P90"`
}

// AccessSway is what one parameter does to the people inside.
type AccessSway struct {
	Parameter AccessParameter `json:"parameter"`
	AtLow     int64           `json:"inside_at_low"`
	AtHigh    int64           `json:"inside_at_high"`
}

// AccessChange is what the switches do to one place.
type AccessChange struct {
	Place   AccessPlace `json:"place"`
	Before  *float64    `json:"before_minutes"`
	After   *float64    `json:"after_minutes"`
	Crossed bool        `json:"crossed" doc:"it comes inside the limit or falls out of it"`
}

// AccessDifference is the answer set against the one without the switches: what
// stands open today, nothing on, off or added.
type AccessDifference struct {
	Before  AccessSum      `json:"before"`
	Gained  int64          `json:"gained" doc:"people who come inside"`
	Lost    int64          `json:"lost"`
	Places  int            `json:"places" doc:"places whose minutes change by half a minute or more"`
	Changes []AccessChange `json:"changes" doc:"the first fifty: those that cross the limit first, then most people"`
}

// AccessPlace is a place where people live.
type AccessPlace struct {
	ID        string    `json:"id"`
	Name      lang.Text `json:"name"`
	District  string    `json:"district"`
	DistrictN lang.Text `json:"district_name"`
	Region    string    `json:"region"`
	Lat       float64   `json:"lat"`
	Lon       float64   `json:"lon"`
	People    int64     `json:"people"`
	Urban     int64     `json:"urban"`
	Rural     int64     `json:"rural"`
	Estimated bool      `json:"estimated" doc:"the people were spread over the places of the district, not counted here"`
	Main      bool      `json:"main" doc:"a main settlement"`
}

// AccessRow is the answer for one place; minutes are null where there is no way.
type AccessRow struct {
	Place   AccessPlace `json:"place"`
	Stated  *float64    `json:"stated_minutes" doc:"at the stated values, a crew free, the aircraft flying"`
	P50     *float64    `json:"p50_minutes"`
	P90     *float64    `json:"p90_minutes"`
	Likely  float64     `json:"likely" doc:"share of draws inside the limit"`
	Inside  bool        `json:"inside"`
	Flown   bool        `json:"flown"`
	Hub     *AccessHub  `json:"hub"`
	Treated *float64    `json:"treated_minutes" doc:"until treatment begins in the nearest place that can begin it, at the stated values"`
	OffRoad float64     `json:"off_road_km" doc:"straight kilometres off the road on the way to the facility"`
}

// AccessLeg is one stretch of time.
type AccessLeg struct {
	Code       string   `json:"code" enum:"call_and_dispatch,response,on_scene,transport,handover,drive,wait_for_aircraft,landing,flight,door_to_treatment,door_in_door_out,onward_transport"`
	Minutes    float64  `json:"minutes"`
	Low        float64  `json:"low"`
	High       float64  `json:"high"`
	MainKm     float64  `json:"main_km"`
	OtherKm    float64  `json:"other_km"`
	OffRoadKm  float64  `json:"off_road_km" doc:"straight"`
	AirKm      float64  `json:"air_km"`
	Parameters []string `json:"parameters"`
}

// AccessChain is everything about the minutes of one place.
type AccessChain struct {
	AsOf      string            `json:"as_of"`
	Question  AccessQuestion    `json:"question"`
	Row       AccessRow         `json:"row"`
	Base      *AccessPlace      `json:"base" doc:"where the crew starts"`
	Next      *AccessPlace      `json:"next_base" doc:"from where a crew comes when that of the first base is away, if that is sooner than to wait"`
	NextWay   *AccessWay        `json:"next_way" doc:"from the next base"`
	Road      []AccessLeg       `json:"road"`
	RoadMin   *float64          `json:"road_minutes"`
	Air       []AccessLeg       `json:"air"`
	AirMin    *float64          `json:"air_minutes"`
	AirBase   *AccessPlace      `json:"air_base"`
	AirHub    *AccessHub        `json:"air_hub"`
	Flies     *float64          `json:"flies" doc:"share of calls in which it may fly"`
	AirToBase *float64          `json:"air_base_km" doc:"straight kilometres from the base of the aircraft to the patient, also where the flight is out of range; null where no aircraft is asked"`
	AirToHub  *float64          `json:"air_hub_km" doc:"from the patient to the hospital"`
	First     []AccessLeg       `json:"first" doc:"to the nearest place where treatment begins"`
	FirstMin  *float64          `json:"first_minutes"`
	FirstHub  *AccessHub        `json:"first_hub"`
	Onward    []AccessLeg       `json:"onward" doc:"by way of that place to the capable facility"`
	OnwardM   *float64          `json:"onward_minutes"`
	Decides   *string           `json:"decides" doc:"the longest leg"`
	Used      []AccessParameter `json:"parameters"`
}

// AccessWay is a way by class of road.
type AccessWay struct {
	MainKm    float64 `json:"main_km"`
	OtherKm   float64 `json:"other_km"`
	OffRoadKm float64 `json:"off_road_km" doc:"straight"`
}

// AccessPopulation tells where the people of the answer come from.
type AccessPopulation struct {
	On        string           `json:"on" doc:"day of the counts"`
	Source    string           `json:"source"`
	People    int64            `json:"people"`
	Estimated int64            `json:"estimated" doc:"people spread over the places of their district"`
	Centre    float64          `json:"centre_share" doc:"share of the country people of a district that its main settlement is taken to hold where no town is counted; an assumption"`
	Places    int              `json:"places"`
	Unplaced  int64            `json:"unplaced" doc:"people who stand at no place of the map and are in no sum"`
	Where     []AccessUnplaced `json:"unplaced_where"`
}

// AccessUnplaced is a territory whose people stand at no place.
type AccessUnplaced struct {
	Place  string    `json:"place"`
	Name   lang.Text `json:"name"`
	People int64     `json:"people"`
}

// AccessPage is the answer.
type AccessPage struct {
	AsOf       string            `json:"as_of"`
	Method     string            `json:"method"`
	Version    int               `json:"version"`
	Draws      int               `json:"draws"`
	Question   AccessQuestion    `json:"question"`
	Services   []AccessService   `json:"services"`
	Whole      AccessSum         `json:"whole"`
	Regions    []AccessSum       `json:"regions"`
	Curve      []AccessStep      `json:"curve"`
	Sways      []AccessSway      `json:"sways" doc:"the strongest first"`
	Hubs       []AccessHub       `json:"hubs"`
	Promised   []AccessHub       `json:"promised" doc:"facilities that documents promise for the service, counted or not"`
	Flies      *float64          `json:"flies" doc:"share of calls in which an aircraft flies; null where none is asked. By air alone all minutes are of such calls"`
	First      int               `json:"first_care" doc:"facilities where treatment can begin"`
	Register   bool              `json:"register" doc:"the facilities are those of a register; false: only those named in documents"`
	Parameters []AccessParameter `json:"parameters"`
	Assumed    int               `json:"assumed_parameters" doc:"of the parameters, how many are assumptions"`
	Population AccessPopulation  `json:"population"`
	Difference *AccessDifference `json:"difference" doc:"null where nothing is switched"`
	May        []string          `json:"may"`
}

// AccessRows are places with their minutes.
type AccessRows struct {
	Question AccessQuestion `json:"question"`
	Items    []AccessRow    `json:"items"`
	Next     *string        `json:"next"`
	Count    int            `json:"count"`
	People   int64          `json:"people"`
	Both     int64          `json:"people_in_and_out" doc:"people of the places chosen, inside the limit and outside of it"`
}

// AccessMap is the answer for a map: one number for each place, in the order of
// the places of the network, and the bands of minutes.
type AccessMap struct {
	Minutes []*float64  `json:"minutes" doc:"P50, of each place of the network, in its order"`
	P90     []*float64  `json:"p90"`
	Before  []*float64  `json:"before" doc:"P50 without the switches; empty where nothing is switched"`
	Bands   Raw         `json:"bands" doc:"GeoJSON: areas within so many minutes of a capable facility by road; property minutes"`
	Hubs    []AccessHub `json:"hubs"`
}

// AccessNetwork is what journeys are made on; it changes seldom.
type AccessNetwork struct {
	Places []AccessNode  `json:"places"`
	Links  []AccessRoad  `json:"links"`
	Bases  []AccessStand `json:"bases"`
}

// AccessNode is a place of the network, short.
type AccessNode struct {
	ID     string  `json:"id"`
	Lat    float64 `json:"lat"`
	Lon    float64 `json:"lon"`
	People int64   `json:"people"`
	Region string  `json:"region"`
	Main   bool    `json:"main"`
	Est    bool    `json:"estimated"`
	Name   string  `json:"name" doc:"in the language asked"`
}

// AccessRoad is a link drawn.
type AccessRoad struct {
	From string       `json:"from"`
	To   string       `json:"to"`
	Km   float64      `json:"km"`
	Main bool         `json:"main"`
	Line [][2]float64 `json:"line" doc:"longitude, latitude"`
}

// AccessStand is a base of ambulances or aircraft.
type AccessStand struct {
	Place   string `json:"place"`
	Vehicle string `json:"vehicle" enum:"road,air"`
	Source  string `json:"source"`
}

// AccessCandidate is a settlement where a capable facility would help.
type AccessCandidate struct {
	Place  AccessPlace `json:"place"`
	Gained int64       `json:"gained" doc:"people who would come inside, by P50"`
	// Facilities that stand there now, which could be upgraded.
	Facilities []AccessHub `json:"facilities"`
}

// AccessCandidates are single sites, the best first.
type AccessCandidates struct {
	AsOf     string            `json:"as_of"`
	Question AccessQuestion    `json:"question"`
	Outside  int64             `json:"outside" doc:"people outside the limit now"`
	Items    []AccessCandidate `json:"items"`
}

// AccessRecorded is what was written into the ledger.
type AccessRecorded struct {
	Run     string   `json:"run"`
	Figures []string `json:"figures"`
	New     int      `json:"new"`
}
