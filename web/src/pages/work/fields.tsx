// Fields of the forms about works, each with what is wrong beside it.
import { useId, type ReactNode } from "react";
import { ApiError } from "../../api/client.ts";
import { useLang } from "../../route.tsx";
import { workFormWords, type FormKey } from "./form-words.ts";

/** What is wrong by field, in the words of the reader; the message of the server as it came. */
export type Wrongs = Record<string, { key?: FormKey; detail?: string } | undefined>;

const words: Record<string, FormKey> = {
  "status.percent": "wrong_percent", reason: "wrong_reason", on: "wrong_on", "money.amount": "wrong_amount", "price.amount": "wrong_amount", deadline: "wrong_deadline", "status.finished": "wrong_dates", "status.started": "wrong_dates",
};

/** Takes the fields out of a refusal; what stands before the name of the field is cut off. */
export function wrongsOf(e: Error | null): Wrongs {
  if (!(e instanceof ApiError)) return {};
  return Object.fromEntries(e.fields.map((f) => {
    const at = f.location.replace(/^body\.(lines\[\d+\]\.)?/, "");
    return [at, { key: words[at] ?? "wrong", detail: f.message }];
  }));
}

export function WrongText({ wrong, id }: { wrong: Wrongs[string]; id?: string }) {
  const t = workFormWords.use();
  const lang = useLang();
  if (!wrong) return null;
  return (
    <span id={id} className="small wrong" role="alert">
      {wrong.key && t(wrong.key)}
      {wrong.detail && (lang === "en" || !wrong.key || wrong.key === "wrong") && <span lang="en">{wrong.key ? ": " : ""}{wrong.detail}</span>}
    </span>
  );
}

interface TextProps {
  label: string;
  value: string;
  onChange: (v: string) => void;
  wrong?: Wrongs[string];
  hint?: ReactNode;
  type?: "text" | "date" | "number";
  inputMode?: "decimal" | "numeric";
  required?: boolean;
  max?: string;
  min?: string;
  maxLength?: number;
  rows?: number;
  lang?: string;
  disabled?: boolean;
}

export function TextField({ label, value, onChange, wrong, hint, rows, ...rest }: TextProps) {
  const id = useId();
  const shared = { id, className: "input", value, "aria-invalid": wrong ? true : undefined, "aria-describedby": [hint ? `${id}-h` : "", wrong ? `${id}-w` : ""].filter(Boolean).join(" ") || undefined };
  return (
    <div className="field">
      <label htmlFor={id}><span>{label}</span></label>
      {rows ? <textarea {...shared} rows={rows} lang={rest.lang} maxLength={rest.maxLength} required={rest.required} disabled={rest.disabled} onChange={(e) => onChange(e.target.value)} /> : <input {...shared} {...rest} onChange={(e) => onChange(e.target.value)} />}
      {hint && <span id={`${id}-h`} className="small quiet">{hint}</span>}
      <WrongText wrong={wrong} id={`${id}-w`} />
    </div>
  );
}

export function SelectField({ label, value, onChange, options, wrong, hint }: { label: string; value: string; onChange: (v: string) => void; options: readonly (readonly [string, string])[]; wrong?: Wrongs[string]; hint?: ReactNode }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}><span>{label}</span></label>
      <select id={id} className="input" value={value} aria-invalid={wrong ? true : undefined} aria-describedby={wrong ? `${id}-w` : undefined} onChange={(e) => onChange(e.target.value)}>
        {options.map(([v, text]) => <option key={v} value={v}>{text}</option>)}
      </select>
      {hint && <span className="small quiet">{hint}</span>}
      <WrongText wrong={wrong} id={`${id}-w`} />
    </div>
  );
}

export const qualifiers = ["exact", "~", ">=", ">", "<=", "<"] as const;
/** The sign under which a qualifier is sent. */
export const qualifierSent = (q: string) => (q === "exact" ? "=" : q);
