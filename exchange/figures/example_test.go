package figures_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/shanyraq/shanyraq/exchange/figures"
	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/place"
)

// A table in which one cell is wrong: nothing is taken, and the cell is named.
func ExampleRead() {
	catalogue := figures.NewLists(
		[]ledger.Measure{{Code: "beds.count", Version: 1, Unit: "bed"}},
		[]ledger.Unit{{Code: "bed", Kind: "count"}},
		[]place.Place{{ID: "R-1"}},
		[]ledger.Document{{Name: "yearbook"}})
	const csv = "measure,place,period,kind,value,source\n" +
		"beds.count,R-1,2025,actual,7210,yearbook\n" +
		"beds.count,R-1,2026,plan,8.000,yearbook\n"

	table, err := sheet.OpenStream(strings.NewReader(csv), sheet.Options{Name: "beds.csv"})
	if err != nil {
		fmt.Println(err)
		return
	}
	got, err := figures.Read(context.Background(), table, figures.Options{Catalogue: catalogue})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range got.Problems {
		fmt.Println(p.Cell, p.Code)
	}
	fmt.Println(len(got.Figures), "figures")
	// Output:
	// E3 number_ambiguous
	// 0 figures
}
