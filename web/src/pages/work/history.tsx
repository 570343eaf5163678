// Everything that was said about the work, the newest first. What was taken
// back stays, struck through, with the reason.
import { useState } from "react";
import type { WorkLine, WorkPage } from "../../api/works.ts";
import { common } from "../../i18n/words.ts";
import { Card } from "../../ui/page.tsx";
import { LineOrigin, useWorkNames } from "./by-line.tsx";
import { Withdraw } from "./line-dialog.tsx";
import type { WorkKey } from "./words.ts";

const shownFirst = 25;

export function History({ page }: { page: WorkPage }) {
  const { t } = useWorkNames();
  const [all, setAll] = useState(false);
  const [taking, setTaking] = useState<WorkLine>();
  const list = all ? page.lines : page.lines.slice(0, shownFirst);
  const manages = page.may.includes("manage_works");
  return (
    <Card id="history" title={t("history")} aside={page.lines.length > 0 ? <p>{page.lines.length}</p> : undefined}>
      {page.lines.length === 0 && <p className="quiet">{t("historyNone")}</p>}
      <ol className="lines">
        {list.map((l) => <Line key={l.id} line={l} page={page} onWithdraw={manages && !l.taken_back && l.kind !== "withdrawal" ? () => setTaking(l) : undefined} />)}
      </ol>
      {!all && page.lines.length > shownFirst && <button type="button" className="button button-small" onClick={() => setAll(true)}>{t("all", { n: page.lines.length })}</button>}
      {taking && <Withdraw page={page} line={taking} onClose={() => setTaking(undefined)} />}
    </Card>
  );
}

function Line({ line: l, page, onWithdraw }: { line: WorkLine; page: WorkPage; onWithdraw?: () => void }) {
  const names = useWorkNames();
  const c = common.use();
  const { t } = names;
  const back = l.taken_back ? page.lines.find((x) => x.id === l.taken_back) : undefined;
  const what = names.says(l, page.lines);
  return (
    <li id={`line-${l.id}`} className={`line line-of-${l.kind}`}>
      <p className="line-day small"><time dateTime={l.on}>{names.date(l.on)}</time><span className="quiet">{t(`line_${l.kind}` as WorkKey)}</span></p>
      <div className="line-body">
        <p>{l.taken_back ? <s>{what}</s> : <strong>{what}</strong>}{l.synthetic && <> <span className="tag tag-odd">{c("synthetic")}</span></>}</p>
        {back && <p className="small line-back">{t("takenBack", { reason: back.reason ?? "" })}</p>}
        {l.reason && <p className="small">{t("reason")}: {l.reason}</p>}
        {l.remark && <p className="small line-remark"><span className="quiet">{t("remark")}:</span> {l.remark}</p>}
        {l.kind !== "withdrawal" && <LineOrigin line={l} />}
        {onWithdraw && <button type="button" className="line-withdraw" onClick={onWithdraw} aria-label={`${t("withdraw")}: ${what}`}>{t("withdraw")}</button>}
      </div>
    </li>
  );
}
