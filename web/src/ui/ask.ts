// The prepared message to the one who answers for a promise. The reader's own
// mail program sends it; the address is theirs to fill in, since none is known.
import type { Check, Figure, Promise as Item } from "../api/types.ts";
import { formatDate, formatPeriod } from "../format/date.ts";
import { say } from "../format/text.ts";
import { define } from "../i18n/define.ts";
import { common } from "../i18n/words.ts";
import { permanent } from "../route.tsx";
import type { Words } from "../words.tsx";
import { sayQuantity } from "./figure.tsx";

export const askWords = define({
  subject: ["Сұрау: {title}", "Вопрос: {title}", "A question: {title}"],
  hello: ["Құрметті {office}!", "Уважаемые коллеги ({office})!", "To {office}:"],
  helloUnknown: ["Сәлеметсіз бе!", "Здравствуйте!", "Dear colleagues,"],
  promised: ["Уәде: {title} — {value}.", "Обещание: {title} — {value}.", "The promise: {title}, {value}."],
  promisedOrder: ["Уәде: {title}.", "Обещание: {title}.", "The promise: {title}."],
  where: ["Орны: {place}.", "Место: {place}.", "Place: {place}."],
  source: ["Дереккөзі: {publisher}, «{document}», {line}.", "Источник: {publisher}, «{document}», {line}.", "Source: {publisher}, “{document}”, {line}."],
  deadline: ["Мерзімі: {date}.", "Срок: {date}.", "Deadline: {date}."],
  noDeadline: ["Мерзімі айтылмаған.", "Срок не назван.", "No date was given."],
  progress: ["Соңғы белгілі дайындық: {value} ({date}).", "Последняя известная готовность: {value} ({date}).", "Last known readiness: {value} ({date})."],
  delivered: ["Құжаттармен расталғаны: {value}.", "Подтверждено документами: {value}.", "Confirmed by documents: {value}."],
  undelivered: ["Ашылғаны құжатпен расталмаған.", "Документами открытие не подтверждено.", "No document confirms that it is open."],
  request: [
    "Қазіргі жағдайын, ашылған күнін (немесе жаңа мерзімін) және оны растайтын құжатты жазып жіберуіңізді сұраймыз.",
    "Просим сообщить нынешнее состояние, дату открытия (или новый срок) и подтверждающий документ.",
    "Please tell us how it stands now, the day it opened (or the new date), and the document that confirms it.",
  ],
  aboutFigure: ["Көрсеткіш: {title} — {value}.", "Показатель: {title} — {value}.", "The figure: {title}, {value}."],
  when: ["Кезеңі: {period}.", "Период: {period}.", "Period: {period}."],
  requestFigure: [
    "Осы санды растауыңызды немесе нақтылауыңызды және растайтын құжатты көрсетуіңізді сұраймыз.",
    "Просим подтвердить или уточнить это число и назвать подтверждающий документ.",
    "Please confirm or correct this figure and name the document that confirms it.",
  ],
  requestQuestion: [
    "Осы алшақтықты түсіндіріп, растайтын құжатты көрсетуіңізді сұраймыз.",
    "Просим объяснить это расхождение и назвать подтверждающий документ.",
    "Please explain this difference and name the document that confirms it.",
  ],
  link: ["Толығырақ: {url}", "Подробно: {url}", "In detail: {url}"],
} as const);

const lineWord = (line: number | null, words: Words) => (line ? common.in(words.lang)("line", { n: line }) : "");

export interface Message {
  subject: string;
  body: string;
  href: string;
}

export function askMessage(p: Item, words: Words): Message {
  const t = askWords.in(words.lang);
  const title = say(p.title, words.lang);
  const office = p.answers_for_it ? words.office(p.answers_for_it) : "";
  const target = p.target.value === null ? t("promisedOrder", { title }) : t("promised", { title, value: sayQuantity(words, p.target.value, p.target.qualifier, p.unit, p.noun) });
  const lines = [
    office ? t("hello", { office }) : t("helloUnknown"),
    "",
    target,
    t("where", { place: p.settlement ? `${words.dimensionValue("settlement", p.settlement)}, ${words.place(p.place)}` : words.place(p.place) }),
    p.deadline ? t("deadline", { date: formatDate(p.deadline, words.lang) }) : t("noDeadline"),
  ];
  if (p.document) lines.push(t("source", { publisher: words.publisher(p.document), document: words.document(p.document), line: lineWord(p.line, words) }).replace(/, \.$/, "."));
  if (p.progress?.value != null) {
    lines.push(t("progress", { value: sayQuantity(words, p.progress.value, p.progress.qualifier, "percent"), date: p.progress.as_of ? formatDate(p.progress.as_of, words.lang) : "—" }));
  }
  lines.push(p.delivered?.value != null ? t("delivered", { value: sayQuantity(words, p.delivered.value, p.delivered.qualifier, p.unit, p.noun) }) : t("undelivered"));
  lines.push("", t("request"), "", t("link", { url: permanent(words.lang, `/promises/${p.id}`) }));
  return written(t("subject", { title }), lines);
}

/** About a figure that somebody said. */
export function askFigureMessage(f: Figure, what: string, words: Words): Message {
  const t = askWords.in(words.lang);
  const title = what || words.measure(f.measure);
  const lines = [t("helloUnknown"), "", t("aboutFigure", { title, value: sayQuantity(words, f.value, f.qualifier, f.unit) }), t("where", { place: words.place(f.place) })];
  if (f.period) lines.push(t("when", { period: formatPeriod(f.period, words.lang) }));
  if (f.document) lines.push(t("source", { publisher: words.publisher(f.document), document: words.document(f.document), line: lineWord(f.line, words) }).replace(/, \.$/, "."));
  lines.push("", t("requestFigure"), "", t("link", { url: permanent(words.lang, `/figures/${f.id}`) }));
  return written(t("subject", { title }), lines);
}

/** About something that does not add up. */
export function askQuestionMessage(c: Check, words: Words): Message {
  const t = askWords.in(words.lang);
  const title = say(c.title, words.lang);
  return written(t("subject", { title }), [t("helloUnknown"), "", say(c.text, words.lang), "", t("requestQuestion"), "", `${t("link", { url: permanent(words.lang, "/questions") })}#${c.id}`]);
}

function written(subject: string, lines: string[]): Message {
  const body = lines.join("\n").replaceAll("\u00a0", " ").replaceAll("г..", "г."); // a date in Russian ends with a point of its own
  return { subject, body, href: `mailto:?subject=${encodeURIComponent(subject.replaceAll("\u00a0", " "))}&body=${encodeURIComponent(body)}` };
}
