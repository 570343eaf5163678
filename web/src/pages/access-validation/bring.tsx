// The way in: a file, a pasted table or a template; and what is wrong with a
// table that is refused.
import { useState } from "react";
import type { AccessValidation } from "../../api/access.ts";
import { formatNumber } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { useLang } from "../../route.tsx";
import { Icon } from "../../ui/icons.tsx";
import { Card } from "../../ui/page.tsx";
import { template } from "./sentence.ts";
import { saveBlob, type Brought } from "./use-table.ts";
import { validationWords } from "./words.ts";

const kinds = ".csv,.txt,.tsv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const fields = ["from", "to", "minutes", "season", "vehicle", "class", "source", "date"] as const;
const needed: readonly string[] = ["from", "to", "minutes", "source"];
const bom = "\ufeff"; // by which Excel knows UTF-8

export function Bring({ table, bring, drop, busy }: { table: Brought | null; bring: (name: string, body: Blob) => void; drop: () => void; busy: boolean }) {
  const t = validationWords.use();
  const [text, setText] = useState("");
  return (
    <Card title={t("table")} className="no-print">
      <div className="stack-s">
        <div className="row">
          <label className="button button-main file-button">
            {t("chooseFile")}
            <input type="file" className="sr" accept={kinds} disabled={busy} onChange={(e) => { const f = e.target.files?.[0]; e.target.value = ""; if (f) bring(f.name, f); }} />
          </label>
          <button type="button" className="button" onClick={() => saveBlob(new Blob([bom + template], { type: "text/csv" }), "observed-times.csv")}><Icon name="down" />{t("template")}</button>
          {table && <button type="button" className="button" onClick={drop}>{t("toPublished")}</button>}
          <span className="small quiet">{t("limits")}</span>
        </div>
        <form className="val-paste" onSubmit={(e) => { e.preventDefault(); if (text.trim()) bring(t("pasted"), new Blob([text])); }}>
          <label className="field">
            <span>{t("pasteLabel")}</span>
            <textarea className="input val-text" rows={3} spellCheck={false} value={text} onChange={(e) => setText(e.target.value)} placeholder="from,to,minutes,season,vehicle,class,source,date" />
          </label>
          <button type="submit" className="button" disabled={busy || !text.trim()}>{t("compare")}</button>
        </form>
        <p role="status" className="small">{busy && t("comparing")}</p>
        <details>
          <summary>{t("columns")}</summary>
          <dl className="dl">
            {fields.map((f) => [<dt key={f}><code>{f}</code>{needed.includes(f) && <> <span className="tag">{t("needed")}</span></>}</dt>, <dd key={`${f} text`} className="small">{t(`c_${f}`)}</dd>])}
          </dl>
        </details>
      </div>
    </Card>
  );
}

/** Every fault of the table with its cell and the remedy. */
export function Problems({ v }: { v: AccessValidation }) {
  const t = validationWords.use();
  const lang = useLang();
  return (
    <Card title={v.file ?? t("table")} id="problems">
      <div className="stack-s">
        <p className="note refused" role="alert">{t("problemsN", { n: v.problems.length + v.more_problems })}</p>
        <div className="table-box" tabIndex={0} role="region" aria-label={t("what")}>
          <table className="table">
            <thead><tr><th scope="col">{t("cell")}</th><th scope="col">{t("what")}</th></tr></thead>
            <tbody>{v.problems.map((p, i) => <tr key={i}><td className="nums">{p.row > 0 ? `${p.column}${p.row}` : ""}</td><td>{say(p.message, lang)}</td></tr>)}</tbody>
          </table>
        </div>
        {v.more_problems > 0 && <p className="small quiet">{t("moreProblems", { n: formatNumber(v.more_problems, lang) })}</p>}
      </div>
    </Card>
  );
}
