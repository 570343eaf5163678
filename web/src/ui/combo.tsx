// A choice among many names: type a part of it, arrows choose, Enter takes it.
// Spelling without the Kazakh letters finds them too.
import { useId, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { common } from "../i18n/words.ts";
import "./combo.css";

export interface Option {
  value: string;
  text: string;
  /** Further words by which it is found, and shown small. */
  hint?: string;
}

interface Props {
  label: string;
  options: readonly Option[];
  value: string;
  onChange: (value: string) => void;
  /** What an empty choice means. */
  empty?: string;
  required?: boolean;
  invalid?: boolean;
}

const shown = 60;

const latin: Record<string, string> = { ә: "а", ғ: "г", қ: "к", ң: "н", ө: "о", ұ: "у", ү: "у", һ: "х", і: "и", ё: "е" };

/** Letters without their marks, small: what a hurried reader types. */
export function foldForChoice(s: string): string {
  return s.toLowerCase().replace(/[әғқңөұүһіё]/g, (c) => latin[c] ?? c);
}

/** The options in which every typed word begins some word or stands inside. */
export function matching(options: readonly Option[], text: string): Option[] {
  const parts = foldForChoice(text).split(/\s+/).filter(Boolean);
  if (parts.length === 0) return options.slice(0, shown);
  const out: Option[] = [];
  for (const o of options) {
    const hay = foldForChoice(`${o.text} ${o.hint ?? ""} ${o.value}`);
    if (parts.every((p) => hay.includes(p))) out.push(o);
    if (out.length === shown) break;
  }
  return out;
}

export function Combo({ label, options, value, onChange, empty, required, invalid }: Props) {
  const t = common.use();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const now = useMemo(() => options.find((o) => o.value === value)?.text ?? value, [options, value]);
  const open = typed !== null;
  const list = useMemo(() => (open ? [...(empty && !typed ? [{ value: "", text: empty }] : []), ...matching(options, typed)] : []), [open, typed, options, empty]);
  const take = (o: Option) => {
    setTyped(null);
    onChange(o.value);
    input.current?.focus();
  };
  const key = (e: KeyboardEvent) => {
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      if (!open) {
        setTyped("");
        setAt(0);
      } else if (list.length) setAt((i) => (e.key === "ArrowDown" ? (i + 1) % list.length : (i + list.length - 1) % list.length));
    } else if (e.key === "Enter" && open) {
      e.preventDefault();
      const o = list[at];
      if (o) take(o);
    } else if (e.key === "Escape" && open) {
      e.stopPropagation();
      setTyped(null);
    }
  };
  return (
    <div className="field combo" onBlur={(e) => { if (!e.currentTarget.contains(e.relatedTarget)) setTyped(null); }}>
      <label htmlFor={id}><span>{label}</span></label>
      <input
        ref={input}
        id={id}
        className="input"
        role="combobox"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && list[at] ? `${id}-${at}` : undefined}
        aria-required={required}
        aria-invalid={invalid || undefined}
        autoComplete="off"
        placeholder={open ? now || t("choose") : (empty ?? t("choose"))}
        value={typed ?? now}
        onChange={(e) => { setTyped(e.target.value); setAt(0); }}
        onClick={() => { if (!open) { setTyped(""); setAt(0); } }}
        onKeyDown={key}
      />
      <ul id={`${id}-list`} role="listbox" aria-label={label} className="combo-list" hidden={!open || list.length === 0}>
        {list.map((o, i) => (
          <li key={o.value} id={`${id}-${i}`} role="option" aria-selected={i === at} ref={i === at ? (el) => el?.scrollIntoView({ block: "nearest" }) : undefined} onPointerDown={(e) => { e.preventDefault(); take(o); }}>
            {o.text}
            {o.hint && <span className="small quiet"> {o.hint}</span>}
          </li>
        ))}
      </ul>
      {open && list.length === 0 && <p className="combo-list small quiet" role="status">{t("noMatch")}</p>}
    </div>
  );
}
