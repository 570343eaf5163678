package main

import (
	"maps"

	"github.com/shanyraq/shanyraq/lang"
)

func init() {
	maps.Copy(help, helpOC4IDS)
	maps.Copy(words, wordsOC4IDS)
}

// helpOC4IDS and wordsOC4IDS are the texts of the three commands about OC4IDS.
var helpOC4IDS = map[string]lang.Text{
	"check_oc4ids":     say3("Файлды OC4IDS 0.9.5 стандартымен салыстыру", "Сверить файл со стандартом OC4IDS 0.9.5", "Compare a file with the standard OC4IDS 0.9.5"),
	"import_oc4ids":    say3("OC4IDS жобаларын енгізу: түзетілгенінің бәрін көрсетіп", "Внести проекты OC4IDS, показав каждое исправление", "Bring in OC4IDS projects, with a report of every repair"),
	"export_oc4ids":    say3("Жұмыстарды OC4IDS 0.9.5 пакеті етіп шығару", "Выгрузить работы пакетом OC4IDS 0.9.5", "Write out the works as an OC4IDS 0.9.5 package"),
	"oc4ids_prefix":    say3("Жобалардың тіркелген префиксі: oc4ids-xxxxxx", "Зарегистрированный префикс проектов: oc4ids-xxxxxx", "Registered prefix of project ids: oc4ids-xxxxxx"),
	"oc4ids_uri":       say3("Пакет мекенжайы", "Адрес пакета", "Address of the package"),
	"oc4ids_publisher": say3("Пакетті жариялаушы", "Издатель пакета", "Publisher of the package"),
	"oc4ids_published": say3("Пакеттің жарияланған сәті (RFC 3339)", "Когда опубликован пакет (RFC 3339)", "When the package was published (RFC 3339)"),
	"oc4ids_licence":   say3("Пакет лицензиясының мекенжайы", "Адрес лицензии пакета", "Address of the licence of the package"),
}

var wordsOC4IDS = map[string]lang.Text{
	"oc4ids_accepted": say3("қабылданды", "принят", "accepted"),
	"oc4ids_refused":  say3("қабылданбады", "не принят", "not accepted"),
	"oc4ids_repair":   say3("түзетілді", "исправлено", "repaired"),
	"oc4ids_problem":  say3("мәселе", "проблема", "problem"),
	"oc4ids_dry":      say3("Тексерілді, ештеңе жазылмады: {projects} жобаның {accepted} қабылданады, түзету {repairs}, мәселе {problems}.", "Проверено, ничего не записано: из {projects} проектов принимается {accepted}, исправлений {repairs}, проблем {problems}.", "Checked, nothing written. Projects: {projects}, accepted: {accepted}, repairs: {repairs}, problems: {problems}."),
	"oc4ids_done":     say3("{projects} жобаның {accepted} қабылданды: жазылған жұмыс {works}, жол {lines}; түзету {repairs}, мәселе {problems}.", "Из {projects} проектов принято {accepted}: записано работ {works}, строк {lines}; исправлений {repairs}, проблем {problems}.", "Projects: {projects}, accepted: {accepted}. Written: works {works}, lines {lines}. Repairs: {repairs}, problems: {problems}."),
	"oc4ids_none":     say3("Бірде-бір жоба қабылданбады: мәселелерін түзетіп, қайта көріңіз.", "Ни один проект не принят: исправьте проблемы и повторите.", "No project was accepted: mend the problems and try again."),
	"oc4ids_exported": say3("Жазылған жоба: {n}, файл {file}", "Записано проектов: {n}, файл {file}", "Projects written: {n}, file {file}"),
	"oc4ids_error":    say3("қате", "ошибка", "error"),
	"oc4ids_warning":  say3("ескерту", "предупреждение", "warning"),
	"oc4ids_valid":    say3("OC4IDS {version} талаптарына сай: жоба {projects}, ескерту {warnings}.", "Соответствует OC4IDS {version}: проектов {projects}, предупреждений {warnings}.", "Valid OC4IDS {version}. Projects: {projects}, warnings: {warnings}."),
	"oc4ids_invalid":  say3("OC4IDS {version} талаптарына сай емес: жоба {projects}, қате {errors}, ескерту {warnings}.", "Не соответствует OC4IDS {version}: проектов {projects}, ошибок {errors}, предупреждений {warnings}.", "Not valid OC4IDS {version}. Projects: {projects}, errors: {errors}, warnings: {warnings}."),
}
