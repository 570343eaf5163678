// Saying something new about a work: progress, a step of opening, money, a
// deadline, a price; and taking a line back. The key of the line is made when
// the form opens, so that sending it twice says it once.
import { useState } from "react";
import { sendJson } from "../../api/client.ts";
import { queryClient, useSession } from "../../api/queries.ts";
import type { LineInput, WorkLine, WorkPage } from "../../api/works.ts";
import { parseNumber } from "../../format/parse-number.ts";
import { say } from "../../format/text.ts";
import { Combo } from "../../ui/combo.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FilePicker, type PickedFile } from "../../ui/files.tsx";
import { Refused, useAction } from "../../ui/form.tsx";
import { useDocumentOptions } from "../../ui/options.ts";
import { useWorkNames } from "./by-line.tsx";
import { qualifiers, qualifierSent, SelectField, TextField, wrongsOf, type Wrongs } from "./fields.tsx";
import { workFormWords, type FormKey } from "./form-words.ts";
import { lastOf } from "./last.ts";
import type { WorkKey } from "./words.ts";

export type LineForm = "status" | "step" | "money" | "deadline" | "price" | "people";

const titles: Record<LineForm, WorkKey> = { status: "report", step: "addStep", money: "addMoney", deadline: "addDeadline", price: "addPrice", people: "line_people" };
const sayings = ["under_way", "being_finished", "main_works_done", "finished", "opened"] as const;
const moneyKinds = ["planned", "approved", "transferred", "contracted", "advance", "paid", "accepted", "retained", "returned"] as const;

type Values = Record<string, string>;

/** What is wrong before anything is sent. */
export function checkLine(kind: LineForm, v: Values, page: WorkPage, today: string): Wrongs {
  const out: Wrongs = {};
  const amount = parseNumber(v.amount ?? "");
  const dated = kind !== "money" || !["planned", "approved"].includes(v.kind ?? "");
  if (!v.on || (dated && v.on > today)) out.on = { key: "wrong_on" };
  if (kind === "status") {
    const p = parseNumber(v.percent ?? "");
    const n = Number(p);
    if ((v.percent || (!v.stage && !v.word)) && (p === undefined || !(n >= 0 && n <= 100) || Math.abs(Math.round(n * 100) - n * 100) > 1e-9)) out["status.percent"] = { key: "wrong_percent" };
    const last = lastOf(page, v.stage ?? "");
    if (p !== undefined && last && n < last.percent && !v.reason?.trim()) out.reason = { key: "reasonFalls" };
    if ((v.finished && v.started && v.finished < v.started) || (v.finished && v.finished > (v.on ?? ""))) out["status.finished"] = { key: "wrong_dates" };
  }
  if (kind === "money" && (amount === undefined || Number(amount) <= 0)) out["money.amount"] = { key: "wrong_amount" };
  if (kind === "price" && (amount === undefined || (!v.change && Number(amount) < 0))) out["price.amount"] = { key: "wrong_amount" };
  if (kind === "price" && v.change && !v.reason?.trim()) out.reason = { key: "wrong_reason" };
  if (kind === "people" && !(Number.isInteger(Number(parseNumber(v.people ?? ""))) && Number(parseNumber(v.people ?? "") ?? -1) >= 0)) out.people = { key: "wrong_people" };
  if (kind === "deadline" && !v.deadline) out.deadline = { key: "wrong_deadline" };
  if (kind === "deadline" && page.deadlines.length > 0 && !v.reason?.trim()) out.reason = { key: "wrong_reason" };
  return out;
}

/** The line in the words of the API. */
export function lineOf(kind: LineForm, v: Values, key: string, files: string[]): LineInput {
  const number = (s: string | undefined) => Number(parseNumber(s ?? "") ?? 0);
  const l: LineInput = { kind, on: v.on ?? "", key };
  if (v.document) l.document = v.document;
  if (files.length > 0) l.files = files;
  if (v.remark?.trim()) l.remark = v.remark.trim();
  if (v.reason?.trim()) l.reason = v.reason.trim();
  const qualifier = qualifierSent(v.qualifier ?? "exact");
  switch (kind) {
    case "status":
      l.status = { stage: v.stage || undefined, percent: v.percent ? number(v.percent) : undefined, word: (v.word || undefined) as "finished" | undefined, qualifier, started: v.started || undefined, finished: v.finished || undefined };
      break;
    case "step":
      l.step = v.step as LineInput["step"];
      break;
    case "money":
      l.money = { kind: v.kind as "paid", source: v.source || undefined, amount: number(v.amount), qualifier, vat: v.vat as "included", year: v.year ? Number(v.year) : undefined, package: v.package || undefined, purpose: v.purpose || undefined, reference: v.reference || undefined };
      break;
    case "deadline":
      l.deadline = v.deadline;
      break;
    case "people":
      l.people = number(v.people);
      break;
    case "price":
      l.price = { amount: number(v.amount), qualifier, vat: v.vat as "included", change: v.change === "yes" || undefined };
      break;
  }
  return l;
}

export function LineDialog({ page, kind, onClose }: { page: WorkPage; kind: LineForm; onClose: () => void }) {
  const t = workFormWords.use();
  const names = useWorkNames();
  const today = useSession().data?.today ?? page.as_of;
  const next = page.chain.find((s) => !s.done)?.step ?? "built";
  const [key] = useState(() => crypto.randomUUID());
  const [v, setV] = useState<Values>({ on: today, step: next, kind: "paid", vat: "unknown", qualifier: "exact" });
  const [files, setFiles] = useState<PickedFile[]>([]);
  const [tried, setTried] = useState(false);
  const act = useAction(async () => {
    await sendJson<WorkPage>("POST", `/works/${page.row.id}/lines`, { lines: [lineOf(kind, v, key, files.flatMap((f) => f.id ?? []))] });
    await queryClient.invalidateQueries();
    onClose();
  });
  const set = (name: string) => (value: string) => setV((old) => ({ ...old, [name]: value }));
  const mine = tried ? checkLine(kind, v, page, today) : {};
  const wrong: Wrongs = { ...wrongsOf(act.error), ...mine };
  const sending = files.some((f) => !f.id);
  const submit = () => {
    setTried(true);
    if (Object.keys(checkLine(kind, v, page, today)).length === 0) void act.run();
  };
  return (
    <Dialog title={names.t(titles[kind])} onClose={onClose}>
      <form className="stack-s work-form" noValidate onSubmit={(e) => { e.preventDefault(); submit(); }}>
        {kind === "status" && <StatusFields page={page} v={v} set={set} wrong={wrong} />}
        {kind === "step" && <SelectField label={t("step")} value={v.step ?? ""} onChange={set("step")} options={page.chain.map((s) => [s.step, `${say(s.name, names.lang)}${s.done ? ` · ${names.date(s.on ?? "")}` : ""}`])} wrong={wrong.step} />}
        {kind === "money" && <MoneyFields page={page} v={v} set={set} wrong={wrong} />}
        {kind === "deadline" && <TextField label={t("deadline")} type="date" value={v.deadline ?? ""} onChange={set("deadline")} wrong={wrong.deadline} hint={page.deadlines.length > 0 ? `${names.t("nowDeadline")}: ${names.date(page.deadlines.at(-1)?.to ?? "")}` : undefined} />}
        {kind === "people" && <TextField label={t("people")} inputMode="numeric" value={v.people ?? ""} onChange={set("people")} wrong={wrong.people} />}
        {kind === "price" && <PriceFields v={v} set={set} wrong={wrong} />}
        <div className="form-grid">
          <TextField label={t("on")} type="date" value={v.on ?? ""} max={kind === "money" ? undefined : today} onChange={set("on")} wrong={wrong.on} />
          <Documents value={v.document ?? ""} onChange={set("document")} />
        </div>
        <TextField label={t(kind === "deadline" ? "reasonMoves" : "reason")} rows={2} maxLength={2000} value={v.reason ?? ""} onChange={set("reason")} wrong={wrong.reason} />
        <p className="small strong">{t("evidence")}</p>
        <FilePicker value={files} onChange={setFiles} about={`work:${page.row.id}`} restricted={v.restricted === "yes"} label={t("evidence")} />
        <label className="check"><input type="checkbox" checked={v.restricted === "yes"} disabled={files.length > 0} onChange={(e) => set("restricted")(e.target.checked ? "yes" : "")} />{t("restricted")} <span className="small quiet">{t("restrictedHint")}</span></label>
        <p className="small quiet">{t("evidenceHint")}</p>
        <TextField label={t("remark")} hint={t("remarkHint")} rows={2} maxLength={2000} value={v.remark ?? ""} onChange={set("remark")} />
        <Refused error={act.error} />
        <p className="row">
          <button type="submit" className="button button-main" disabled={act.busy || sending}>{t("send")}</button>
          <button type="button" className="button" onClick={onClose}>{t("cancel")}</button>
        </p>
      </form>
    </Dialog>
  );
}

interface PartProps {
  v: Values;
  set: (name: string) => (value: string) => void;
  wrong: Wrongs;
}

function Documents({ value, onChange }: { value: string; onChange: (v: string) => void }) {
  const t = workFormWords.use();
  return <Combo label={t("document")} options={useDocumentOptions()} value={value} onChange={onChange} empty={t("documentNone")} />;
}

function Exactly({ v, set }: { v: Values; set: PartProps["set"] }) {
  const t = workFormWords.use();
  return <SelectField label={t("exactly")} value={v.qualifier ?? "exact"} onChange={set("qualifier")} options={qualifiers.map((q) => [q, t(`q_${q}` as FormKey)])} />;
}

function StatusFields({ page, v, set, wrong }: PartProps & { page: WorkPage }) {
  const t = workFormWords.use();
  const names = useWorkNames();
  const last = lastOf(page, v.stage ?? "");
  return (
    <>
      <SelectField label={t("what")} value={v.stage ?? ""} onChange={set("stage")} wrong={wrong["status.stage"]} options={[["", t("whole")], ...page.stages.map((s) => [s.code, say(s.name, names.lang)] as const)]} />
      <div className="form-grid">
        <TextField label={t("percent")} inputMode="decimal" value={v.percent ?? ""} onChange={set("percent")} wrong={wrong["status.percent"]} hint={last ? t("last", { value: names.percent(last.percent), date: names.date(last.on) }) : t("lastNone")} />
        <Exactly v={v} set={set} />
        <SelectField label={t("word")} value={v.word ?? ""} onChange={set("word")} wrong={wrong["status.word"]} options={[["", t("wordNone")], ...sayings.filter((x) => x !== "opened" || !v.stage).map((x) => [x, names.t(`word_${x}`)] as const)]} />
      </div>
      {v.stage && (
        <div className="form-grid">
          <TextField label={t("started")} type="date" value={v.started ?? ""} onChange={set("started")} wrong={wrong["status.started"]} />
          <TextField label={t("finished")} type="date" value={v.finished ?? ""} onChange={set("finished")} wrong={wrong["status.finished"]} />
        </div>
      )}
    </>
  );
}

function MoneyFields({ page, v, set, wrong }: PartProps & { page: WorkPage }) {
  const t = workFormWords.use();
  const names = useWorkNames();
  const packages = page.parts.filter((p) => p.level === "package");
  return (
    <>
      <div className="form-grid">
        <SelectField label={t("kind")} value={v.kind ?? ""} onChange={set("kind")} options={moneyKinds.map((k) => [k, names.t(`m_${k}` as WorkKey)])} />
        <SelectField label={t("source")} value={v.source ?? ""} onChange={set("source")} wrong={wrong["money.source"]} options={[["", t("sourceNone")], ...(names.terms?.sources ?? []).map((s) => [s.code, say(s.name, names.lang)] as const)]} />
      </div>
      <div className="form-grid">
        <TextField label={t("amount", { currency: names.words.currency })} inputMode="decimal" value={v.amount ?? ""} onChange={set("amount")} wrong={wrong["money.amount"]} />
        <Exactly v={v} set={set} />
        <Vat v={v} set={set} />
      </div>
      <div className="form-grid">
        <TextField label={t("year")} inputMode="numeric" maxLength={4} value={v.year ?? ""} onChange={set("year")} wrong={wrong["money.year"]} />
        {packages.length > 0 && <SelectField label={t("package")} value={v.package ?? ""} onChange={set("package")} wrong={wrong["money.package"]} options={[["", "—"], ...packages.map((p) => [p.id, say(p.title, names.lang)] as const)]} />}
        <TextField label={t("reference")} maxLength={190} value={v.reference ?? ""} onChange={set("reference")} />
        <TextField label={t("purpose")} maxLength={90} value={v.purpose ?? ""} onChange={set("purpose")} wrong={wrong["money.purpose"]} />
      </div>
    </>
  );
}

function Vat({ v, set }: { v: Values; set: PartProps["set"] }) {
  const t = workFormWords.use();
  return <SelectField label={t("vat")} value={v.vat ?? "unknown"} onChange={set("vat")} options={(["unknown", "included", "excluded"] as const).map((k) => [k, t(`vat_${k}`)])} />;
}

function PriceFields({ v, set, wrong }: PartProps) {
  const t = workFormWords.use();
  const names = useWorkNames();
  return (
    <>
      <label className="check"><input type="checkbox" checked={v.change === "yes"} onChange={(e) => set("change")(e.target.checked ? "yes" : "")} />{t("change")}</label>
      <div className="form-grid">
        <TextField label={t("price", { currency: names.words.currency })} inputMode="decimal" value={v.amount ?? ""} onChange={set("amount")} wrong={wrong["price.amount"]} />
        <Exactly v={v} set={set} />
        <Vat v={v} set={set} />
      </div>
    </>
  );
}

/** Takes a line back, with the reason. */
export function Withdraw({ page, line, onClose }: { page: WorkPage; line: WorkLine; onClose: () => void }) {
  const t = workFormWords.use();
  const names = useWorkNames();
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const act = useAction(async () => {
    await sendJson<WorkPage>("POST", `/works/${page.row.id}/lines/${line.id}/withdraw`, { reason: reason.trim() });
    await queryClient.invalidateQueries();
    onClose();
  });
  const empty = reason.trim() === "";
  return (
    <Dialog title={t("withdrawTitle")} onClose={onClose}>
      <form className="stack-s work-form" noValidate onSubmit={(e) => { e.preventDefault(); setTried(true); if (!empty) void act.run(); }}>
        <p className="strong">{names.says(line, page.lines)} · {names.date(line.on)}</p>
        <p className="small quiet">{t("withdrawHint")}</p>
        <TextField label={t("reason")} rows={3} maxLength={2000} value={reason} onChange={setReason} wrong={tried && empty ? { key: "wrong_reason" } : undefined} />
        <Refused error={act.error} />
        <p className="row">
          <button type="submit" className="button button-main" disabled={act.busy}>{names.t("withdraw")}</button>
          <button type="button" className="button" onClick={onClose}>{t("cancel")}</button>
        </p>
      </form>
    </Dialog>
  );
}
