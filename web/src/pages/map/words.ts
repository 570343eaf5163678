import { define } from "../../i18n/define.ts";

export const mapWords = define({
  title: ["Карта", "Карта", "Map"],
  lead: ["Кез келген көрсеткіш аумақтар бойынша; сұр штрих — ешкім ештеңе айтпаған.", "Любой показатель по территориям; штриховка значит, что никто ничего не сказал.", "Any measure by territory; hatching means that nobody has said anything."],
  level: ["Деңгей", "Уровень", "Level"],
  regions: ["Өңірлер", "Регионы", "Regions"],
  districts: ["Аудандар", "Районы", "Districts"],
  newest: ["Соңғысы", "Последний", "The newest"],
  mapOf: ["Карта: {what}", "Карта: {what}", "Map: {what}"],
  schematic: ["Шекаралар шартты түрде есептелген.", "Границы условные, вычислены.", "The outlines are schematic: computed, not surveyed."],
  noOutlines: ["Шекаралар жүктелмеген, сондықтан кесте көрсетілді. Оларды `shanyraq import boundaries FILE.geojson` қосады.", "Границы не загружены, поэтому показана таблица. Их добавляет `shanyraq import boundaries FILE.geojson`.", "No outlines are loaded, so this is the table. `shanyraq import boundaries FILE.geojson` brings them."],
  nothing: ["Бұл көрсеткіш бойынша аумақтық сан жоқ.", "По этому показателю нет чисел по территориям.", "There are no figures by territory for this measure."],
  whole: ["Бүкіл ел: ", "Вся страна: ", "Whole country: "],
  othersN: ["тағы {n} дерек", "ещё {n} значение|ещё {n} значения|ещё {n} значений", "{n} more value|{n} more values"],
  noData: ["дерек жоқ", "нет данных", "no data"],
  territory: ["Аумақ", "Территория", "Territory"],
  known: ["{total} аумақтың {n} бойынша дерек бар", "Данные есть по {n} из {total}", "{n} of {total} territories have a figure"],
} as const);
