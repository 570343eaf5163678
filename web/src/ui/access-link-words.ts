// Words of access on other pages: what a promise changes, who is outside, who
// is inside in a territory.
import { define } from "../i18n/define.ts";

export const accessLinkWords = define({
  changes: ["Бұл нені өзгертеді", "Что это меняет", "What it changes"],
  service: ["Көмек түрі", "Помощь", "Care"],
  minutes: ["Елді мекеннің минуттары", "Минуты населённого пункта", "Minutes of the settlement"],
  inside: ["Шекке кіретіндер", "Войдут в предел", "Come inside the limit"],
  fromTo: ["{a} → {b} мин", "{a} → {b} мин", "{a} → {b} min"],
  same: ["{a} мин, өзгермейді", "{a} мин, без изменений", "{a} min, unchanged"],
  gained: ["+{n} адам, {limit} мин", "+{n} человек, {limit} мин|+{n} человека, {limit} мин|+{n} человек, {limit} мин", "+{n} person, {limit} min|+{n} people, {limit} min"],
  nobody: ["ешкім, {limit} мин", "никто, {limit} мин", "nobody, {limit} min"],
  presumed: [
    "{place}: мұнда мұндай көмек болжам бойынша онсыз да бар деп саналады.",
    "{place}: по допущению такая помощь здесь и без того есть.",
    "{place}: by assumption such care is there even without it.",
  ],
  openNow: [
    "Ашық: минуттар қазірдің өзінде осымен есептеледі; солда – онсыз қандай болар еді.",
    "Открыто: минуты уже считаются с ним; слева – какими они были бы без него.",
    "It is open: the minutes count it already; on the left is what they would be without.",
  ],
  note: [
    "Құжаттарда аталған мекемелер бойынша, жазда, жолмен, әдеттегі минуттар.",
    "По учреждениям, названным в документах; летом, по дороге, обычные минуты.",
    "Of the facilities named in the documents; in summer, by road, typical minutes.",
  ],
  fullOf: ["Толық жауап: {what}", "Полный ответ: {what}", "The full answer: {what}"],
  notAsked: ["Мынаның минуттары есептелмейді: {list}.", "Минуты не считаются для: {list}.", "No minutes are computed for: {list}."],
  moreN: ["тағы {n}", "ещё {n}", "{n} more"],
  gap: ["Алшақтықты не жабар еді", "Что закрыло бы разрыв", "What would close the gap"],
  gapText: [
    "Құжаттарда аталған мекемелер бойынша {all} адамның {n} адамы «{service}» алуға {limit} минутта жетпейді. Ең үлкендері: {list}.",
    "По учреждениям, названным в документах, {n} из {all} человек дальше {limit} минут от помощи «{service}». Самые большие из мест: {list}.",
    "Of the facilities named in the documents, {n} of {all} people are farther than {limit} minutes from “{service}”. The largest of their places: {list}.",
  ],
  gapAll: ["Кім және не көмектесер еді", "Кто это и что помогло бы", "Who they are and what would help"],
  gapPromised: ["Уәде етілгеннің бәрі ашылса", "Если откроют всё обещанное", "If everything promised opens"],
  here: ["Көмекке дейінгі минуттар", "Минуты до помощи", "Minutes to care"],
  hereText: [
    "«{service}» үшін {limit} минут ішінде: {all} адамның {n} адамы ({share}).",
    "В пределах {limit} минут от помощи «{service}»: {n} из {all} человек ({share}).",
    "Within {limit} minutes of “{service}”: {n} of {all} people ({share}).",
  ],
  hereRegion: ["Осы аумақтың толық жауабы", "Полный ответ по этой территории", "The full answer for this territory"],
  herePlace: ["Минуттар бөлік-бөлігімен", "Минуты по частям", "The minutes leg by leg"],
  switchOn: ["Осында емдей алса ше?", "А если бы здесь лечили?", "What if it could treat?"],
  switchOnOf: ["Осында емдей алса ше? {name}", "А если бы здесь лечили? {name}", "What if it could treat? {name}"],
  document: ["Құжаттарда аталған мекемелер бойынша.", "По учреждениям, названным в документах.", "Of the facilities named in the documents."],
} as const);
