import { define } from "../../i18n/define.ts";

export const promiseWords = define({
  askHint: ["Әзірге ешкім сұраған жоқ. Жауап беретін мекеме: {office}.", "Пока никто не спрашивал. Отвечает: {office}.", "Nobody has asked yet. Who answers for it: {office}."],
  said: ["Қалай айтылды", "Как это сказано", "How it was said"],
  noText: [
    "Құжат мәтіні енгізілмеген. `shanyraq import document ФАЙЛ` командасы оны қосады, сонда сөйлем осы жерде көрінеді.",
    "Текст документа не загружен. Его добавляет команда `shanyraq import document ФАЙЛ`, тогда предложение появится здесь.",
    "The text of the document is not here. `shanyraq import document FILE` brings it in, and then the sentence appears.",
  ],
  state: ["Қазіргі күйі", "Как обстоит дело", "How it stands"],
  saidBy: ["Кім уәде етті", "Кто обещал", "Who promised"],
  firstDeadline: ["Алғашқы мерзім", "Первый срок", "First deadline"],
  nowDeadline: ["Қазіргі мерзім", "Нынешний срок", "Current deadline"],
  progress: ["Дайындығы", "Готовность", "Readiness"],
  lastWord: ["Соңғы сөз", "Последнее слово", "Last word"],
  ago: ["{n} күн бұрын", "{n} день назад|{n} дня назад|{n} дней назад", "{n} day ago|{n} days ago"],
  moves: ["Мерзімі мен нысанасы қалай өзгерді", "Как менялись срок и цель", "How deadline and target moved"],
  movesNone: ["Өзгеріс жарияланбаған.", "Об изменениях не сообщалось.", "No change has been published."],
  move_deadline: ["мерзім", "срок", "deadline"],
  move_target: ["нысана", "цель", "target"],
  move_broken: ["орындалмады", "не выполнено", "broken"],
  move_withdrawn: ["қайтарып алынды", "отозвано", "withdrawn"],
  history: ["Тарихы", "История", "History"],
  parts: ["Бөліктері", "Части", "Parts"],
  whole: ["Бүтіннің бөлігі", "Часть целого", "Part of"],
  questions: ["Сұрақтар", "Вопросы", "Questions"],
  dateUnknown: ["күні белгісіз", "дата неизвестна", "date unknown"],
} as const);
