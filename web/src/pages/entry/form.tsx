// A report: on a phone a list of fields, on a desk a dense grid that is filled
// in by keyboard. It works without a connection once it was opened with one.
import { useEffect, useMemo, useRef, useState } from "react";
import { useParams } from "@tanstack/react-router";
import type { ReportForm, TemplateRow } from "../../api/types.ts";
import { formatDate, formatPeriod } from "../../format/date.ts";
import { say } from "../../format/text.ts";
import { useOnline } from "../../offline/offline.ts";
import { A } from "../../route.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { PageHead, usePageTitle } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { judge, nothingTyped, pastedColumn } from "./check.ts";
import { Conflict } from "./conflict.tsx";
import { EntryRow, problemText } from "./row.tsx";
import { lasting } from "./send.ts";
import { StepTag } from "./state.tsx";
import { useReport, type Filling } from "./use-report.ts";
import { entryWords } from "./words.ts";
import "./entry.css";

export default function FormPage() {
  const { template = "", place = "", period = "" } = useParams({ strict: false }) as { template?: string; place?: string; period?: string };
  const f = useReport({ template, place, period });
  const t = entryWords.use();
  const words = useWords();
  const title = f.form ? say(f.form.name, words.lang) : t("report");
  usePageTitle(title);
  if (f.error) return <Failure error={f.error} />;
  if (!f.form) {
    return (
      <>
        <PageHead title={title} />
        {f.never ? <p className="note">{t("neverOpened")}</p> : <Waiting rows={10} />}
      </>
    );
  }
  return (
    <>
      <PageHead above={<p className="crumbs"><A to="/entry">← {t("back")}</A></p>} title={title} eyebrow={`${say(f.form.place_name, words.lang)} · ${formatPeriod(period, words.lang)}`}>
        <p className="row">
          <StepTag report={f.form} />
          <span className="quiet">{t("dueOn", { date: formatDate(f.form.due, words.lang) })}</span>
          {f.form.office && <span className="quiet">{words.office(f.form.office)}</span>}
        </p>
        {say(f.form.fields.note, words.lang) && <p className="lead">{say(f.form.fields.note, words.lang)}</p>}
      </PageHead>
      <Body f={f} form={f.form} />
    </>
  );
}

/** Why nothing can be written, undefined when it can. */
function closed(f: Filling, form: ReportForm): "noRight" | "readOnly" | undefined {
  if (!form.own) return "noRight";
  const open = form.step === "none" || form.step === "draft" || form.step === "returned" || ((form.step === "published" || form.step === "withdrawn") && f.correcting);
  return open ? undefined : "readOnly";
}

function Body({ f, form }: { f: Filling; form: ReportForm }) {
  const t = entryWords.use();
  const words = useWords();
  const online = useOnline();
  const [tried, setTried] = useState(false);
  const [said, setSaid] = useState("");
  const list = useRef<HTMLOListElement>(null);
  const summary = useRef<HTMLDivElement>(null);
  const rows = form.fields.rows;
  const problems = useMemo(() => judge(form.fields, form.rows, f.filled), [form, f.filled]);
  const checkText = (code: string) => say(form.fields.checks.find((c) => c.code === code)?.text, words.lang);
  const blocking = problems.filter((p) => p.blocks);
  const why = closed(f, form);
  const showSummary = tried && blocking.length > 0;
  useEffect(() => {
    if (showSummary) summary.current?.focus();
  }, [showSummary]);

  const fields = () => Array.from(list.current?.querySelectorAll<HTMLInputElement>("input[data-row]") ?? []);
  const go = (code: string, by: number) => {
    const all = fields();
    const next = all[all.findIndex((x) => x.dataset.row === code) + by];
    next?.focus();
    next?.select();
  };
  const paste = (code: string, text: string): boolean => {
    const column = pastedColumn(text);
    if (!column) return false;
    const from = rows.findIndex((r) => r.code === code);
    const patch = Object.fromEntries(column.slice(0, rows.length - from).map((v, i) => [(rows[from + i] as TemplateRow).code, { value: v, status: "" }]));
    f.setMany(patch);
    setSaid(t("pasted", { n: Object.keys(patch).length }));
    return true;
  };
  const submit = () => {
    setTried(true);
    if (blocking.length === 0) void f.submit();
  };
  const filledIn = rows.filter((r) => (f.filled[r.code]?.value ?? "") !== "" || "OLM".includes(f.filled[r.code]?.status || "-")).length;
  return (
    <form className="entry stack" noValidate onSubmit={(e) => { e.preventDefault(); submit(); }}>
      {!online && <p className="note entry-off">{t("offline")}</p>}
      {form.step === "returned" && form.draft?.comment && <p className="note entry-back"><strong>{t("returned")}:</strong> {form.draft.comment}</p>}
      {why && (
        <div className="note row">
          <span>{t(why)}</span>
          {why === "readOnly" && (form.step === "published" || form.step === "withdrawn") && <button type="button" className="button button-small" onClick={f.begin}>{t("correct")}</button>}
        </div>
      )}
      {f.theirs && <Conflict mine={f.filled} theirs={f.theirs} onChoose={(x) => void f.settle(x)} />}
      {showSummary && (
        <div className="errors" ref={summary} tabIndex={-1} role="alert">
          <strong>{t("summary")}: {t("problemsN", { n: new Set(blocking.map((p) => p.row)).size })}</strong>
          <ul>
            {blocking.map((p) => {
              const row = rows.find((r) => r.code === p.row) as TemplateRow;
              return <li key={p.row + p.code + p.check}><button type="button" className="linklike" onClick={() => go(p.row, 0)}>{say(row.name, words.lang) || words.measure(row.measure)}</button>: {problemText(p, row, checkText, t, words.lang)}</li>;
            })}
          </ul>
        </div>
      )}
      <p className="small quiet entry-keys">{t("keys")}</p>
      <ol className="entry-rows" ref={list}>
        {rows.map((r, i) => {
          const group = say(r.group, words.lang);
          const head = group && group !== say(rows[i - 1]?.group, words.lang) ? group : "";
          return [
            head && <li key={`g-${r.code}`} className="entry-group"><h2>{head}</h2></li>,
            <EntryRow
              key={r.code} row={r} known={form.rows.find((x) => x.row === r.code)} typed={f.filled[r.code] ?? nothingTyped} problems={problems.filter((p) => p.row === r.code)} checkText={checkText}
              readOnly={why !== undefined} showAll={tried} set={(patch) => f.set(r.code, patch)} step={(by) => go(r.code, by)} paste={(text) => paste(r.code, text)}
            />,
          ];
        })}
      </ol>
      <p className="sr" role="status">{said}</p>
      {!why && (
        <div className="entry-bar">
          <p className="entry-state" role="status">
            <span>{t("filledN", { n: filledIn, all: rows.length })}</span>
            <SendingLine f={f} />
          </p>
          <button type="submit" className="button button-main">{t("submit")}</button>
        </div>
      )}
      {why && f.sending === "submitted" && <p className="note" role="status">{t("submitted")}</p>}
    </form>
  );
}

/** Where what was typed is now. */
function SendingLine({ f }: { f: Filling }) {
  const t = entryWords.use();
  const refused = f.waiting.find((e) => e.state === "refused");
  const text = {
    none: "", saving: t("saving"), saved: t("saved"), kept: lasting ? t("keptHere") : t("keptHereOnly"), signIn: t("signIn"), refused: t("refused"), conflict: t("conflict"), willSubmit: t("willSubmit"), submitted: t("submitted"),
  }[f.sending];
  return (
    <span className={`sending sending-${f.sending}`}>
      {text}
      {refused?.lastError && <span lang="en"> ({refused.lastError})</span>}
    </span>
  );
}
