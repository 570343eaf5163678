import { define } from "../i18n/define.ts";

export const statementWords = define({
  others: ["Осы туралы тағы не айтылған", "Что ещё сказано о том же", "What else was said about it"],
  promised: ["Байланысты уәде", "Связанное обещание", "The promise it bears on"],
  computed: ["Есептелген сан", "Вычислено", "Computed"],
  method: ["Әдісі: {method}, {version}-нұсқа", "Метод: {method}, версия {version}", "Method: {method}, version {version}"],
  moreInputs: ["және тағы {n}", "и ещё {n}", "and {n} more"],
  superseded: ["кейін түзетілген", "позже исправлено", "corrected later"],
  noOrigin: ["Дереккөзі жазылмаған", "Источник не записан", "The source is not recorded"],
} as const);
