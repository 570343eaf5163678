// The six steps from a finished building to a patient, each with who says so.
import type { WorkPage } from "../../api/works.ts";
import { common } from "../../i18n/words.ts";
import { say } from "../../format/text.ts";
import { Icon } from "../../ui/icons.tsx";
import { Card } from "../../ui/page.tsx";
import { ByLine, useWorkNames } from "./by-line.tsx";

export function Chain({ page }: { page: WorkPage }) {
  const names = useWorkNames();
  const c = common.use();
  const { t, words, lang } = names;
  return (
    <Card id="opening" title={t("opening")} aside={<p>{page.row.steps} / {page.chain.length}</p>}>
      <ol className="chain">
        {page.chain.map((s) => {
          const line = page.lines.find((l) => l.id === s.line);
          return (
            <li key={s.step} className={s.done ? "chain-done" : "chain-open"}>
              <span className="chain-mark" aria-hidden="true"><Icon name={s.done ? "done" : "blank"} /></span>
              <span className="strong">{say(s.name, lang)}</span>
              {s.done ? (
                <span className="small">
                  <ByLine ids={[s.line]}>{names.date(s.on ?? "")}</ByLine>
                  {line && <span className="quiet"> · {line.document ? words.publisher(line.document) : words.office(line.office)}{line.files.length > 0 && `, ${t("files", { n: line.files.length })}`}</span>}
                </span>
              ) : (
                <span className="small unknown">{c("notSaid")}</span>
              )}
            </li>
          );
        })}
      </ol>
      <p className="small quiet chain-hint">{t("openingHint")}</p>
    </Card>
  );
}
