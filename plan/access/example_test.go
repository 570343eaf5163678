package access_test

import (
	"context"
	"fmt"

	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/plan/access"
)

// Two towns 160 km apart, a hospital in the first, and the question what a hub
// in the second would change.
func Example() {
	ground, err := access.NewGround(access.Input{
		Spots: []access.Spot{
			{ID: "west", Region: "R", Point: place.Point{Lat: 48, Lon: 70}, Urban: 50_000, Main: true},
			{ID: "east", Region: "R", Point: place.Point{Lat: 48, Lon: 72}, Urban: 20_000, Main: true},
		},
		Links:        []access.Link{{From: "west", To: "east", Km: 160, Main: true}},
		Bases:        []access.Base{{Place: "west", Vehicle: access.Road, Source: "register"}, {Place: "east", Vehicle: access.Road, Source: "register"}},
		Profiles:     []access.Profile{{Service: "infarction", Kind: access.Emergency, Capable: []string{"angiography"}, LimitMinutes: 60, LimitSource: "norm"}},
		Facilities:   []access.Facility{{ID: "hospital", Kind: "regional_hospital", Place: "west", Working: true}},
		Presumptions: []access.Presumption{{Facility: "hospital", Service: "angiography", Source: access.Assumption}},
		Parameters:   parameters(), // the table of speeds and minutes, with ranges and sources
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	question := access.Question{Service: "infarction", Season: access.Winter, Presumed: true, Day: period.NewDate(2026, 11, 29)}
	today, err := ground.Answer(ctx, question)
	if err != nil {
		fmt.Println(err)
		return
	}
	question.On = []place.ID{"east"}
	with, err := ground.Answer(ctx, question)
	if err != nil {
		fmt.Println(err)
		return
	}
	change, err := with.Against(today)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("east: %.0f minutes, with a hub %.0f; %d people come inside the hour\n", today.Rows[1].Stated, with.Rows[1].Stated, change.Gained)
	// Output: east: 150 minutes, with a hub 40; 20000 people come inside the hour
}
