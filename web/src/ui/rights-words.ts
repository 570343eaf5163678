// The names of roles and acts. An act is named so that it can follow "may".
import { define } from "../i18n/define.ts";

export const roleWords = define({
  role_public: ["Кез келген адам", "Любой человек", "Anybody"],
  role_contributor: ["Дерек енгізуші", "Вносящий данные", "Contributor"],
  role_approver: ["Бекітуші", "Утверждающий", "Approver"],
  role_planner: ["Жоспарлаушы", "Планировщик", "Planner"],
  role_works_officer: ["Құрылыс жөніндегі маман", "Специалист по строительству", "Works officer"],
  role_controller: ["Бақылаушы", "Контролёр", "Controller"],
  role_radiologist: ["Рентгенолог", "Рентгенолог", "Radiologist"],
  role_clinician: ["Дәрігер", "Врач", "Clinician"],
  role_integrator: ["Жүйелерді қосушы", "Интегратор", "Integrator"],
  role_administrator: ["Әкімші", "Администратор", "Administrator"],
} as const);

export const actWords = define({
  act_read_published: ["жарияланғанды оқу", "читать опубликованное", "read what was published"],
  act_read_drafts: ["жобаларды оқу", "читать черновики", "read drafts"],
  act_record_figure: ["құжаттан сан мен уәде жазу", "записывать числа и обещания из документов", "record figures and promises from documents"],
  act_submit: ["есеп пен жауапты бекітуге жіберу", "отправлять отчёты и ответы на утверждение", "submit reports and answers for approval"],
  act_approve: ["бекіту немесе қайтару", "утверждать или возвращать", "approve or return"],
  act_publish: ["жариялау", "публиковать", "publish"],
  act_withdraw_run: ["жарияланымды қайтарып алу", "отзывать публикацию", "withdraw what was published"],
  act_ask: ["мекемелерден сұрау", "спрашивать ведомства", "ask offices"],
  act_answer: ["мекеме атынан жауап беру", "отвечать от имени ведомства", "answer for an office"],
  act_comment: ["пікір жазу", "комментировать", "comment"],
  act_attach_file: ["файл тіркеу", "прикладывать файлы", "attach files"],
  act_erase_file: ["файлды біржола өшіру", "удалять файлы насовсем", "erase files for good"],
  act_import_figures: ["көрсеткіш файлдарын импорттау", "загружать файлы с показателями", "import files of figures"],
  act_import_document: ["құжат мәтінін жүктеу", "загружать тексты документов", "import texts of documents"],
  act_load_country: ["ел анықтамалықтарын жүктеу", "загружать справочники страны", "load the country’s catalogues"],
  act_make_release: ["шығарылым жасау", "делать выпуски данных", "make releases"],
  act_manage_templates: ["есеп үлгілерін басқару", "управлять формами отчётов", "manage report templates"],
  act_manage_accounts: ["тіркелгілер мен құқықтарды басқару", "управлять учётными записями и правами", "manage accounts and rights"],
  act_manage_webhooks: ["вебхуктерді басқару", "управлять вебхуками", "manage webhooks"],
  act_read_restricted: ["шектеулі файлдардың түпнұсқасын оқу", "читать оригиналы закрытых файлов", "read originals of restricted files"],
  act_read_journal: ["әрекеттер журналын оқу", "читать журнал действий", "read the journal of acts"],
  act_verify_journal: ["журналдың бүтіндігін тексеру", "проверять целостность журнала", "verify the journal"],
  act_report_works: ["нысанның барысы туралы есеп беру", "отчитываться о ходе работ на объекте", "report progress of a site"],
  act_manage_works: ["жобаларды жүргізу", "вести проекты", "manage works"],
  act_plan_access: ["көмектің қолжетімділігін есепке жазу", "записывать доступность помощи", "record access to care"],
} as const);

type RoleKey = Extract<keyof typeof roleWords.dict, string>;
type ActKey = Extract<keyof typeof actWords.dict, string>;

/** Names of roles and acts; what has no name here is shown as its code. */
export function useRights(): { role: (code: string) => string; act: (code: string) => string } {
  const r = roleWords.use();
  const a = actWords.use();
  return {
    role: (code) => (`role_${code}` in roleWords.dict ? r(`role_${code}` as RoleKey) : code),
    act: (code) => (`act_${code}` in actWords.dict ? a(`act_${code}` as ActKey) : code),
  };
}
