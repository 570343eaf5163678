import { define } from "../../i18n/define.ts";

export const journalWords = define({
  title: ["Журнал", "Журнал", "Journal"],
  lead: [
    "Әр әрекет пен жабық деректі әр оқу осында жазылады. Жазбалар хэштер тізбегімен байланысқан: біреуін өзгертсе, көрінеді. Адам аты жазылмайды, тек тіркелгі идентификаторы.",
    "Здесь записано каждое действие и каждый просмотр закрытых данных. Записи связаны цепочкой хэшей: изменение любой из них заметно. Имён здесь нет, только идентификаторы учётных записей.",
    "Every act and every read of what is not for everybody stands here. Entries are tied by a chain of hashes, so a changed one shows. No names are kept, only ids of accounts.",
  ],
  chain: ["Тізбек", "Цепочка", "Chain"],
  chain_main: ["Деректер", "Данные", "Ledger"],
  chain_desk: ["Әрекеттер", "Действия", "Acts"],
  chain_read: ["Оқулар", "Просмотры", "Reads"],
  at: ["Уақыты", "Время", "Time"],
  actor: ["Тіркелгі", "Учётная запись", "Account"],
  op: ["Әрекет", "Действие", "Act"],
  subject: ["Нысан", "Объект", "Subject"],
  detail: ["Толығырақ", "Подробности", "Detail"],
  from: ["Бастап", "С", "From"],
  to: ["Дейін", "По", "To"],
  apply: ["Сүзу", "Отобрать", "Filter"],
  more: ["Тағы көрсету", "Показать ещё", "Show more"],
  empty: ["Мұндай жазба жоқ.", "Таких записей нет.", "There are no such entries."],
  verify: ["Журналды тексеру", "Проверить журнал", "Verify the journal"],
  intact: ["Журнал бүтін.", "Журнал цел.", "The journal is intact."],
  broken: ["Журнал бұзылған: {why}", "Журнал нарушен: {why}", "The journal was tampered with: {why}"],
  anchor: [
    "Мына жолды қайтарып алуға болмайтын жерде жариялаңыз: кейін журналдың қайта жазылмағанын дәлелдейді.",
    "Опубликуйте эту строку там, откуда её нельзя отозвать: она докажет, что журнал не переписан.",
    "Publish this line where nobody can take it back: it proves later that the journal was not written anew.",
  ],
} as const);
