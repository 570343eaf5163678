package forecast

import "github.com/shanyraq/shanyraq/lang"

// Note says why a number is not shown, or what to know before it is used.
type Note string

// The notes of plans, earned value and earned schedule.
const (
	NoPlan       Note = "no_plan"
	PlanFalls    Note = "plan_falls"
	Negative     Note = "negative"
	BeforeStart  Note = "before_start"
	NoProgress   Note = "no_progress"
	NothingSpent Note = "nothing_spent"
	BudgetSpent  Note = "budget_spent"
	Finished     Note = "finished"
	AbovePlan    Note = "above_plan"
	Fell         Note = "fell"
	AfterPlanEnd Note = "after_plan_end"
	TooFar       Note = "too_far"
	Rounded      Note = "rounded"
	NotSaid      Note = "not_said"
)

// The notes of reference classes.
const (
	NoCases      Note = "no_cases"
	WiderClass   Note = "wider_class"
	SmallClass   Note = "small_class"
	BeyondData   Note = "beyond_data"
	TailFitted   Note = "tail_fitted"
	NoMean       Note = "no_mean"
	MeanDoubtful Note = "mean_doubtful"
	PriorUsed    Note = "prior_used"
	PriorOnly    Note = "prior_only"
	PriorSilent  Note = "prior_silent"
)

// The notes of simulations.
const (
	NothingLeft Note = "nothing_left"
	OldReport   Note = "old_report"
	NotYetEnded Note = "not_yet_ended"
	FewRunsLeft Note = "few_runs_left"
	Horizon     Note = "horizon"
)

// The reasons of warnings.
const (
	DeadlinePassed Note = "deadline_passed"
	UnlikelyOnTime Note = "unlikely_on_time"
	DoubtfulOnTime Note = "doubtful_on_time"
	SlowPace       Note = "slow_pace"
	ClassLater     Note = "class_later"
)

// The notes of scores.
const (
	NothingScored Note = "nothing_scored"
	FewScored     Note = "few_scored"
	SomeOpen      Note = "some_open"
	NoDeclared    Note = "no_declared"
	SomeRefused   Note = "some_refused"
)

var noteTexts = map[Note]lang.Text{
	NoPlan:       {lang.KK: "жоспардың ұзақтығы да, мәні де жоқ", lang.RU: "у плана нет ни длительности, ни объёма", lang.EN: "the plan has no length or no value"},
	PlanFalls:    {lang.KK: "жоспардағы жинақталған мән кемімеуі керек", lang.RU: "накопленный план не может убывать", lang.EN: "a cumulative plan never falls"},
	Negative:     {lang.KK: "теріс мән немесе сан емес: алдымен дерек түзетілсін", lang.RU: "значение отрицательное или не число: сначала исправьте данные", lang.EN: "a value is negative or not a number: mend the data first"},
	BeforeStart:  {lang.KK: "есеп жоспарланған басталу күніне дейін берілген", lang.RU: "отчёт составлен до планового начала", lang.EN: "the report stands before the planned start"},
	NoProgress:   {lang.KK: "әлі ештеңе орындалмаған, сондықтан қарқын бойынша болжам жасалмайды", lang.RU: "пока ничего не выполнено, поэтому прогноз по темпу невозможен", lang.EN: "nothing has been done yet, so pace gives no forecast"},
	NothingSpent: {lang.KK: "ештеңе жұмсалмаған, сондықтан шығын қарқыны мен индексі жоқ", lang.RU: "ничего не израсходовано, поэтому темпа и индекса расходов нет", lang.EN: "nothing has been spent, so there is no pace and no index of spending"},
	BudgetSpent:  {lang.KK: "бюджет толық жұмсалған, ал жұмыс бітпеген: бюджет шегінде аяқтау мүмкін емес", lang.RU: "бюджет израсходован, а работа не закончена: уложиться в него уже нельзя", lang.EN: "the budget is spent and the work is not done: it can no longer be kept"},
	Finished:     {lang.KK: "жұмыс аяқталған", lang.RU: "работа закончена", lang.EN: "the work is finished"},
	AbovePlan:    {lang.KK: "орындалғаны бүкіл жоспардан көп: үлес немесе құн қате", lang.RU: "выполнено больше всего плана: ошибка в доле или в стоимости", lang.EN: "more is done than the whole plan holds: the share or the cost is wrong"},
	Fell:         {lang.KK: "орындалу алдыңғы есептегіден төмендеген: себебі керек", lang.RU: "выполнение меньше, чем в прежнем отчёте: нужна причина", lang.EN: "progress is lower than in the report before: a reason is needed"},
	AfterPlanEnd: {lang.KK: "есеп жоспарланған аяқталу күнінен кейін берілген", lang.RU: "отчёт составлен после планового окончания", lang.EN: "the report stands after the planned end"},
	TooFar:       {lang.KK: "осы қарқынмен аяқталуы жүз жылдан асады", lang.RU: "при таком темпе до окончания больше ста лет", lang.EN: "at this pace the end is more than a hundred years away"},
	NotSaid:      {lang.KK: "айтылмаған сома бар: белгісіз дегеніміз нөл емес", lang.RU: "одна из сумм не названа: неизвестное — не ноль", lang.EN: "an amount was not said: unknown is not zero"},
	Rounded:      {lang.KK: "тиынға дейін дөңгелектелген", lang.RU: "округлено до тиына", lang.EN: "rounded to the tiyn"},
	NoCases:      {lang.KK: "салыстыруға аяқталған жоба жоқ", lang.RU: "нет завершённых проектов для сравнения", lang.EN: "no project that has ended can be compared"},
	WiderClass:   {lang.KK: "тар класта жоба аз, сондықтан кеңірек класс алынды", lang.RU: "в узком классе мало проектов, поэтому взят более широкий", lang.EN: "the narrow class has too few projects, so a wider one was taken"},
	SmallClass:   {lang.KK: "ең кең класта да жоба қажеттіден аз", lang.RU: "даже в самом широком классе проектов меньше, чем нужно", lang.EN: "even the widest class has fewer projects than are needed"},
	BeyondData:   {lang.KK: "сұралған үлес деректерден асып тұр, сондықтан көрсетілмейді", lang.RU: "запрошенная доля выходит за пределы данных и не показывается", lang.EN: "the data do not reach that far, so nothing is shown"},
	TailFitted:   {lang.KK: "деректерден тыс бөлігі Парето құйрығымен бағаланды", lang.RU: "за пределами данных — оценка по хвосту Парето", lang.EN: "beyond the data, an estimate from a Pareto tail"},
	NoMean:       {lang.KK: "құйрығы өте ауыр: орташа мән жоқ", lang.RU: "хвост настолько тяжёлый, что среднего не существует", lang.EN: "the tail is so fat that no mean exists"},
	MeanDoubtful: {lang.KK: "орташа мәннің бар екені күмәнді: құйрығы ауыр", lang.RU: "существование среднего сомнительно: хвост тяжёлый", lang.EN: "whether a mean exists is doubtful: the tail is fat"},
	PriorUsed:    {lang.KK: "жарияланған класс өз жобаларымызбен қоса есептелді", lang.RU: "к собственным проектам добавлен опубликованный класс", lang.EN: "a published class was blended with our own projects"},
	PriorOnly:    {lang.KK: "өз жобаларымыз жоқ: тек жарияланған класс", lang.RU: "собственных проектов нет: только опубликованный класс", lang.EN: "no projects of our own: the published class alone"},
	PriorSilent:  {lang.KK: "жарияланған дереккөз бұл үлесті бермейді", lang.RU: "опубликованный источник эту долю не приводит", lang.EN: "the published source does not say this quantile"},
	NothingLeft:  {lang.KK: "орындалмаған кезең қалмаған", lang.RU: "невыполненных этапов не осталось", lang.EN: "no stage is left to do"},
	OldReport:    {lang.KK: "болжам соңғы есептен басталады, ал ол ескі: ұсынылған күннің бір бөлігі өтіп кеткен", lang.RU: "прогноз идёт от последнего отчёта, а он старый: часть дат уже прошла", lang.EN: "the forecast starts from the last report, which is old: some of its days have passed"},
	NotYetEnded:  {lang.KK: "осы күнге дейін аяқталмағаны белгілі, ертерек аяқталатын нұсқалар алынып тасталды", lang.RU: "известно, что к этому дню не окончено; более ранние исходы исключены", lang.EN: "it is known not to have ended by that day; earlier outcomes were left out"},
	FewRunsLeft:  {lang.KK: "белгілі жағдайға сай нұсқа тым аз: кезеңдерді қайта бағалау керек", lang.RU: "исходов, согласных с известным, слишком мало: этапы надо оценить заново", lang.EN: "too few outcomes agree with what is known: estimate the stages anew"},
	Horizon:      {lang.KK: "нұсқалардың бір бөлігі қырық жылдан асады", lang.RU: "часть исходов дальше сорока лет", lang.EN: "some outcomes lie more than forty years away"},

	DeadlinePassed: {lang.KK: "мәлімделген мерзім өтіп кетті, ал жоба аяқталмаған", lang.RU: "объявленный срок прошёл, проект не окончен", lang.EN: "the declared deadline has passed and the project is open"},
	UnlikelyOnTime: {lang.KK: "мерзімінде аяқталу ықтималдығы 20 %-дан төмен", lang.RU: "вероятность окончить в срок ниже 20 %", lang.EN: "the chance to end in time is below 20 %"},
	DoubtfulOnTime: {lang.KK: "мерзімінде аяқталу ықтималдығы 50 %-дан төмен", lang.RU: "вероятность окончить в срок ниже 50 %", lang.EN: "the chance to end in time is below 50 %"},
	SlowPace:       {lang.KK: "жұмыс қарқыны жоспардан баяу", lang.RU: "темп работ ниже планового", lang.EN: "the pace is below the plan"},
	ClassLater:     {lang.KK: "ұқсас жобалардың жартысы бұл мерзімнен кеш аяқталған", lang.RU: "половина схожих проектов закончилась позже этого срока", lang.EN: "half of the projects like it ended later than this deadline"},

	NothingScored: {lang.KK: "бағалауға болатын болжам жоқ", lang.RU: "нет прогнозов, которые можно оценить", lang.EN: "no forecast can be scored yet"},
	FewScored:     {lang.KK: "болжам аз, аралықтар кең", lang.RU: "прогнозов мало, интервалы широкие", lang.EN: "few forecasts: the intervals are wide"},
	SomeOpen:      {lang.KK: "кей жоба әлі аяқталмаған: күні өткен шектер орындалмаған деп саналды, қалғаны есепке кірмеді", lang.RU: "часть проектов не окончена: прошедшие границы засчитаны как промах, остальные не учтены", lang.EN: "some projects are still open: bounds that have passed count as missed, the others are left out"},
	SomeRefused:   {lang.KK: "кей болжамды бағалау мүмкін емес: шектері реттелмеген немесе аяқталғаннан кейін жасалған", lang.RU: "часть прогнозов оценить нельзя: границы не по порядку или прогноз сделан после окончания", lang.EN: "some forecasts cannot be scored: their days are not in order, or they were made after the end"},
	NoDeclared:    {lang.KK: "мәлімделген мерзім жоқ, сондықтан салыстыруға негіз жоқ", lang.RU: "объявленного срока нет, поэтому сравнить не с чем", lang.EN: "no declared deadline to compare with"},
}

// Text returns the note in the languages of the interface.
func (n Note) Text() lang.Text { return noteTexts[n] }
