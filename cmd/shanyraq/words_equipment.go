package main

import (
	"maps"

	"github.com/shanyraq/shanyraq/lang"
)

// The words of the import of devices.
func init() {
	maps.Copy(help, map[string]lang.Text{
		"import_equipment": say3("CSV не XLSX кестесінен медициналық техника тізілімін енгізу", "Импортировать реестр медицинской техники из CSV или XLSX", "Import a register of medical devices from CSV or XLSX"),
		"equipment_map":    say3("Бағандардың тақырыптары көрсетілген JSON файлы", "Файл JSON с заголовками колонок", "JSON file that names the headings of the columns"),
	})
	maps.Copy(words, map[string]lang.Text{
		"equipment_done":    say3("{rows} жол оқылды: {new} жаңа құрылғы, {changed} өзгертілді, {known} бұрыннан белгілі; жаңа оқиғалар: {events}.", "Прочитано строк: {rows}. Новых единиц {new}, изменено {changed}, уже известно {known}; новых событий {events}.", "Rows read: {rows}. Devices new: {new}, changed: {changed}, known already: {known}; new events: {events}."),
		"equipment_dry":     say3("Тексерілді, ештеңе жазылмады: {rows} жол, {new} жаңа құрылғы, {changed} өзгереді, {known} бұрыннан белгілі.", "Проверено, ничего не записано: строк {rows}, новых единиц {new}, изменится {changed}, уже известно {known}.", "Checked, nothing written. Rows: {rows}, new devices: {new}, to be changed: {changed}, known already: {known}."),
		"equipment_ignored": say3("Түсініксіз бағандар оқылмады: {list}", "Непонятые колонки не прочитаны: {list}", "Columns that were not understood were not read: {list}"),
	})
}
