package main

import (
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/internal/app"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/lang"
)

type accessValidateCommand struct {
	File string `arg:"" optional:"" help:"${h_validate_file}"`
	Set  string `placeholder:"CODE:VALUE,..." help:"${h_validate_set}"`
	Out  string `placeholder:"FILE" help:"${h_validate_out}"`
}

// Run sets computed minutes against a table of observed ones, or against the
// times that the country pack holds. Of the commands about travel time it alone
// opens the database: for the network and its parameters. It writes nothing
// there.
func (c accessValidateCommand) Run(s *session) error {
	if err := s.open(); err != nil {
		return err
	}
	got, err := c.ask(s)
	if err != nil {
		return err
	}
	if n := len(got.Problems) + got.More; n > 0 {
		if s.json {
			if err := s.print(got); err != nil {
				return err
			}
		}
		s.showFaults(got)
		return errFaults{fill(s.say("validate_bad"), "n", n)}
	}
	if c.Out != "" {
		format := sheet.CSV
		if strings.EqualFold(filepath.Ext(c.Out), ".xlsx") {
			format = sheet.XLSX
		}
		if err := writeWhole(c.Out, func(w io.Writer) error { return httpapi.WriteValidation(w, format, got) }); err != nil {
			return err
		}
	}
	if s.json {
		return s.print(got)
	}
	return s.showValidation(got)
}

func (c accessValidateCommand) ask(s *session) (*httpapi.AccessValidation, error) {
	if c.File == "" {
		return s.app.PublishedTimes(s.ctx, app.When{}, c.Set)
	}
	f, err := os.Open(c.File)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return s.app.ValidateAccess(s.ctx, app.When{}, c.Set, filepath.Base(c.File), f)
}

// showFaults names every fault with file, cell and remedy.
func (s *session) showFaults(got *httpapi.AccessValidation) {
	name := ""
	if got.File != nil {
		name = *got.File
	}
	for _, p := range got.Problems {
		at := name
		if p.Row > 0 {
			at = fmt.Sprintf("%s %s%d", name, p.Column, p.Row)
		}
		fmt.Fprintf(s.err, "%s: %s\n", at, p.Message.In(s.lang))
	}
}

// showValidation prints the groups, the journeys and what to try.
func (s *session) showValidation(got *httpapi.AccessValidation) error {
	number := func(x float64, digits int) string { return strconv.FormatFloat(x, 'f', digits, 64) }
	or := func(p *string, all string) string {
		if p == nil {
			return all
		}
		return *p
	}
	rows := [][]string{strings.Split(s.say("validate_groups"), ",")}
	for _, g := range got.Groups {
		rows = append(rows, []string{or(g.Vehicle, "*"), or(g.Class, "*"), or(g.Season, "*"), strconv.Itoa(g.N), number(g.Bias, 1), number(g.MAE, 1), number(g.RMSE, 1), number(g.MedianRatio, 2), fmt.Sprintf("%d/%d", g.Within, g.N)})
	}
	rows = append(rows, nil, strings.Split(s.say("validate_journeys"), ","))
	for _, r := range got.Rows {
		line := []string{r.From.Name.In(s.lang), r.To.Name.In(s.lang), r.Vehicle, or(r.Season, ""), number(r.Observed, 0), "", "", ""}
		if r.Computed != nil {
			line = append(line[:5], number(*r.Computed, 0), number(*r.Low, 0)+"-"+number(*r.High, 0), number(*r.Error, 0))
		}
		rows = append(rows, line)
	}
	if err := s.table(rows); err != nil {
		return err
	}
	if got.Unreached > 0 {
		fmt.Fprintln(s.out, fill(s.say("validate_unreached"), "n", got.Unreached))
	}
	for _, a := range got.Advice {
		fmt.Fprintln(s.out, fill(s.say("validate_advice"), "what", strings.TrimSpace(a.Vehicle+" "+or(a.Class, "")+" "+a.Season), "ratio", number(a.MedianRatio, 2), "code", a.Parameter, "now", number(a.Now, -1), "try", number(a.Try, -1)))
	}
	return nil
}

var helpValidate = map[string]lang.Text{
	"access_validate": say3("Есептелген минуттарды бақыланған сапарлармен салыстыру (дерекқормен)", "Сравнить вычисленные минуты с наблюдёнными поездками (с базой данных)", "Set computed minutes against observed journeys (with the database)"),
	"validate_file":   say3("from,to,minutes,season,vehicle,source бағандары бар CSV не XLSX; берілмесе – жарияланған уақыттар", "CSV или XLSX со столбцами from,to,minutes,season,vehicle,source; без файла – опубликованные времена", "CSV or XLSX with the columns from,to,minutes,season,vehicle,source; without a file the published times"),
	"validate_set":    say3("Параметрлердің басқа мәндері: speed_main:61,speed_other:55", "Другие значения параметров: speed_main:61,speed_other:55", "Other values of parameters: speed_main:61,speed_other:55"),
	"validate_out":    say3("Сапарларды есептелген минуттармен жазатын CSV не XLSX", "CSV или XLSX, куда записать поездки с вычисленными минутами", "CSV or XLSX to write the journeys with computed minutes to"),
}

var wordsValidate = map[string]lang.Text{
	"validate_groups":    say3("КӨЛІК,ЖОЛ,МЕЗГІЛ,САПАР,ЫҒЫСУ,MAE,RMSE,ҚАТЫНАС,АРАЛЫҚТА", "ТРАНСПОРТ,ДОРОГА,СЕЗОН,ПОЕЗДОК,СМЕЩЕНИЕ,MAE,RMSE,ОТНОШЕНИЕ,В ПРЕДЕЛАХ", "VEHICLE,ROAD,SEASON,JOURNEYS,BIAS,MAE,RMSE,RATIO,IN RANGE"),
	"validate_journeys":  say3("ҚАЙДАН,ҚАЙДА,КӨЛІК,МЕЗГІЛ,БАҚЫЛАНҒАН,ЕСЕПТЕЛГЕН,АРАЛЫҚ,ҚАТЕ", "ОТКУДА,КУДА,ТРАНСПОРТ,СЕЗОН,НАБЛЮДЕНО,ВЫЧИСЛЕНО,ПРЕДЕЛЫ,ОШИБКА", "FROM,TO,VEHICLE,SEASON,OBSERVED,COMPUTED,RANGE,ERROR"),
	"validate_unreached": say3("Жолы белгісіз сапар: {n}.", "Поездок без известного пути: {n}.", "Journeys without a known way: {n}."),
	"validate_advice":    say3("{what}: қатынас медианасы {ratio}. {code} мәнін {now} орнына {try} етіп көріңіз: --set {code}:{try}", "{what}: медиана отношения {ratio}. Попробуйте {code} {try} вместо {now}: --set {code}:{try}", "{what}: median ratio {ratio}. Try {code} {try} instead of {now}: --set {code}:{try}"),
	"validate_bad":       say3("кестеде {n} қате бар, ештеңе салыстырылмады", "в таблице ошибок: {n}, ничего не сравнивалось", "the table has {n} faults, nothing was compared"),
}

func init() {
	maps.Copy(help, helpValidate)
	maps.Copy(words, wordsValidate)
}
