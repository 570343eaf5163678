// Risks in rows, the greatest first, each opened to be looked at again.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { components } from "../../api/schema.ts";
import { formatDateShort } from "../../format/date.ts";
import { formatMoney } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { A } from "../../route.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { useDesk } from "../submissions/desk.ts";
import { useWords } from "../../words.tsx";
import { RiskForm, type Risk } from "./risk-form.tsx";
import { riskWords } from "./words.ts";

type Page = components["schemas"]["RiskPage"];

export function RiskTable({ list, withWork }: { list: Risk[]; withWork: boolean }) {
  const t = riskWords.use();
  const [open, setOpen] = useState<Risk | null>(null);
  const client = useQueryClient();
  return (
    <>
      <div className="table-box" tabIndex={0} role="region" aria-label={t("title")}>
        <table className="table risk-table">
          <thead>
            <tr>
              <th scope="col" className="r" title={t("scoreHint")}>{t("score")}</th><th scope="col">{t("risk")}</th>{withWork && <th scope="col">{t("work")}</th>}
              <th scope="col">{t("impact")}</th><th scope="col">{t("owner")}</th><th scope="col">{t("due")}</th><th scope="col">{t("state")}</th>
            </tr>
          </thead>
          <tbody>{list.map((r) => <Row key={`${r.work}/${r.id}`} r={r} withWork={withWork} onOpen={() => setOpen(r)} />)}</tbody>
        </table>
      </div>
      {open && (
        <Dialog title={t("reviewOf", { title: open.title })} onClose={() => setOpen(null)}>
          <div className="stack">
            <RiskForm work={open.work} risk={open} onSaved={() => { setOpen(null); void client.invalidateQueries(); }} />
            <Looks risk={open} />
          </div>
        </Dialog>
      )}
    </>
  );
}

function Row({ r, withWork, onOpen }: { r: Risk; withWork: boolean; onOpen: () => void }) {
  const t = riskWords.use();
  const words = useWords();
  return (
    <tr>
      <td className="r">{r.score || "—"}</td>
      <th scope="row">{r.title}{r.plan && <div className="small quiet">{r.plan}</div>}</th>
      {withWork && <td><A to={`/works/${r.work}`}>{say(r.work_title, words.lang) || r.work}</A></td>}
      <td>{r.days !== null && <div>{t("days", { n: r.days })}</div>}{r.money !== null && <div>{formatMoney(Number(r.money), words.currency, words.lang)}</div>}</td>
      <td>{words.office(r.owner)}</td>
      <td>{r.due ? formatDateShort(r.due, words.lang) : "—"}{r.days_late > 0 && <> <span className="tag tag-late">{t("late", { n: r.days_late })}</span></>}</td>
      <td><div className="stack-s"><span>{t(r.state)}</span>{r.may.includes("manage_works") && <span><button type="button" className="button button-small" aria-label={`${t("review")}: ${r.title}`} onClick={onOpen}>{t("review")}</button></span>}</div></td>
    </tr>
  );
}

function Looks({ risk }: { risk: Risk }) {
  const t = riskWords.use();
  const words = useWords();
  const q = useDesk<Page>(`/works/${risk.work}/risks/${risk.id}`);
  if (!q.data) return null;
  return (
    <details>
      <summary>{t("looks")}</summary>
      <ol>
        {q.data.looks.map((l) => (
          <li key={l.version}>{formatDateShort(l.on, words.lang)}, {words.office(l.by)}: {t(l.state as Risk["state"])}, {t(`chance_${l.probability as 1 | 2 | 3 | 4 | 5}`)}{l.note && <>. {l.note}</>}</li>
        ))}
      </ol>
    </details>
  );
}
