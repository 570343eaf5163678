// The answer of an office: numbers, a new deadline or a withdrawal, words and
// files. It is kept while it is written and sent through the queue, with or
// without a connection.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState } from "react";
import { useSession } from "../../api/queries.ts";
import type { AskPage } from "../../api/types.ts";
import { formatPeriod } from "../../format/date.ts";
import { langs } from "../../format/number.ts";
import { common } from "../../i18n/words.ts";
import { onTaken, queue, startQueue, startWorker, useOnline, useWaiting, writesAs } from "../../offline/offline.ts";
import { Area } from "../../ui/ask-dialog.tsx";
import { FigureOf, sayQuantity } from "../../ui/figure.tsx";
import { FilePicker } from "../../ui/files.tsx";
import { Field } from "../../ui/form.tsx";
import { langNames } from "../../ui/lang-names.ts";
import { Card } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { dropDraft, fieldOf, noDraft, readDraft, resumeDraft, sendAnswer, writeDraft, wrongWith, type Draft, type Given, type Wrong } from "./draft.ts";
import { asksWords } from "./words.ts";

const saveMs = 400;

/** The draft of this reader: as it was written here, as the server has it, or a new one. */
async function beginDraft(page: AskPage, owner: string): Promise<Draft> {
  const here = await readDraft(page.ask.id, owner);
  const there = page.pending.find((x) => x.mine)?.id;
  if (here && (!there || here.id === there)) {
    if (there) await resumeDraft(page, there).catch(() => undefined); // from which version one goes on
    return here;
  }
  return there ? resumeDraft(page, there).catch(() => noDraft()) : noDraft();
}

/** It is kept as it is written. */
function useDraft(page: AskPage, owner: string | undefined) {
  const ask = page.ask.id;
  const [draft, setDraft] = useState<Draft>();
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current || owner === undefined) return;
    begun.current = true;
    void beginDraft(page, owner).then(setDraft);
  }, [page, owner]);
  useEffect(() => {
    if (!draft || owner === undefined) return undefined;
    const timer = window.setTimeout(() => void writeDraft(ask, owner, draft), saveMs);
    return () => window.clearTimeout(timer);
  }, [ask, owner, draft]);
  return [draft, setDraft] as const;
}

export function AnswerForm({ page, renew }: { page: AskPage; renew: () => void }) {
  const t = asksWords.use();
  const client = useQueryClient();
  const session = useSession().data;
  const owner = session && (session.account?.id ?? "");
  const ask = page.ask.id;
  const [draft, setDraft] = useDraft(page, owner);
  const [wrong, setWrong] = useState<Wrong[]>([]);
  const [sent, setSent] = useState(false);
  const [correcting, setCorrecting] = useState(false);
  const waiting = useWaiting(draft?.id ?? "-");
  const id = draft?.id;
  useEffect(() => {
    startQueue();
    startWorker();
  }, []);
  useEffect(() => {
    if (owner) void writesAs(owner);
  }, [owner]);
  useEffect(() => onTaken((e) => {
    if (!id || e.id !== `submit-${id}`) return;
    setSent(true);
    void dropDraft(ask);
    void client.invalidateQueries();
    renew();
  }), [client, id, ask, renew]);
  if (!draft || !session || owner === undefined) return null;
  if (sent) return <Card title={t("yourAnswer")}><p className="note" role="status">{t("sent")}</p></Card>;
  if (waiting.length > 0 && !correcting) return <OnItsWay id={draft.id} onCorrect={() => setCorrecting(true)} />;
  const send = async () => {
    const list = wrongWith(draft, session.today);
    setWrong(list);
    if (list.length > 0) return;
    await writeDraft(ask, owner, draft);
    setCorrecting(false);
    await sendAnswer(page, draft);
  };
  return <Form page={page} today={session.today} draft={draft} put={(patch) => setDraft((d) => (d ? { ...d, ...patch } : d))} wrong={wrong} onSend={() => void send()} />;
}

/** An answer in the queue: waiting, refused, or in conflict with another one. */
function OnItsWay({ id, onCorrect }: { id: string; onCorrect: () => void }) {
  const t = asksWords.use();
  const online = useOnline();
  const list = useWaiting(id);
  const stuck = list.find((e) => e.state !== "waiting");
  const tried = list.find((e) => e.lastError && (e.status ?? 0) > 0);
  const drop = async () => {
    for (const e of list) await queue.drop(e.id);
  };
  const again = async () => {
    for (const e of list) await queue.put(e);
    await queue.flush();
  };
  return (
    <Card title={t("yourAnswer")}>
      <div className="stack-s" role="status">
        <p className="note">{stuck ? t(stuck.state === "conflict" ? "conflict" : "refused") : online && !tried ? t("sending") : t("kept")}</p>
        {(stuck ?? tried)?.lastError && <p className="small quiet" lang="en">{(stuck ?? tried)?.lastError}</p>}
        <p className="row">
          <button type="button" className="button" onClick={() => void again()}>{t("again")}</button>
          <button type="button" className="button" onClick={onCorrect}>{t("edit")}</button>
          {stuck && <button type="button" className="button" onClick={() => void drop()}>{t("drop")}</button>}
        </p>
      </div>
    </Card>
  );
}

interface FormProps {
  page: AskPage;
  today: string;
  draft: Draft;
  put: (patch: Partial<Draft>) => void;
  wrong: Wrong[];
  onSend: () => void;
}

function Form({ page, today, draft: d, put, wrong, onSend }: FormProps) {
  const words = useWords();
  const t = asksWords.use();
  const online = useOnline();
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (wrong.length > 0) summary.current?.focus();
  }, [wrong]);
  const others = langs.filter((l) => l !== words.lang);
  const text = (l: (typeof langs)[number], v: string) => put({ text: { ...d.text, [l]: v } });
  return (
    <Card id="answer" title={t("yourAnswer")} aside={<p>{t("answerHint")}</p>} className="no-print">
      <form className="answer-form" noValidate onSubmit={(e) => { e.preventDefault(); onSend(); }}>
        {!online && <p className="note" role="status">{t("offline")}</p>}
        {wrong.length > 0 && <div ref={summary} className="errors" tabIndex={-1} role="alert"><ul>{wrong.map((w) => <li key={w}>{t(`missing_${w}`)}</li>)}</ul></div>}
        {page.measures.map((m) => <Number key={fieldOf(m)} page={page} measure={m} today={today} given={d.values[fieldOf(m)]} onGiven={(g) => put({ values: { ...d.values, [fieldOf(m)]: g } })} invalid={wrong} />)}
        {page.deadline && <Change draft={d} put={put} wrong={wrong} />}
        <Area label={`${t("text")} (${langNames[words.lang]})`} lang={words.lang} value={d.text[words.lang] ?? ""} onChange={(v) => text(words.lang, v)} invalid={wrong.includes("text")} hint={t("textHint")} />
        <details>
          <summary>{t("others")}</summary>
          <div className="stack-s">{others.map((l) => <Area key={l} label={langNames[l]} lang={l} value={d.text[l] ?? ""} onChange={(v) => text(l, v)} />)}</div>
        </details>
        <div className="field">
          <span>{t("files")}</span>
          <FilePicker value={d.files} onChange={(files) => put({ files })} later={!online} about={page.ask.about.id} place={page.place} label={t("files")} />
        </div>
        <button type="submit" className="button button-main answer-send">{t("send")}</button>
      </form>
    </Card>
  );
}

const qualifiers = [["=", ""], [">=", "q_at_least"], ["~", "q_about"], [">", "q_more_than"]] as const;

function Number({ page, measure: m, today, given, onGiven, invalid }: { page: AskPage; measure: AskPage["measures"][number]; today: string; given?: Given; onGiven: (g: Given) => void; invalid: Wrong[] }) {
  const words = useWords();
  const t = asksWords.use();
  const c = common.use();
  const g = given ?? { value: "", qualifier: "=", day: today };
  const promised = page.promise?.promise;
  const id = useId();
  return (
    <fieldset>
      <legend>{t(m.relation === "progress" ? "measure_progress" : "measure_delivers", { measure: words.measure(m.measure) })}</legend>
      <div className="answer-pair">
        <div className="field">
          <label htmlFor={id}><span>{c("value")}, {words.unitName(m.unit)}</span></label>
          <input id={id} className="input" inputMode="decimal" maxLength={40} autoComplete="off" value={g.value} aria-invalid={(g.value !== "" && invalid.includes("value")) || undefined} onChange={(e) => onGiven({ ...g, value: e.target.value })} />
        </div>
        <label className="field">
          <span className="sr">{c("value")}</span>
          <select className="input" value={g.qualifier} onChange={(e) => onGiven({ ...g, qualifier: e.target.value })}>
            {qualifiers.map(([q, word]) => <option key={q} value={q}>{word ? c(word) : "="}</option>)}
          </select>
        </label>
        <Field label={t("day")} type="date" value={g.day} max={today} onChange={(day) => onGiven({ ...g, day })} />
      </div>
      <p className="small quiet last-said">
        {m.relation === "delivers" && promised?.target.value != null && <span>{t("planned", { value: sayQuantity(words, promised.target.value, promised.target.qualifier, promised.unit, promised.noun) })}</span>}
        {m.last.length > 0 && <span>{t("lastSaid")}: {m.last.slice(0, 2).map((f, i) => <span key={f.id}>{i > 0 && "; "}<FigureOf f={f} bare={m.unit !== "percent"} />{f.period && `, ${formatPeriod(f.period, words.lang)}`}</span>)}</span>}
      </p>
    </fieldset>
  );
}

function Change({ draft: d, put, wrong }: Pick<FormProps, "draft" | "put" | "wrong">) {
  const t = asksWords.use();
  const pick = (to: Draft["change"]) => put({ change: d.change === to ? "" : to });
  return (
    <fieldset>
      <legend className="sr">{t("move")}</legend>
      <label className="check"><input type="checkbox" checked={d.change === "move"} onChange={() => pick("move")} />{t("move")}</label>
      {d.change === "move" && <Field label={t("moveTo")} type="date" value={d.deadline} required onChange={(deadline) => put({ deadline })} />}
      <label className="check"><input type="checkbox" checked={d.change === "withdraw"} onChange={() => pick("withdraw")} />{t("withdraw")}</label>
      {d.change !== "" && <Field label={t("reason")} value={d.reason} required maxLength={2000} onChange={(reason) => put({ reason })} hint={wrong.includes("reason") ? t("missing_reason") : undefined} />}
    </fieldset>
  );
}
