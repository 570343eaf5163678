package network

import "github.com/shanyraq/shanyraq/lang"

func say(kk, ru, en string) lang.Text { return lang.Text{lang.KK: kk, lang.RU: ru, lang.EN: en} }

// phrases say what each check counts, and why one cannot be made.
var phrases = map[string]lang.Text{
	"logic": say("Алдындағы не кейінгі жұмысы көрсетілмеген жұмыстар (жоспардың басы мен соңынан басқа)",
		"Работы без предшественника или без последователя (кроме начала и конца плана)",
		"Activities without a predecessor or without a successor, beside the beginning and the end of the plan"),
	"leads":              say("Теріс кідіріспен берілген байланыстар (озу)", "Связи с отрицательной задержкой (опережением)", "Links with a negative lag (a lead)"),
	"lags":               say("Кідіріспен берілген байланыстар", "Связи с задержкой", "Links with a lag"),
	"relationship_types": say("«Аяқталу–басталу» түріне жатпайтын байланыстар", "Связи не типа «окончание — начало»", "Links that are not finish-to-start"),
	"hard_constraints":   say("Мерзімі қатаң бекітілген жұмыстар", "Работы с жёстким ограничением срока", "Activities with a hard constraint"),
	"high_float":         say("Уақыт қоры 44 жұмыс күнінен көп жұмыстар", "Работы с резервом времени больше 44 рабочих дней", "Activities with a float of more than 44 working days"),
	"negative_float":     say("Уақыт қоры теріс жұмыстар: белгіленген мерзімге үлгермейді", "Работы с отрицательным резервом: к назначенному сроку не успевают", "Activities with negative float: a date that was set cannot be met"),
	"high_duration":      say("Ұзақтығы 44 жұмыс күнінен асатын жұмыстар", "Работы длиннее 44 рабочих дней", "Activities longer than 44 working days"),
	"invalid_dates": say("Күндері есеп күніне қайшы жұмыстар: болашағы өткенде немесе орындалғаны болашақта",
		"Работы, даты которых противоречат дате отчёта: предстоящее в прошлом или выполненное в будущем",
		"Activities whose dates contradict the data date: what is to come lies before it, or what was done after it"),
	"resources":          say("Ресурсы да, құны да тағайындалмаған жұмыстар", "Работы без ресурсов и без стоимости", "Activities to which neither resources nor cost are assigned"),
	"missed_tasks":       say("Базалық жоспар бойынша аяқталуы тиіс, бірақ кешіккен не аяқталмаған жұмыстар", "Работы, которые по базовому плану должны быть завершены, но завершены позже или не завершены", "Tasks due by the baseline that ended later or have not ended"),
	"critical_path_test": say("Сындарлы жолды тексеру: жұмыс 600 күнге ұзарса, соңғы мерзім сонша жылжымайды", "Проверка критического пути: при удлинении работы на 600 дней окончание не сдвигается на столько же", "Critical path test: with an activity 600 days longer the end does not move by as much"),
	"critical_path_length_index": say("Сындарлы жол ұзындығының индексі (CPLI): қалған жол мен уақыт қорының қалған жолға қатынасы",
		"Индекс длины критического пути (CPLI): отношение оставшегося пути с резервом к оставшемуся пути",
		"Critical path length index (CPLI): the rest of the path and its float over the rest of the path"),
	"baseline_execution_index": say("Базалық жоспарды орындау индексі (BEI): аяқталған жұмыстардың аяқталуы тиіс жұмыстарға қатынасы",
		"Индекс исполнения базового плана (BEI): отношение завершённых работ к тем, что должны быть завершены",
		"Baseline execution index (BEI): tasks that have ended over tasks that should have"),

	"cycles":              say("Өзін-өзі күтетін жұмыстар (тұйық шеңбер): мерзімдер есептелмейді", "Работы, которые ждут сами себя (циклы): сроки вычислить нельзя", "Activities that wait for themselves (circles): no dates can be computed"),
	"dangling_links":      say("Файлда жоқ жұмысқа апаратын байланыстар", "Связи с работами, которых нет в файле", "Links with an activity that is not in the file"),
	"external_links":      say("Басқа жобадағы жұмыспен байланыстар: есепке алынбаған", "Связи с работами другого проекта: в расчёт не вошли", "Links with an activity of another project: not part of the computation"),
	"links_left_out":      say("Қосалқы жұмыстардың (level of effort) байланыстары: есепке алынбаған", "Связи работ сопровождения (level of effort): в расчёт не вошли", "Links of efforts that only accompany others: not part of the computation"),
	"links_twice":         say("Екі рет көрсетілген байланыстар", "Связи, указанные дважды", "Links said twice"),
	"out_of_sequence":     say("Байланысқа қайшы ерте басталған жұмыстар", "Работы, начатые раньше, чем позволяет связь", "Work that began before a link let it"),
	"open_ends":           say("Басталуын ештеңе ұстамайтын немесе аяқталуы ештеңені ұстамайтын жұмыстар", "Работы, начало которых ничем не определено или окончание которых ни на что не влияет", "Activities whose start nothing holds or whose finish holds nothing"),
	"without_baseline":    say("Базалық мерзімі жоқ жұмыстар", "Работы без базового срока", "Activities without a baseline"),
	"as_late_as_possible": say("«Мүмкіндігінше кеш» деп қойылған жұмыстар", "Работы с правилом «как можно позже»", "Activities kept as late as possible"),
	"typed_dates":         say("Күндері қолмен енгізілген жұмыстар: байланыстар оларды жылжытпайды", "Работы с датами, введёнными вручную: связи их не сдвигают", "Activities with dates typed by hand: links do not move them"),
	"dates_differ":        say("Файлдағы аяқталу күні есептелгеннен бір күн не одан көп алшақ жұмыстар", "Работы, окончание которых в файле отличается от вычисленного на день и больше", "Activities whose finish in the file is a day or more away from the computed one"),

	"no_data_date": say("Есеп күні көрсетілмеген, сондықтан тексерілмеді", "Дата отчёта не указана, поэтому не проверено", "No data date is given, so this was not checked"),
	"no_baseline":  say("Базалық жоспар жоқ, сондықтан тексерілмеді", "Базового плана нет, поэтому не проверено", "There is no baseline, so this was not checked"),
	"no_resources": say("Файлда ресурстар да, құн да жоқ, сондықтан тексерілмеді", "В файле нет ни ресурсов, ни стоимости, поэтому не проверено", "The file carries neither resources nor cost, so this was not checked"),
	"no_times":     say("Тұйық шеңбер бар, сондықтан мерзімдер есептелмеді", "Есть циклы, поэтому сроки не вычислены", "There are circles, so no dates were computed"),
	"no_critical":  say("Қалған жұмыс жоқ, сондықтан тексерілмеді", "Оставшихся работ нет, поэтому не проверено", "No work is left, so this was not checked"),
	"nothing_due":  say("Есеп күніне дейін ештеңе аяқталуы тиіс емес еді", "К дате отчёта ничего не должно было завершиться", "Nothing was due by the data date"),
}
