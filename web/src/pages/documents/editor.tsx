// The form that turns marked words into a figure, a promise, a move or a
// delivery. What the words say is filled in; errors stand on top with links.
import { useEffect, useId, useMemo, useRef, useState } from "react";
import { ApiError, send } from "../../api/client.ts";
import { useApi } from "../../api/queries.ts";
import type { Entered, List, Promise as Item } from "../../api/types.ts";
import { say } from "../../format/text.ts";
import { common } from "../../i18n/words.ts";
import { A } from "../../route.tsx";
import { Combo, type Option } from "../../ui/combo.tsx";
import { useMeasureOptions, usePlaceOptions, useUnitOptions } from "../../ui/options.ts";
import { useWords } from "../../words.tsx";
import { acts, begin, entryOf, missing, type Draft, type Missing } from "./entry.ts";
import { readSelection } from "./read-selection.ts";
import type { Selected } from "./selection.ts";
import { editorWords } from "./words.ts";

interface Props {
  document: string;
  selected: Selected;
  onDone: () => void;
  onClose: () => void;
}

const qualifiers = [["=", "exactly"], ["~", "q_about"], ["<~", "q_close_to"], [">=", "q_at_least"], [">", "q_more_than"], ["<=", "q_at_most"], ["<", "q_less_than"]] as const;

export default function Editor({ document: name, selected, onDone, onClose }: Props) {
  const words = useWords();
  const t = editorWords.use();
  const language = words.documents.get(name)?.language ?? "";
  const [draft, setDraft] = useState<Draft>(() => begin(selected, readSelection(selected.text, words.lang), words.root, words.vocabulary.country.currency.code, language));
  const [wrong, setWrong] = useState<Missing[]>([]);
  const [refused, setRefused] = useState("");
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<Entered | null>(null);
  const key = useRef(crypto.randomUUID());
  const box = useRef<HTMLFormElement>(null);
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  useEffect(() => {
    if (wrong.length > 0 || refused) summary.current?.focus();
  }, [wrong, refused]);

  const put = (patch: Partial<Draft>) => setDraft((d) => ({ ...d, ...patch }));
  const submit = async () => {
    const list = missing(draft, words.lang);
    setWrong(list);
    setRefused("");
    if (list.length > 0) return;
    setBusy(true);
    try {
      setDone(await send<Entered>("POST", "/entries", JSON.stringify(entryOf(draft, name, selected, words.lang)), "application/json", key.current));
      onDone();
    } catch (e) {
      key.current = crypto.randomUUID();
      setRefused(e instanceof ApiError ? e.message : String(e));
    } finally {
      setBusy(false);
    }
  };
  if (done) return <Done entered={done} onClose={onClose} />;
  return (
    <form ref={box} className="editor no-print" tabIndex={-1} aria-label={t("title")} noValidate onSubmit={(e) => { e.preventDefault(); void submit(); }}>
      <h3>{t("title")}</h3>
      <p className="small"><span className="quiet">{t("marked")}:</span> «{selected.text.slice(0, 200)}»</p>
      {(wrong.length > 0 || refused) && (
        <div ref={summary} className="errors" tabIndex={-1} role="alert">
          <strong>{t("summary")}</strong>
          <ul>
            {wrong.map((w) => <li key={w.word}>{t(w.word)}</li>)}
            {refused && <li lang="en">{refused}</li>}
          </ul>
        </div>
      )}
      <fieldset className="tabs acts">
        <legend className="sr">{t("what")}</legend>
        {acts.map((a) => <button key={a} type="button" aria-pressed={draft.act === a} onClick={() => put({ act: a })}>{t(`act_${a}`)}</button>)}
      </fieldset>
      <Fields draft={draft} put={put} wrong={new Set(wrong.map((w) => w.field))} />
      <div className="row">
        <button type="submit" className="button button-main" disabled={busy}>{busy ? t("saving") : t("save")}</button>
        <button type="button" className="button" onClick={onClose}>{t("cancel")}</button>
      </div>
    </form>
  );
}

function Done({ entered, onClose }: { entered: Entered; onClose: () => void }) {
  const t = editorWords.use();
  const c = common.use();
  const path = entered.promise ? `/promises/${entered.promise}` : entered.figure ? `/figures/${entered.figure}` : null;
  return (
    <div className="editor" role="status">
      <p className="row">
        <strong>{t("saved")}</strong>
        {path && <A to={path}>{t("openIt")} →</A>}
        <button type="button" className="button button-small" onClick={onClose}>{c("close")}</button>
      </p>
    </div>
  );
}

interface FieldsProps {
  draft: Draft;
  put: (patch: Partial<Draft>) => void;
  wrong: ReadonlySet<keyof Draft>;
}

function Fields(props: FieldsProps) {
  const { draft: d, put, wrong } = props;
  const t = editorWords.use();
  const c = common.use();
  const measures = useMeasureOptions(true);
  const places = usePlaceOptions();
  const promises = usePromiseOptions();
  const move = d.act === "move";
  return (
    <div className="editor-grid">
      {(move || d.act === "delivery") && <Combo label={t("promise")} options={promises} value={d.promise} required={move} invalid={wrong.has("promise")} empty={move ? undefined : c("none")} onChange={(v) => put({ promise: v })} />}
      {!move && <Combo label={c("measure")} options={measures} value={d.measure} required invalid={wrong.has("measure")} onChange={(v) => put({ measure: v })} />}
      {!move && <Combo label={c("place")} options={places} value={d.place} required invalid={wrong.has("place")} onChange={(v) => put({ place: v })} />}
      <Input label={move ? t("newTarget") : t("value")} value={d.value} invalid={wrong.has("value")} hint={d.act === "promise" ? t("noValue") : undefined} onChange={(value) => put({ value })} />
      <Qualifier draft={d} put={put} />
      {!move && <UnitChoice draft={d} put={put} />}
      {!move && <Input label={c("period")} value={d.period} invalid={wrong.has("period")} placeholder="2026, 2026-Q1, 2026/2028" onChange={(v) => put({ period: v })} />}
      {(move || d.act === "promise") && <Input label={move ? t("newDeadline") : t("deadline")} type="date" value={d.deadline} invalid={wrong.has("deadline")} onChange={(deadline) => put({ deadline })} />}
      {d.act === "promise" && <Combo label={t("partOf")} options={promises} value={d.partOf} empty={c("none")} onChange={(v) => put({ partOf: v })} />}
      {!move && <Input label={t("dimensions")} value={d.dimensions} onChange={(dimensions) => put({ dimensions })} />}
      {move && <Input label={t("reason")} value={d.reason} onChange={(reason) => put({ reason })} />}
      {(d.act === "promise" || d.act === "delivery") && (
        <>
          <Input label={t("titleKk")} value={d.kk} invalid={wrong.has("kk")} lang="kk" onChange={(kk) => put({ kk })} />
          <Input label={t("titleRu")} value={d.ru} invalid={wrong.has("kk")} lang="ru" onChange={(ru) => put({ ru })} />
          <Input label={t("titleEn")} value={d.en} invalid={wrong.has("kk")} lang="en" onChange={(en) => put({ en })} />
        </>
      )}
    </div>
  );
}

function Qualifier({ draft, put }: Omit<FieldsProps, "wrong">) {
  const t = editorWords.use();
  const c = common.use();
  return (
    <label className="field">
      <span>{t("qualifier")}</span>
      <select className="input" value={draft.qualifier} onChange={(e) => put({ qualifier: e.target.value })}>
        {qualifiers.map(([q, word]) => <option key={q} value={q}>{word === "exactly" ? t("exactly") : `${c(word)}${c(word).length > 1 ? ` (${q})` : ""}`}</option>)}
      </select>
    </label>
  );
}

function UnitChoice({ draft, put }: Omit<FieldsProps, "wrong">) {
  const c = common.use();
  const words = useWords();
  const units = useUnitOptions();
  const of = words.measures.get(draft.measure)?.unit;
  return <Combo label={c("unit")} options={units} value={draft.unit} empty={of ? words.unitName(of) : c("choose")} onChange={(v) => put({ unit: v })} />;
}

interface InputProps {
  label: string;
  value: string;
  onChange: (v: string) => void;
  invalid?: boolean;
  type?: "text" | "date";
  placeholder?: string;
  hint?: string;
  lang?: string;
}

function Input({ label, value, onChange, invalid, type = "text", placeholder, hint, lang }: InputProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}><span>{label}</span></label>
      <input id={id} className="input" type={type} value={value} placeholder={placeholder} lang={lang} maxLength={type === "text" ? 400 : undefined} aria-invalid={invalid || undefined} aria-describedby={hint ? `${id}-h` : undefined} onChange={(e) => onChange(e.target.value)} />
      {hint && <span id={`${id}-h`} className="small quiet">{hint}</span>}
    </div>
  );
}

/** Promises by title, their id beside them. */
function usePromiseOptions(): Option[] {
  const words = useWords();
  const q = useApi<List<Item>>("/promises");
  return useMemo(() => (q.data?.items ?? []).map((p) => ({ value: p.id, text: say(p.title, words.lang), hint: p.id })), [q.data, words]);
}
