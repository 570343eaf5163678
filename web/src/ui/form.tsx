// Pieces of forms: a field with its hint, what was refused, and an action that
// is on its way.
import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import { ApiError } from "../api/client.ts";
import { define } from "../i18n/define.ts";
import { Missing } from "./failure.tsx";

export const formWords = define({
  wait: ["Тым көп талпыныс. {n} секундтан кейін қайталаңыз.", "Слишком много попыток. Повторите через {n} секунду.|Слишком много попыток. Повторите через {n} секунды.|Слишком много попыток. Повторите через {n} секунд.", "Too many attempts. Try again in {n} second.|Too many attempts. Try again in {n} seconds."],
  refused: ["Сервер қабылдамады", "Сервер не принял", "The server refused"],
  changed: ["Басқа біреу өзгертіп үлгерді: бетті жаңартып, қайталаңыз.", "Кто-то уже изменил это: обновите страницу и повторите.", "Somebody else has changed this: reload the page and repeat."],
  notLetIn: ["Құпиясөз немесе код дұрыс емес.", "Пароль или код неверны.", "The password or the code is not right."],
  away: ["Сервермен байланыс жоқ: байланысты тексеріп, қайталаңыз.", "Нет связи с сервером: проверьте соединение и повторите.", "The server cannot be reached: check the connection and try again."],
} as const);

interface FieldProps {
  label: string;
  value: string;
  onChange: (v: string) => void;
  type?: "text" | "email" | "password" | "date";
  hint?: ReactNode;
  required?: boolean;
  autoComplete?: string;
  inputMode?: "numeric" | "email";
  maxLength?: number;
  min?: string;
  max?: string;
}

export function Field({ label, value, onChange, type = "text", hint, ...rest }: FieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}><span>{label}</span></label>
      <input id={id} className="input" type={type} value={value} aria-describedby={hint ? `${id}-h` : undefined} onChange={(e) => onChange(e.target.value)} {...rest} />
      {hint && <span id={`${id}-h`} className="small quiet">{hint}</span>}
    </div>
  );
}

export function Choice({ label, value, onChange, options }: { label: string; value: string; onChange: (v: string) => void; options: readonly (readonly [string, string])[] }) {
  return (
    <label className="field">
      <span>{label}</span>
      <select className="input" value={value} onChange={(e) => onChange(e.target.value)}>
        {options.map(([v, text]) => <option key={v} value={v}>{text}</option>)}
      </select>
    </label>
  );
}

/** Runs an action once at a time and keeps why it failed. */
export function useAction<A extends unknown[]>(work: (...args: A) => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const run = async (...args: A) => {
    setBusy(true);
    setError(null);
    try {
      await work(...args);
    } catch (e) {
      setError(e instanceof Error ? e : new Error(String(e)));
    } finally {
      setBusy(false);
    }
  };
  return { run, busy, error, setError };
}

/** Why an action failed; it takes the focus, so that nobody misses it. */
export function Refused({ error }: { error: Error | null }) {
  const t = formWords.use();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error) box.current?.focus();
  }, [error]);
  if (!error) return null;
  const api = error instanceof ApiError ? error : null;
  if (api?.missing) return <div ref={box} tabIndex={-1}><Missing error={api} inner /></div>;
  return (
    <div ref={box} className="note refused" role="alert" tabIndex={-1}>
      {!api && t("away")}
      {api && (api.retryAfter > 0 ? t("wait", { n: api.retryAfter }) : api.code === "not_let_in" ? t("notLetIn") : api.status === 409 && /somebody else has changed/.test(api.message) ? t("changed") : <>{t("refused")}: <span lang="en">{api.message}</span></>)}
    </div>
  );
}
