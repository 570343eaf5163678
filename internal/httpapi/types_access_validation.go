package httpapi

import "github.com/shanyraq/shanyraq/lang"

// AccessStop is an end of a journey.
type AccessStop struct {
	ID        string    `json:"id"`
	Name      lang.Text `json:"name"`
	District  string    `json:"district"`
	DistrictN lang.Text `json:"district_name"`
	Alike     int       `json:"alike" doc:"other places of the same name, where the name of a city was taken to mean the city"`
}

// AccessObserved is an observed journey beside the computed one; what was
// computed is null where no way is known.
type AccessObserved struct {
	Row      *int       `json:"row" doc:"of the file, the header included; null for a published time"`
	From     AccessStop `json:"from"`
	To       AccessStop `json:"to"`
	Vehicle  string     `json:"vehicle" enum:"car,ambulance,bus,helicopter"`
	Season   *string    `json:"season" enum:"summer,winter" doc:"null: nobody said; compared with summer"`
	Class    *string    `json:"class" enum:"main,other" doc:"what most of the way is; null by air"`
	Source   string     `json:"source" doc:"of a published time the code of a document"`
	Date     *string    `json:"date"`
	Observed float64    `json:"observed_minutes"`
	Computed *float64   `json:"computed_minutes"`
	Low      *float64   `json:"low_minutes" doc:"at the quick end of the stated speeds"`
	High     *float64   `json:"high_minutes" doc:"at the slow end of the stated speeds"`
	Error    *float64   `json:"error_minutes" doc:"computed less observed"`
	Ratio    *float64   `json:"ratio" doc:"observed over computed"`
	Within   *bool      `json:"within" doc:"the observed time lies between low and high"`
	Km       *float64   `json:"km"`
	MainKm   float64    `json:"main_km"`
	OtherKm  float64    `json:"other_km"`
	OffRoad  float64    `json:"off_road_km" doc:"straight"`
}

// AccessAgreement tells how well a group of journeys is met.
type AccessAgreement struct {
	Vehicle     *string `json:"vehicle" enum:"car,ambulance,bus,helicopter" doc:"null: all"`
	Class       *string `json:"class" enum:"main,other" doc:"null: all"`
	Season      *string `json:"season" enum:"summer,winter" doc:"null: all"`
	N           int     `json:"n"`
	Bias        float64 `json:"bias_minutes" doc:"mean of computed less observed"`
	BiasPercent float64 `json:"bias_percent" doc:"mean of the errors as percentages of the observed times"`
	MAE         float64 `json:"mean_absolute_error" doc:"minutes"`
	RMSE        float64 `json:"root_mean_square_error" doc:"minutes"`
	Spread      float64 `json:"mean_absolute_percent"`
	MedianRatio float64 `json:"median_ratio" doc:"of observed over computed"`
	Within      int     `json:"within"`
	WithinShare float64 `json:"within_share"`
}

// AccessAdvice is which parameter to try another value of.
type AccessAdvice struct {
	Parameter   string    `json:"parameter"`
	Text        lang.Text `json:"text" doc:"what the parameter is"`
	Vehicle     string    `json:"vehicle" enum:"car,ambulance,helicopter"`
	Class       *string   `json:"class" enum:"main,other"`
	Season      string    `json:"season" enum:"summer,winter"`
	N           int       `json:"n"`
	MedianRatio float64   `json:"median_ratio"`
	RatioLow    float64   `json:"median_ratio_low" doc:"lower end of the 95 % interval of the median"`
	RatioHigh   float64   `json:"median_ratio_high"`
	Now         float64   `json:"now"`
	Try         float64   `json:"try"`
	Unit        string    `json:"unit"`
	Outside     bool      `json:"outside" doc:"the value lies outside the range in which the parameter is said to lie"`
	Set         string    `json:"set" doc:"for the parameter set of a question, with what is set already"`
}

// AccessValidation sets computed minutes against observed ones. With problems
// nothing is compared.
type AccessValidation struct {
	AsOf      string             `json:"as_of"`
	Published bool               `json:"published" doc:"the times are those that the country pack holds"`
	File      *string            `json:"file"`
	Rows      []AccessObserved   `json:"rows" doc:"in the order of the table"`
	Groups    []AccessAgreement  `json:"groups" doc:"all, by vehicle, and of cars by class of road, season and both"`
	Unreached int                `json:"unreached" doc:"journeys for which no way is known; they are in no group"`
	Unsaid    int                `json:"season_unsaid" doc:"journeys by road of which nobody said when; compared with summer"`
	Advice    []AccessAdvice     `json:"advice"`
	MinAdvice int                `json:"advice_from" doc:"journeys from which on a group changes a parameter"`
	Set       map[string]float64 `json:"set" doc:"parameters with another value than stated"`
	Ignored   []string           `json:"ignored" doc:"headings that were not understood"`
	Problems  []AccessProblem    `json:"problems"`
	More      int                `json:"more_problems" doc:"problems beyond those listed"`
}

// AccessProblem is what is wrong with a table and what to do.
type AccessProblem struct {
	Code    string    `json:"code"`
	Row     int       `json:"row" doc:"0: the whole table"`
	Column  string    `json:"column" doc:"letters; empty: the whole row"`
	Field   string    `json:"field"`
	Message lang.Text `json:"message"`
}
