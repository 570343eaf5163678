import { define } from "../i18n/define.ts";

export const chartWords = define({
  png: ["Сурет (PNG)", "Картинка (PNG)", "Picture (PNG)"],
  chartOf: ["Диаграмма: {what}. Дәл осы сандар кестеде де бар.", "График: {what}. Те же числа есть в таблице.", "Chart: {what}. The same numbers are in the table."],
  source: ["Дереккөз: {list}", "Источник: {list}", "Source: {list}"],
  views: ["Көрініс", "Вид", "View"],
  undated: ["кезеңі айтылмаған", "период не назван", "no period said"],
} as const);
