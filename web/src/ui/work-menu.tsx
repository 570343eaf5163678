// The pages on which people work: one menu of what the reader has rights for,
// so that the header keeps the pages that are for everybody.
import { useCallback, useState } from "react";
import { useSession } from "../api/queries.ts";
import { define } from "../i18n/define.ts";
import { A } from "../route.tsx";
import { Icon } from "./icons.tsx";
import { Popover } from "./popover.tsx";

export const workWords = define({
  work: ["Жұмыс", "Работа", "Work"],
  entry: ["Есептер", "Отчёты", "Reports"],
  submissions: ["Бекіту мен жариялау", "Утверждение и публикация", "Approval and publication"],
  completeness: ["Кім есеп берді", "Кто отчитался", "Who has reported"],
  import: ["Файлды импорттау", "Загрузить файл", "Import a file"],
  templates: ["Есеп үлгілері", "Формы отчётов", "Report templates"],
  "works/risks": ["Тәуекелдер тізілімі", "Реестр рисков", "Risk register"],
  releases: ["Шығарылымдар", "Выпуски данных", "Releases"],
  accounts: ["Тіркелгілер", "Учётные записи", "Accounts"],
  journal: ["Журнал", "Журнал", "Journal"],
  webhooks: ["Вебхуктер", "Вебхуки", "Webhooks"],
} as const);

/** The act without which a page of work is of no use. */
const pages = [
  ["entry", "read_drafts"], ["submissions", "read_drafts"], ["completeness", "read_drafts"], ["works/risks", "read_drafts"], ["import", "import_figures"], ["templates", "manage_templates"],
  ["releases", "make_release"], ["accounts", "manage_accounts"], ["journal", "read_journal"], ["webhooks", "manage_webhooks"],
] as const;

export function WorkMenu({ here }: { here: string }) {
  const t = workWords.use();
  const acts = useSession().data?.acts ?? [];
  const [anchor, setAnchor] = useState<HTMLButtonElement | null>(null);
  const close = useCallback((refocus: boolean) => setAnchor((was) => {
    if (refocus) was?.focus();
    return null;
  }), []);
  const mine = pages.filter(([, act]) => acts.includes(act));
  if (mine.length === 0) return null;
  const at = (name: string) => here === `/${name}` || here.startsWith(`/${name}/`);
  return (
    <>
      <button type="button" className={`top-work ${mine.some(([name]) => at(name)) ? "is-here" : ""}`} aria-haspopup="dialog" aria-expanded={anchor !== null} onClick={(e) => { const to = e.currentTarget; setAnchor((was) => (was ? null : to)); }}>
        {t("work")}<Icon name="more" size={12} />
      </button>
      {anchor && (
        <Popover anchor={anchor} label={t("work")} onClose={close}>
          <nav className="user-menu" aria-label={t("work")}>
            {mine.map(([name]) => <A key={name} to={`/${name}`} aria-current={at(name) ? "page" : undefined} onClick={() => close(false)}>{t(name)}</A>)}
          </nav>
        </Popover>
      )}
    </>
  );
}
