package main

import (
	"maps"

	"github.com/shanyraq/shanyraq/lang"
)

func init() {
	maps.Copy(help, helpMaps)
	maps.Copy(words, wordsMaps)
}

// helpMaps and wordsMaps are the texts of the commands of travel time that work
// on maps of cells.
var helpMaps = map[string]lang.Text{
	"map_band":      say3("Бірнеше арнасы бар файлдан оқылатын арна, 1-ден", "Какой канал читать из файла с несколькими, от 1", "Which band to read of a file with several, from 1"),
	"access_record": say3("Іске қосудың жазбасы: оны access replay қайталайды", "Запись запуска: её повторяет access replay", "Record of the run, which access replay runs again"),

	"access_merge":     say3("Жер жамылғысын, жолдарды, бөгеттерді және жылдамдықтарды үйкеліс растрына біріктіру", "Свести земной покров, дороги, преграды и скорости в растр трения", "Merge land cover, roads, barriers and speeds to a friction raster"),
	"merge_landcover":  say3("Жер жамылғысы кластарының растры (.tif, .asc, .flt)", "Растр классов земного покрова (.tif, .asc, .flt)", "Raster of classes of land cover (.tif, .asc, .flt)"),
	"merge_friction":   say3("Жер жамылғысының орнына дайын үйкеліс растры", "Готовый растр трения вместо земного покрова", "Ready friction raster in place of land cover"),
	"merge_unit":       say3("Дайын үйкелістің өлшемі: s/m — метрге секунд, min/m — метрге минут", "Единица готового трения: s/m — секунд на метр, min/m — минут на метр", "Unit of the ready friction: s/m, seconds for a metre; min/m, minutes for a metre"),
	"merge_speeds":     say3("Жылдамдықтар кестесі: class,mode,speed_kmh, қажет болса season,layer,label", "Таблица скоростей: class,mode,speed_kmh, при необходимости season,layer,label", "Table of speeds: class,mode,speed_kmh, where needed season,layer,label"),
	"merge_season":     say3("Кестедегі маусым; оның жолы жоқ класқа маусымсыз жол алынады", "Сезон из таблицы; где для него строки нет, берётся строка без сезона", "Season of the table; where it has no row, the row without a season counts"),
	"merge_modes":      say3("Рұқсат етілген қозғалыс түрлері: walking, bicycling, motorised; әдепкіде бәрі", "Допустимые способы передвижения: walking, bicycling, motorised; по умолчанию все", "Modes that may be used: walking, bicycling, motorised; all by default"),
	"merge_roads":      say3("Жолдар, GeoJSON сызықтары; бірнеше рет беруге болады", "Дороги, линии GeoJSON; можно указать несколько раз", "Roads, lines of GeoJSON; may be given several times"),
	"merge_road_class": say3("Жол класы тұрған қасиет", "Свойство с классом дороги", "Property that holds the class of a road"),
	"merge_barriers":   say3("Бөгеттер: өзендер мен көлдер, GeoJSON; бірнеше рет беруге болады", "Преграды: реки и озёра, GeoJSON; можно указать несколько раз", "Barriers: rivers and lakes, GeoJSON; may be given several times"),
	"merge_middles":    say3("Аумақтан тек ортасы ішіне түскен ұяшықтарды алу", "Брать от площади только ячейки, чья середина внутри", "Of an area take only the cells whose middle lies inside"),
	"merge_missing":    say3("Жылдамдығы жоқ жер жамылғысын бөгет деп санау, жолын қалдырып кету", "Покров без скорости считать преградой, дороги без скорости пропустить", "Take land cover without a speed for a barrier, leave out roads without one"),
	"merge_out":        say3("Үйкеліс растры, метрге секунд (.tif, .asc, .flt)", "Растр трения, секунд на метр (.tif, .asc, .flt)", "Friction raster, seconds for a metre (.tif, .asc, .flt)"),
	"merge_mode_out":   say3("Қозғалыс түрлерінің растры: 1 жаяу, 2 велосипед, 3 көлік", "Растр способов: 1 пешком, 2 велосипед, 3 транспорт", "Raster of modes: 1 walking, 2 bicycling, 3 motorised"),

	"access_zonal":         say3("Аймақ пен уақыт бойынша қамтылған халық", "Охваченное население по зонам и времени", "People reached by zone and time"),
	"zonal_times":          say3("Секундтар растры, access grid --out жазғандай", "Растр секунд, как пишет access grid --out", "Raster of seconds, as access grid --out writes it"),
	"zonal_population":     say3("Халық саны растры; торы басқа болса, адам санын сақтап көшіріледі", "Растр населения; если сетка другая, переносится с сохранением числа людей", "Raster of people; where its cells differ it is moved so that nobody is lost"),
	"zonal_zones":          say3("Аймақтар: GeoJSON немесе бүтін сандар растры", "Зоны: GeoJSON или растр целых чисел", "Zones: GeoJSON, or a raster of whole numbers"),
	"zonal_property":       say3("Аймақ коды тұрған қасиет", "Свойство с кодом зоны", "Property that holds the code of a zone"),
	"zonal_minutes":        say3("Шектер, минут, өзі де кіреді", "Пороги в минутах, включительно", "Limits in minutes, each included"),
	"zonal_out":            say3("Кесте (CSV): әр аймақ пен шекке бір жол", "Таблица (CSV): строка на зону и порог", "Table (CSV): a row for each zone and limit"),
	"zonal_population_out": say3("Уақыт растрының торына көшірілген халық растры", "Растр населения на сетке растра времени", "Raster of people on the cells of the times"),

	"over_facilities": say3("Мекемелер кестесі: id,x,y (растрдың координаталарында)", "Таблица учреждений: id,x,y (в координатах растра)", "Table of facilities: id,x,y (in the coordinates of the raster)"),
	"over_neighbours": say3("Көршілер: 8 немесе 16 (ат жүрісі)", "Соседи: 8 или 16 (ход конём)", "Neighbours: 8, or 16 (knight's move)"),
	"over_limit":      say3("Ең ұзақ жол, минут, өзі де кіреді", "Наибольшее время в пути в минутах, включительно", "Longest journey in minutes, itself included"),

	"zonal_places":     say3("Елді мекендер кестесі: id,x,y; әрқайсысының уақыты алынады", "Таблица населённых пунктов: id,x,y; берётся время каждого", "Table of places: id,x,y; the time at each is taken"),
	"zonal_places_out": say3("Елді мекендердің уақыты жазылатын CSV", "CSV, куда записать время населённых пунктов", "CSV to write the times at the places to"),

	"access_coverage":    say3("Адамдарды сыйымдылығы шектеулі мекемелерге бөлу", "Распределить людей по учреждениям ограниченной вместимости", "Give people to facilities of limited capacity"),
	"coverage_order":     say3("Кезек: list — кестедегідей, id, capacity — үлкенінен, demand — маңында халқы көбінен", "Очередь: list — как в таблице, id, capacity — от большей вместимости, demand — от большего населения вокруг", "Order: list, as the table has them; id; capacity, the largest first; demand, most people within reach first"),
	"coverage_out":       say3("Мекемелер кестесі (CSV): кезегі, қабылдағаны, бос орны", "Таблица учреждений (CSV): очередь, принято, свободно", "Table of facilities (CSV): turn, people taken, places left"),
	"coverage_remaining": say3("Орынсыз қалған халық растры", "Растр людей, оставшихся без места", "Raster of people who stay without a place"),

	"access_referral": say3("Мекемеден мекемеге жету уақыты", "Время между учреждениями", "Times between facilities"),
	"referral_to":     say3("Жіберілетін мекемелер кестесі; әдепкіде сол мекемелердің өзі", "Таблица учреждений, куда направляют; по умолчанию те же", "Table of facilities that patients are sent to; by default the same ones"),
	"referral_out":    say3("Жұптар кестесі (CSV), ең жақыны белгіленген", "Таблица пар (CSV), ближайшее отмечено", "Table of pairs (CSV), the nearest marked"),
	"referral_matrix": say3("Матрица (CSV): жолдар қайдан, бағандар қайда", "Матрица (CSV): строки откуда, столбцы куда", "Matrix (CSV): rows from, columns to"),

	"access_tiles":  say3("Картаны веб-картаға арналған PNG тақташаларына салу", "Нарисовать карту плитками PNG для веб-карты", "Draw a map as PNG tiles of a web map"),
	"tiles_map":     say3("Салынатын растр (.tif, .asc, .flt)", "Растр, который рисуется (.tif, .asc, .flt)", "Raster to draw (.tif, .asc, .flt)"),
	"tiles_minutes": say3("Секундтар растры үшін түс ауысатын шектер, минут", "Пороги смены цвета в минутах, для растра секунд", "Limits in minutes where colours change, for a raster of seconds"),
	"tiles_limits":  say3("Растр мәндерінде түс ауысатын шектер", "Пороги смены цвета в значениях растра", "Limits in the values of the raster where colours change"),
	"tiles_zoom":    say3("Масштаб деңгейлері", "Уровни масштаба", "Zoom levels"),
	"tiles_out":     say3("Жаңа қалта: z/x/y.png және tiles.json", "Новая папка: z/x/y.png и tiles.json", "New folder: z/x/y.png and tiles.json"),

	"access_replay": say3("Жазылған іске қосуды қайталап, нәтижесі бірдей ме, соны айту", "Повторить записанный запуск и сказать, то же ли вышло", "Run a recorded run again and say whether the same comes out"),
	"replay_file":   say3("--record жазған файл", "Файл, записанный --record", "File that --record wrote"),
	"replay_keep":   say3("Қайталау нәтижелерін осы қалтада қалдыру", "Оставить результаты повтора в этой папке", "Keep the outputs of the replay in this folder"),
}

var wordsMaps = map[string]lang.Text{
	"merge_cells":          say3("Ұяшық {total}: өтпелісі {passable}, бөгет {barrier}, белгісізі {unknown}.", "Ячеек {total}: проходимых {passable}, преград {barrier}, неизвестных {unknown}.", "Cells {total}: passable {passable}, barriers {barrier}, unknown {unknown}."),
	"merge_landcover":      say3("жер жамылғысы", "покров", "land cover"),
	"merge_road":           say3("жол", "дорога", "road"),
	"merge_class":          say3("{layer} {class}: {mode}, {speed} км/сағ, ұяшық {cells}", "{layer} {class}: {mode}, {speed} км/ч, ячеек {cells}", "{layer} {class}: {mode}, {speed} km/h, cells {cells}"),
	"merge_missing_class":  say3("{layer} {class}: жылдамдығы жоқ, ұяшық {cells}", "{layer} {class}: скорости нет, ячеек {cells}", "{layer} {class}: no speed, cells {cells}"),
	"merge_drawn_roads":    say3("Жол: нысан {features}, ұяшық {cells}; картадан тыс {outside}.", "Дороги: объектов {features}, ячеек {cells}; вне карты {outside}.", "Roads: features {features}, cells {cells}; outside the map {outside}."),
	"merge_drawn_barriers": say3("Бөгет: нысан {features}, ұяшық {cells}; картадан тыс {outside}.", "Преграды: объектов {features}, ячеек {cells}; вне карты {outside}.", "Barriers: features {features}, cells {cells}; outside the map {outside}."),
	"merge_bridges":        say3("Бөгет үстіндегі жол (көпір): ұяшық {cells}.", "Дорога поверх преграды (мосты): ячеек {cells}.", "Roads over barriers (bridges): cells {cells}."),
	"mode_none":            say3("жүруге болмайды", "прохода нет", "nobody passes"),
	"mode_walking":         say3("жаяу", "пешком", "walking"),
	"mode_bicycling":       say3("велосипедпен", "на велосипеде", "bicycling"),
	"mode_motorised":       say3("көлікпен", "на транспорте", "motorised"),

	"zonal_zone":               say3("{zone}: халық {people}", "{zone}: население {people}", "{zone}: people {people}"),
	"zonal_within":             say3("{minutes} мин ішінде {people} ({percent} %)", "за {minutes} мин {people} ({percent} %)", "within {minutes} min {people} ({percent} %)"),
	"zonal_without":            say3("уақыты белгісіз {people}", "без времени {people}", "without a time {people}"),
	"zonal_empty":              say3("картада бірде-бір ұяшығы жоқ", "на карте ни одной ячейки", "no cell of the map"),
	"zonal_no_zone":            say3("Аймақтан тыс", "Вне зон", "In no zone"),
	"zonal_total":              say3("Барлығы", "Всего", "Total"),
	"zonal_outside":            say3("Уақыт картасынан тыс тұратындар: {people}.", "Живут вне карты времени: {people}.", "Living beyond the map of times: {people}."),
	"zonal_overlap":            say3("Бірнеше аймаққа түскен ұяшық: {cells}; файлдағы біріншісіне саналды.", "Ячеек в нескольких зонах: {cells}; отнесены к первой в файле.", "Cells in several zones: {cells}; counted to the first in the file."),
	"zonal_places":             say3("Елді мекен {total}: уақыты белгісізі {without}, картадан тысы {outside}.", "Населённых пунктов {total}: без времени {without}, вне карты {outside}.", "Places {total}: without a time {without}, beyond the map {outside}."),
	"zonal_place_without_time": say3("{id} (кестенің {row}-жолы): ұяшығында уақыт жоқ — жету мүмкін емес, бөгет немесе дерек жоқ", "{id} (строка {row} таблицы): в ячейке нет времени — недостижимо, преграда или нет данных", "{id} (row {row} of the table): its cell has no time: out of reach, a barrier, or no data"),
	"zonal_place_outside":      say3("{id} (кестенің {row}-жолы): картадан тыс", "{id} (строка {row} таблицы): вне карты", "{id} (row {row} of the table): beyond the map"),
	"zonal_cell":               say3("Уақыты белгісіз ұяшық: қатар {row}, баған {column}, халық {people}", "Ячейка без времени: строка {row}, столбец {column}, население {people}", "Cell without a time: row {row}, column {column}, people {people}"),

	"coverage_people":   say3("Халық {total}: орын алғаны {assigned}; {minutes} мин ішінде, бірақ орын жетпегені {left}; бұдан алыста {beyond}.", "Население {total}: получили место {assigned}; в пределах {minutes} мин, но мест не хватило {left}; дальше {beyond}.", "People {total}: given a place {assigned}; within {minutes} min and left without one {left}; farther away {beyond}."),
	"coverage_facility": say3("{turn}. {id}: маңында {within}, кезегінде қалғаны {found}, алғаны {assigned}, бос орын {free}", "{turn}. {id}: вокруг {within}, оставалось {found}, принято {assigned}, свободно {free}", "{turn}. {id}: within reach {within}, left at its turn {found}, taken {assigned}, free {free}"),
	"coverage_more":     say3("... тағы {n}; бәрі кестеде немесе --json шығарылымында", "... и ещё {n}; все — в таблице или в выводе --json", "... and {n} more; all are in the table and in --json"),
	"referral_link":     say3("{from} → {to}: {minutes} мин", "{from} → {to}: {minutes} мин", "{from} → {to}: {minutes} min"),
	"referral_none":     say3("{from}: жететін мекеме жоқ", "{from}: достижимых учреждений нет", "{from}: no facility can be reached"),

	"tiles_done": say3("{dir} қалтасына жазылған тақташа: {tiles} ({mb} МБ), бос болғандықтан жазылмағаны {empty}.", "Записано плиток в {dir}: {tiles} ({mb} МБ), пустых пропущено {empty}.", "Tiles written to {dir}: {tiles} ({mb} MB), empty ones left out {empty}."),

	"replay_version":  say3("Жазба {was} нұсқасымен жасалған, қазіргісі {now}.", "Запись сделана версией {was}, сейчас {now}.", "The record is of version {was}, this is {now}."),
	"replay_same":     say3("{file}: дәл сол", "{file}: тот же", "{file}: the same"),
	"replay_differs":  say3("{file}: басқа шықты", "{file}: вышло иное", "{file}: differs"),
	"replay_all_same": say3("Бәрі дәл сондай шықты.", "Всё вышло тем же самым.", "Everything came out the same."),
	"replay_not_same": say3("Нәтиже жазбадағыдай шықпады.", "Результат не совпал с записью.", "The result is not that of the record."),
}
