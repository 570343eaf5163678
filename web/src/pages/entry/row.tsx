// One line of a report: what is asked, what was known, and the fields.
import { useId, useState, type ClipboardEvent, type KeyboardEvent } from "react";
import type { FormKnown, FormProblem, FormRow, TemplateRow } from "../../api/types.ts";
import { formatPeriod } from "../../format/date.ts";
import { formatNumber } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { useWords } from "../../words.tsx";
import { A } from "../../route.tsx";
import { useShowFigure } from "../../ui/figure.tsx";
import { maxNote, withoutValue, type Typed } from "./check.ts";
import { entryWords, type EntryKey } from "./words.ts";

interface Props {
  row: TemplateRow;
  known: FormRow | undefined;
  typed: Typed;
  problems: FormProblem[];
  checkText: (code: string) => string;
  readOnly: boolean;
  set: (patch: Partial<Typed>) => void;
  step: (by: 1 | -1) => void;
  paste: (text: string) => boolean;
  showAll: boolean;
}

const statuses = ["", "E", "P", "O", "L", "M"] as const;

export function EntryRow(p: Props) {
  const { row, known, typed, readOnly } = p;
  const words = useWords();
  const t = entryWords.use();
  const id = useId();
  const [visited, setVisited] = useState(false);
  const [noting, setNoting] = useState(false);
  const name = say(row.name, words.lang) || words.measure(row.measure);
  const shown = p.problems.filter((x) => p.showAll || visited || (x.code !== "required" && typed.value !== ""));
  const blocks = shown.some((x) => x.blocks);
  const alone = (withoutValue as readonly string[]).includes(typed.status);
  const wantsNote = noting || typed.note !== "" || p.problems.some((x) => x.code === "outside_range" || (x.code === "check_broken" && typed.value !== ""));
  const onKey = (e: KeyboardEvent<HTMLInputElement>) => {
    if (e.key === "Enter" || e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      p.step(e.key === "ArrowUp" ? -1 : 1);
    }
  };
  const onPaste = (e: ClipboardEvent<HTMLInputElement>) => {
    if (p.paste(e.clipboardData.getData("text/plain"))) e.preventDefault();
  };
  return (
    <li className={`er${blocks ? " er-bad" : shown.length > 0 ? " er-odd" : ""}`}>
      <div className="er-name">
        <label htmlFor={`${id}-v`}>{name}</label>
        {row.required && <span className="er-need"> · {t("required")}</span>}
      </div>
      <div className="er-fields">
        <span className="er-value">
          <input
            id={`${id}-v`} data-row={row.code} className="input" inputMode="decimal" autoComplete="off" enterKeyHint="next"
            value={typed.value} readOnly={readOnly || alone} placeholder={alone ? "—" : undefined} maxLength={40}
            aria-invalid={blocks || undefined} aria-describedby={`${id}-k ${id}-p`}
            onChange={(e) => p.set({ value: e.currentTarget.value })} onKeyDown={onKey} onPaste={onPaste} onBlur={() => setVisited(true)}
          />
          <span className="er-unit" aria-hidden="true">{unitWord(words.unitName(row.unit), row.unit, words.currency)}</span>
        </span>
        <select className="input er-status" aria-label={t("statusOf", { row: name })} value={typed.status === "A" ? "" : typed.status} disabled={readOnly}
          onChange={(e) => p.set({ status: e.currentTarget.value, ...((withoutValue as readonly string[]).includes(e.currentTarget.value) ? { value: "" } : {}) })}>
          {statuses.map((s) => <option key={s} value={s}>{t(`status_${s}` as EntryKey)}</option>)}
        </select>
      </div>
      <KnownLine id={`${id}-k`} known={known} row={row} />
      <div className="er-problems" id={`${id}-p`} aria-live="polite">
        {shown.map((x) => <p key={x.code + x.check} className={x.blocks ? "er-stop" : "er-hint"}>{problemText(x, row, p.checkText, t, words.lang)}</p>)}
      </div>
      {wantsNote ? (
        <label className="er-note field">
          <span className="sr">{t("noteOf", { row: name })}</span>
          <textarea className="input" rows={2} maxLength={maxNote} placeholder={t("note")} value={typed.note} readOnly={readOnly} onChange={(e) => p.set({ note: e.currentTarget.value })} />
        </label>
      ) : !readOnly && (
        <button type="button" className="er-add" aria-label={`${t("addNote")}: ${name}`} onClick={() => setNoting(true)}>{t("addNote")}</button>
      )}
    </li>
  );
}

function unitWord(name: string, unit: string, currency: string): string {
  if (unit === "percent") return "%";
  return unit.length === 3 && unit === unit.toUpperCase() ? currency : name;
}

function KnownLine({ id, known, row }: { id: string; known: FormRow | undefined; row: TemplateRow }) {
  const t = entryWords.use();
  const words = useWords();
  const range = known?.range;
  return (
    <dl className="er-known" id={id}>
      <KnownItem name={t("last")} k={known?.last ?? null} unit={row.unit} period />
      <KnownItem name={t("yearAgo")} k={known?.year_ago ?? null} unit={row.unit} />
      <KnownItem name={t("plan")} k={known?.plan ?? null} unit={row.unit} />
      {range && (
        <div>
          <dt>{t("range")}</dt>
          <dd>{t("rangeText", { from: formatNumber(range.lower, words.lang), to: formatNumber(range.upper, words.lang) })}</dd>
        </div>
      )}
    </dl>
  );
}

function KnownItem({ name, k, unit, period }: { name: string; k: FormKnown | null; unit: string; period?: boolean }) {
  const words = useWords();
  const t = entryWords.use();
  const show = useShowFigure();
  if (!k) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <A to={`/figures/${k.figure}`} className="fig" aria-haspopup="dialog" tabIndex={-1} onClick={(e) => { if (e.metaKey || e.ctrlKey) return; e.preventDefault(); show(k.figure, e.currentTarget); }}>
          {k.value !== null ? words.amount(k.value, unit) : t(`status_${k.status}` as EntryKey)}
        </A>
        {period && k.period && <span className="quiet"> · {formatPeriod(k.period, words.lang)}</span>}
      </dd>
    </div>
  );
}

type Say = ReturnType<typeof entryWords.use>;

export function problemText(x: FormProblem, row: TemplateRow, checkText: (code: string) => string, t: Say, lang: "kk" | "ru" | "en"): string {
  switch (x.code) {
    case "check_broken":
      return checkText(x.check);
    case "too_precise":
      return row.decimals === 0 ? t("p_whole") : t("p_too_precise", { n: row.decimals });
    case "below_min":
      return t("p_below_min", { n: formatNumber(Number(row.min), lang) });
    case "above_max":
      return t("p_above_max", { n: formatNumber(Number(row.max), lang) });
    case "outside_range":
      return t(x.blocks ? "p_outside_range" : "p_outside_explained");
  }
  const key = `p_${x.code}` as EntryKey;
  return key in entryWords.dict ? t(key) : t("p_other");
}
