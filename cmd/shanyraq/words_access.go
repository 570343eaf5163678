package main

import (
	"maps"

	"github.com/shanyraq/shanyraq/lang"
)

func init() {
	maps.Copy(help, helpAccess)
	maps.Copy(words, wordsAccess)
}

// helpAccess and wordsAccess are the texts of the commands about travel time.
var helpAccess = map[string]lang.Text{
	"access":            say3("Медициналық көмекке жету уақыты: жолдар мен торлар, файлдар бойынша", "Время в пути до помощи: по дорогам и по растру, из файлов", "Travel time to care: on roads and on grids, from files"),
	"access_roads":      say3("Жол желісіндегі уақыт: әр түйінге ең жақын көз, жұптар кестесі", "Время по дорогам: ближайший источник для каждого узла, таблица пар", "Times on roads: the nearest source of every node, a table of pairs"),
	"access_isochrones": say3("Изохроналар: неше минутта қай аумаққа жетуге болады, GeoJSON", "Изохроны: куда можно доехать за столько-то минут, GeoJSON", "Isochrones: the area that is reached in so many minutes, as GeoJSON"),
	"iso_points":        say3("Қабырға түйіндерінің орны: CSV id,lon,lat", "Где лежат узлы рёбер: CSV id,lon,lat", "Where the nodes of the edges lie: CSV id,lon,lat"),
	"iso_places":        say3("Жолдағы ең жақын орынға байланатын орындар: CSV id,lon,lat", "Места, которые привязываются к ближайшей дороге: CSV id,lon,lat", "Places that are tied to the nearest road: CSV id,lon,lat"),
	"iso_minutes":       say3("Шектер, минут, үтірмен; шектің өзі де кіреді", "Пределы в минутах через запятую; сам предел входит", "Limits in minutes, with commas between; the limit itself counts"),
	"iso_off_road":      say3("Жолдан тыс жылдамдық, км/сағ (болжам)", "Скорость вне дорог, км/ч (допущение)", "Speed off the road in km/h (an assumption)"),
	"iso_detour":        say3("Жолдан тыс жол түзу сызықтан неше есе ұзын (болжам)", "Во сколько раз путь вне дорог длиннее прямой (допущение)", "How much longer the way off the road is than the straight line (an assumption)"),
	"iso_farthest":      say3("Орыннан жолға дейінгі ең ұзақ қашықтық, метр; одан алысы қабылданбайды", "Наибольшее расстояние от места до дороги в метрах; дальше — отказ", "The longest distance from a place to a road in metres; farther ones are refused"),
	"iso_cell":          say3("Тор ұяшығының ені, метр; әдепкіде аумаққа қарай таңдалады", "Ширина ячейки в метрах; по умолчанию по размеру территории", "Width of a grid cell in metres; chosen by the size of the area unless given"),
	"iso_tolerance":     say3("Сызықты ықшамдау дәлдігі, метр; әдепкіде ұяшықтың төрттен бірі, теріс сан — ықшамдамау", "Точность упрощения линий в метрах; по умолчанию четверть ячейки, отрицательное — не упрощать", "Tolerance of the drawn lines in metres; a quarter of a cell unless given, a negative number keeps every point"),
	"iso_within":        say3("Аумақтар осы GeoJSON кескінінің ішінде ғана", "Обрезать по контуру из GeoJSON", "Cut the areas off at the outline in this GeoJSON file"),
	"iso_out":           say3("Жазылатын GeoJSON файлы", "Файл GeoJSON для записи", "GeoJSON file to write"),
	"roads_osm":         say3("OpenStreetMap жол үзіндісі (.osm.pbf)", "Выгрузка OpenStreetMap (.osm.pbf)", "Extract of OpenStreetMap (.osm.pbf)"),
	"roads_profile":     say3("OpenStreetMap бойынша жүретін көлік: car — жеңіл көлік, ambulance — жедел жәрдем", "Кто едет по OpenStreetMap: car — легковой автомобиль, ambulance — скорая помощь", "Who drives on OpenStreetMap: car or ambulance"),
	"roads_season":      say3("OpenStreetMap жолдарының маусымы: summer — жаз, winter — қыс", "Сезон для дорог OpenStreetMap: summer — лето, winter — зима", "Season of the roads of OpenStreetMap: summer or winter"),
	"roads_speeds":      say3("Өз жылдамдықтар кестесі (CSV), бағдарламадағы жолдардың орнына", "Своя таблица скоростей (CSV) поверх встроенной", "Table of speeds of your own (CSV) over the one that comes with the program"),
	"roads_gr":          say3("DIMACS граф файлы (.gr)", "Файл графа DIMACS (.gr)", "Graph file of DIMACS (.gr)"),
	"roads_gr_scale":    say3(".gr салмағының бір бірлігіне неше секунд келеді", "Сколько секунд в единице веса .gr", "Seconds in a unit of weight of the .gr file"),
	"roads_edges":       say3("CSV қабырғалар: id,source,target,cost_s", "CSV рёбер: id,source,target,cost_s", "CSV of edges: id,source,target,cost_s"),
	"roads_undirected":  say3("Әр қабырға екі бағытта да жүреді", "Каждое ребро проходимо в обе стороны", "Every edge leads both ways"),
	"roads_sources":     say3("Көздер CSV файлы, node бағаны бар", "CSV источников со столбцом node", "CSV of sources with a column node"),
	"roads_nearest":     say3("Әр түйіннің ең жақын көзін жазатын CSV", "CSV, куда записать ближайший источник каждого узла", "CSV to write the nearest source of every node to"),
	"roads_towards":     say3("Түйіннен көзге қарай (адам ауруханаға барады); әдепкіде көзден түйінге", "От узла к источнику (человек едет в больницу); по умолчанию от источника к узлу", "From the node to the source (people drive to a hospital); by default from the source to the node"),
	"roads_matrix":      say3("Барлық көз бен нысана жұптарын жазатын CSV", "CSV, куда записать все пары источник — цель", "CSV to write all pairs of source and target to"),
	"roads_hierarchy":   say3("Желі иерархиясының файлы: бар болса оқылады, жоқ болса жазылады", "Файл иерархии сети: читается, если он есть, иначе записывается", "File of the hierarchy: read if it is there, else written"),
	"roads_targets":     say3("Нысаналар CSV файлы, node бағаны бар", "CSV целей со столбцом node", "CSV of targets with a column node"),
}

var wordsAccess = map[string]lang.Text{
	"iso_sources":   say3("Көз {sources}; жететін жол бөлігі {legs}.", "Источников {sources}; достижимых участков дорог {legs}.", "Sources {sources}; pieces of road reached {legs}."),
	"iso_band":      say3("{minutes} мин: аумақ {polygons}, нүкте {points}.", "{minutes} мин: областей {polygons}, точек {points}.", "{minutes} min: areas {polygons}, points {points}."),
	"osm_read":      say3("OpenStreetMap: {ways} сызықтан {roads} жол алынды, {km} км; {left} сызық алынбады (себебі --json жауабында).", "OpenStreetMap: из {ways} линий взято дорог {roads}, {km} км; не взято {left} (причины — в ответе --json).", "OpenStreetMap: {roads} roads of {ways} ways, {km} km; {left} left out (reasons with --json)."),
	"osm_turns":     say3("Бұрылуға тыйым: қолданылғаны {applied}, қолданылмағаны {ignored}; жабық түйін {blocked}; түсініксіз мән {unknown}.", "Запреты поворотов: учтено {applied}, не учтено {ignored}; закрытых узлов {blocked}; непонятых значений {unknown}.", "Turn restrictions applied {applied}, not applied {ignored}; blocked nodes {blocked}; values not understood {unknown}."),
	"osm_parts":     say3("Өзара байланыссыз бөлік {parts}, ең үлкенінің үлесі {share} %; файлда жоқ түйін {missing}, содан үзілген жол {cut}.", "Несвязанных частей {parts}, доля наибольшей {share} %; нет в файле узлов {missing}, оборвано дорог {cut}.", "Parts that are not joined {parts}, share of the largest {share} %; nodes missing in the file {missing}, roads cut for it {cut}."),
	"roads_network": say3("Түйін {nodes}, доға {arcs}, көз {sources}.", "Узлов {nodes}, дуг {arcs}, источников {sources}.", "Nodes {nodes}, arcs {arcs}, sources {sources}."),
	"roads_reached": say3("Жетуге болатын түйін {reached}, жетуге болмайтыны {unreached}.", "Достижимых узлов {reached}, недостижимых {unreached}.", "Nodes reached {reached}, not reached {unreached}."),
	"roads_minutes": say3("Орташа {mean} мин, ең көбі {max} мин.", "В среднем {mean} мин, самое большее {max} мин.", "Mean {mean} min, longest {max} min."),
	"roads_pairs":   say3("Жұп {total}, оның жолы жоғы {unreached}.", "Пар {total}, из них без пути {unreached}.", "Pairs {total}, without a way {unreached}."),
	"roads_phases":  say3("Оқу {read} с, дайындау {prepare} с, есептеу {solve} с, жазу {write} с; жады {mb} МБ.", "Чтение {read} с, подготовка {prepare} с, расчёт {solve} с, запись {write} с; память {mb} МБ.", "Reading {read} s, preparing {prepare} s, solving {solve} s, writing {write} s; memory {mb} MB."),
}
