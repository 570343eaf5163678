package main

import (
	"maps"

	"github.com/shanyraq/shanyraq/lang"
)

func init() {
	maps.Copy(help, helpGrid)
	maps.Copy(words, wordsGrid)
}

// helpGrid and wordsGrid are the texts of `access grid`.
var helpGrid = map[string]lang.Text{
	"access_grid":      say3("Үйкеліс растры бойынша уақыт: әр ұяшықтан ең жақын көзге дейін", "Время по растру трения: от каждой ячейки до ближайшего источника", "Times over a friction raster: from every cell to the nearest source"),
	"grid_friction":    say3("Үйкеліс растры (.tif, .asc, .flt): дерегі жоқ ұяшық — бөгет", "Растр трения (.tif, .asc, .flt): ячейка без данных — преграда", "Friction raster (.tif, .asc, .flt): a cell without data is a barrier"),
	"grid_unit":        say3("Үйкеліс өлшемі: s/cell — ұяшықты өту секунды, s/m — метрге секунд, min/m — метрге минут", "Единица трения: s/cell — секунд на ячейку, s/m — секунд на метр, min/m — минут на метр", "Unit of friction: s/cell, seconds to cross a cell; s/m, seconds for a metre; min/m, minutes for a metre"),
	"grid_band":        say3("Бірнеше арнасы бар файлдан оқылатын арна, 1-ден", "Какой канал читать из файла с несколькими, от 1", "Which band to read of a file with several, from 1"),
	"grid_zero":        say3("Нөл үйкеліс: қабылдамау, тегін өту немесе бөгет", "Нулевое трение: отказать, считать бесплатным или преградой", "Friction of zero: refuse it, take it as free, or as a barrier"),
	"grid_sources":     say3("Көздер кестесі: id,x,y (растрдың координаталарында)", "Таблица источников: id,x,y (в координатах растра)", "Table of sources: id,x,y (in the coordinates of the raster)"),
	"grid_sources_crs": say3("Көздердің координаттар жүйесі, растрдікінен басқа болса, мысалы EPSG:4326", "Система координат источников, если не та, что у растра, например EPSG:4326", "Coordinate system of the sources where it is not that of the raster, such as EPSG:4326"),
	"grid_snap":        say3("Бөгеттегі көзді осынша ұяшық ішіндегі ең жақын өтпелі ұяшыққа жылжыту", "Сдвигать источник с преграды на ближайшую проходимую ячейку, не дальше стольких ячеек", "Move a source out of a barrier to the nearest passable cell, at most so many cells away"),
	"grid_neighbours":  say3("Көршілер: 8, 16 (ат жүрісі) немесе any — кез келген бағыттағы түзу", "Соседи: 8, 16 (ход конём) или any — прямые в любом направлении", "Neighbours: 8, 16 (knight's move), or any, straight lines in any direction"),
	"grid_dem":         say3("Биіктіктер растры, метрмен: жаяу жүру Тоблер бойынша", "Растр высот в метрах: ходьба по Тоблеру", "Raster of heights in metres: walking after Tobler"),
	"grid_towards":     say3("Адамдар көзге қарай жүреді; әдепкіде көзден", "Люди идут к источнику; по умолчанию от него", "People walk towards the source; by default from it"),
	"grid_off_path":    say3("Соқпақсыз жүру: жылдамдық 0,6 есе", "Ходьба без тропы: скорость 0,6", "Walking off the path: 0.6 of the speed"),
	"grid_memory":      say3("Жадыға сыймайтын карта: осынша мегабайтпен жолақ-жолақ есептеледі (.flt ғана жазылады)", "Карта больше памяти: считать полосами, занимая столько мегабайт (пишется только .flt)", "A map larger than memory: search it strip by strip in so many megabytes (writes .flt only)"),
	"grid_limit":       say3("Ең ұзақ уақыт, секунд, өзі де кіреді", "Наибольшее время в секундах, включительно", "Longest time in seconds, itself included"),
	"grid_out":         say3("Секундтар растры (.tif, .asc, .flt), жетпейтін жер −1", "Растр секунд (.tif, .asc, .flt), недостижимое −1", "Raster of seconds (.tif, .asc, .flt), -1 where nobody comes"),
	"grid_nearest":     say3("Ең жақын көздің кестедегі қатары, 1-ден; жетпейтін жер 0", "Растр строк ближайшего источника в таблице, от 1; недостижимое 0", "Raster of the row of the nearest source in the table, from 1; 0 where nobody comes"),
	"grid_second_out":  say3("Екінші жақын көзге дейінгі секундтар растры", "Растр секунд до второго по близости источника", "Raster of seconds to the second nearest source"),
	"grid_second":      say3("Екінші жақын көз қатарының растры", "Растр строк второго по близости источника", "Raster of the row of the second nearest source"),
}

var wordsGrid = map[string]lang.Text{
	"grid_cells":        say3("Ұяшық {total}, өтпелісі {passable}, жетілгені {reached}, жетілмегені {unreached}; көз {sources}.", "Ячеек {total}, проходимых {passable}, достигнуто {reached}, не достигнуто {unreached}; источников {sources}.", "Cells {total}, passable {passable}, reached {reached}, not reached {unreached}; sources {sources}."),
	"grid_phases":       say3("Оқу {read} с, есептеу {solve} с, жазу {write} с; жады {mb} МБ.", "Чтение {read} с, расчёт {solve} с, запись {write} с; память {mb} МБ.", "Reading {read} s, solving {solve} s, writing {write} s; memory {mb} MB."),
	"grid_note_degrees": say3("Растр градуспен берілген, ал s/cell ұяшықпен есептейді: солтүстікте ұяшық тарырақ екені ескерілмейді. Метр бойынша есептеу үшін --friction-unit s/m беріңіз.", "Растр в градусах, а s/cell считает ячейками: то, что на севере ячейка уже, не учтено. Для расчёта по метрам дайте --friction-unit s/m.", "The raster is in degrees and s/cell counts cells: that a cell is narrower in the north is not seen. For metres give --friction-unit s/m."),
	"grid_note_heights": say3("Биіктігі белгісіз өтпелі ұяшық: {n}, олар бөгет болды.", "Проходимых ячеек с неизвестной высотой: {n}, они стали преградой.", "Passable cells of unknown height: {n}; they became barriers."),
	"grid_note_shared":  say3("Бір ұяшыққа түскен көздер: {n} ({list}); уақыт тең болса, кестедегі біріншісі алынады.", "Источников в уже занятой ячейке: {n} ({list}); при равном времени берётся первый по таблице.", "Sources in a cell that another has: {n} ({list}); at equal times the first of the table counts."),
	"grid_note_snapped": say3("Бөгеттен жылжытылған көздер: {n} (ұяшықпен: {list}).", "Источников сдвинуто с преграды: {n} (в ячейках: {list}).", "Sources moved out of a barrier: {n} (in cells: {list})."),
}
