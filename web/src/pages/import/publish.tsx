// The last step, and the way back.
import { useState } from "react";
import type { Import } from "../../api/types.ts";
import { A } from "../../route.tsx";
import { Field, Refused, useAction } from "../../ui/form.tsx";
import { Card } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import type { useStep } from "./use-import.ts";
import { importWords } from "./words.ts";

export function Publish({ i, step }: { i: Import; step: ReturnType<typeof useStep> }) {
  if (i.outcome) return <Done i={i} step={step} />;
  return <Last i={i} step={step} />;
}

function Last({ i, step }: { i: Import; step: ReturnType<typeof useStep> }) {
  const t = importWords.use();
  const words = useWords();
  const [partial, setPartial] = useState(false);
  const commit = useAction(async () => void (await step("POST", "/commit", { version: i.version, partial: partial || undefined })));
  const c = i.check;
  const direct = i.may.includes("publish");
  if (!c || !(direct || i.may.includes("submit"))) return null;
  const bad = c.problems > 0;
  return (
    <Card title={t("publish")} id="publish">
      <div className="stack-s">
        <p>{t("allOrNothing")}</p>
        {i.denied && <p className="note">{t("needsApproval", { place: words.place(i.denied.territory ?? "") })}</p>}
        {bad && <p className="small quiet">{t("fixFirst")}</p>}
        {bad && c.figures > 0 && (
          <label className="check"><input type="checkbox" checked={partial} onChange={(e) => setPartial(e.target.checked)} />{t("partial", { n: c.faulty })}</label>
        )}
        <div className="row">
          <button type="button" className="button button-main" disabled={commit.busy || (bad && !partial)} onClick={() => void commit.run()}>{t(direct ? "publishN" : "submitN", { n: c.figures })}</button>
        </div>
        <Refused error={commit.error} />
      </div>
    </Card>
  );
}

function Done({ i, step }: { i: Import; step: ReturnType<typeof useStep> }) {
  const t = importWords.use();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const withdraw = useAction(async () => void (await step("POST", "/withdraw", { version: i.version, reason })));
  const o = i.outcome;
  if (!o) return null;
  return (
    <Card title={i.state === "withdrawn" ? t("state_withdrawn") : i.state === "submitted" ? t("state_submitted") : t("done")} id="done">
      <div className="stack-s">
        {i.state === "submitted" ? <p role="status">{t("submittedText")} {o.submission && <A to={`/submissions/${o.submission}`}>{t("seeSubmission")}</A>}</p> : <p role="status">{o.run ? t("doneText", { new: o.new, known: o.known, corrected: o.corrected }) : t("nothingNew")}</p>}
        {o.left_out > 0 && <p>{t("leftOut", { n: o.left_out })}</p>}
        {i.state === "withdrawn" && o.reason && <p className="note">{t("withdrawnText", { reason: o.reason })}</p>}
        <div className="row">
          {o.run && i.state === "published" && <A to="/figures" search={{ place: i.place }} className="button">{t("seeFigures")}</A>}
          {i.may.includes("withdraw") && !asking && <button type="button" className="button" onClick={() => setAsking(true)}>{t("withdraw")}</button>}
          <A to="/import" className="button">{t("another")}</A>
        </div>
        {asking && (
          <form className="form" onSubmit={(e) => { e.preventDefault(); void withdraw.run(); }}>
            <p className="small">{t("withdrawLead")}</p>
            <Field label={t("reason")} value={reason} onChange={setReason} maxLength={2000} required />
            <button type="submit" className="button button-main" disabled={withdraw.busy || reason.trim().length < 3}>{t("withdraw")}</button>
            <Refused error={withdraw.error} />
          </form>
        )}
      </div>
    </Card>
  );
}
