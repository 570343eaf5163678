import { define } from "../i18n/define.ts";

export const askedWords = define({
  title: ["Мекемелерге сауалдар", "Запросы ведомствам", "Inquiries to offices"],
  none: ["Әзірге ешкімге сауал жолданбаған.", "Пока никого не спрашивали.", "Nobody has been asked yet."],
  state_open: ["жауап күтілуде", "ждут ответа", "waiting for an answer"],
  state_overdue: ["жауап мерзімі өтті", "срок ответа прошёл", "answer overdue"],
  state_answered: ["жауап берілді", "ответ получен", "answered"],
  state_closed: ["қайтарып алынды", "снят", "taken back"],
  on: ["сұралған күні: {date}", "спросили {date}", "asked on {date}"],
  due: ["жауап мерзімі: {date}", "ответ до {date}", "answer due {date}"],
  silent: ["{n} күн үнсіз", "{n} день без ответа|{n} дня без ответа|{n} дней без ответа", "{n} day without a word|{n} days without a word"],
  after: ["{n} күннен кейін жауап берді", "ответили через {n} день|ответили через {n} дня|ответили через {n} дней", "answered after {n} day|answered after {n} days"],
  sameDay: ["сол күні жауап берді", "ответили в тот же день", "answered on the same day"],
  closedBecause: ["Себебі: {reason}", "Причина: {reason}", "Reason: {reason}"],
  open: ["Сауалды ашу", "Открыть запрос", "Open the inquiry"],
  ownWords: ["{office} жауабы", "Ответ: {office}", "Answer of {office}"],
} as const);
