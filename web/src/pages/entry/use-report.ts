// A report as it is being filled in: what the server has, what this browser
// keeps, what waits, and what somebody else wrote meanwhile.
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { ApiError, get } from "../../api/client.ts";
import { queryClient } from "../../api/queries.ts";
import type { ReportForm } from "../../api/types.ts";
import { onTaken, queue, startQueue, startWorker, useWaiting } from "../../offline/offline.ts";
import type { Queued } from "../../offline/queue.ts";
import type { Filled, Typed } from "./check.ts";
import { filledOf, readKept, save, saveId, saw, submissionOf, submit, submitId, writeKept } from "./send.ts";

export interface ReportKey {
  template: string;
  place: string;
  period: string;
}

export type Sending = "none" | "saving" | "saved" | "kept" | "signIn" | "refused" | "conflict" | "willSubmit" | "submitted";

export interface Filling {
  form: ReportForm | null;
  error: Error | null;
  /** The report was never opened here and there is no connection. */
  never: boolean;
  filled: Filled;
  set: (row: string, patch: Partial<Typed>) => void;
  setMany: (values: Record<string, Partial<Typed>>) => void;
  sending: Sending;
  waiting: Queued[];
  submit: () => Promise<void>;
  /** What the server holds, when somebody else wrote it. */
  theirs: ReportForm | null;
  settle: (chosen: Filled) => Promise<void>;
  begin: () => void;
  correcting: boolean;
}

const pauseMs = 700; // between the last key and the save

const address = (k: ReportKey) => `/api/reports/${encodeURIComponent(k.template)}/${encodeURIComponent(k.place)}/${encodeURIComponent(k.period)}`;

export function useReport({ template, place, period }: ReportKey): Filling {
  const k = useMemo(() => ({ template, place, period }), [template, place, period]);
  const [form, setForm] = useState<ReportForm | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [never, setNever] = useState(false);
  const [filled, setFilled] = useState<Filled>({});
  const [touched, setTouched] = useState(false);
  const [typing, setTyping] = useState(false);
  const [theirs, setTheirs] = useState<ReportForm | null>(null);
  const [correcting, setCorrecting] = useState(false);
  const [done, setDone] = useState(false);
  const [arrived, setArrived] = useState(false);
  const [id, setId] = useState("");
  const now = useRef({ form, filled, id, typing });
  useEffect(() => {
    now.current = { form, filled, id, typing };
  }, [form, filled, id, typing]);
  const waiting = useWaiting(id || "-");

  const take = useCallback((f: ReportForm, values: Filled) => {
    setForm(f);
    setFilled(values);
    setId(submissionOf(f).id);
  }, []);

  const load = useCallback(async () => {
    startQueue();
    startWorker();
    const old = await readKept(k);
    try {
      const f = await get<ReportForm>(address(k));
      const s = submissionOf(f);
      const pending = (await queue.list(s.id)).some((e) => e.id === saveId(s.id));
      if (old && (pending || old.dirty)) {
        take(f, old.filled); // what was typed here counts until it is sent
        setTouched(!pending);
      } else {
        take(f, filledOf(f));
        await saw(s.id, s.version);
        await writeKept({ form: f, filled: filledOf(f), ...s, dirty: false });
      }
      setError(null);
    } catch (e) {
      if (e instanceof ApiError && e.status < 500) setError(e);
      else if (old) {
        take(old.form, old.filled);
        setTouched(old.dirty);
      }
      else setNever(true);
    }
  }, [k, take]);
  useEffect(() => {
    const soon = window.setTimeout(() => void load(), 0);
    return () => window.clearTimeout(soon);
  }, [load]);

  // Every change is kept here at once and put into the queue when the typing pauses.
  useEffect(() => {
    const f = now.current.form; // a new answer of the server is no change of the reader's
    if (!touched || !f || !id) return;
    void writeKept({ form: f, filled, id, version: submissionOf(f).version, dirty: true });
    const timer = window.setTimeout(() => void save(now.current.form ?? f, id, filled).finally(() => setTyping(false)), pauseMs);
    return () => window.clearTimeout(timer);
  }, [touched, filled, id]);
  useEffect(() => {
    const onHide = () => {
      const n = now.current;
      if (document.visibilityState === "hidden" && touched && n.form) void save(n.form, n.id, n.filled);
    };
    document.addEventListener("visibilitychange", onHide);
    return () => document.removeEventListener("visibilitychange", onHide);
  }, [touched]);

  // What the server took changes what is known of the report.
  useEffect(() => onTaken((e, answer) => {
    const n = now.current;
    if (e.group !== n.id || !n.form) return;
    const a = answer as { version?: number; state?: string } | null;
    if (e.id === submitId(n.id)) {
      setDone(true);
      void queryClient.invalidateQueries();
      void get<ReportForm>(address(n.form)).then((f) => {
        setForm(f);
        return writeKept({ form: f, filled: n.filled, ...submissionOf(f), dirty: false });
      }).catch(() => undefined);
      return;
    }
    if (a?.version !== undefined) {
      const draft = n.form.draft ?? { id: n.id, values: [], files: [], comment: "", may: [], state: "draft", version: 0 };
      const f = { ...n.form, draft: { ...draft, id: n.id, version: a.version, state: a.state ?? draft.state }, step: "draft" as const };
      setForm(f);
      setArrived(!n.typing);
      void writeKept({ form: f, filled: n.filled, id: n.id, version: a.version, dirty: n.typing });
    }
  }), []);

  const conflict = waiting.some((e) => e.state === "conflict");
  useEffect(() => {
    if (!conflict) return;
    void get<ReportForm>(address(k)).then(async (f) => {
      const n = now.current;
      if (JSON.stringify(filledOf(f)) !== JSON.stringify(said(n.filled))) return setTheirs(f);
      // The same words arrived already, and only the answer was lost.
      const s = submissionOf(f);
      await saw(s.id, s.version);
      for (const e of await queue.list(n.id)) await queue.drop(e.id);
      setForm(f);
      setDone(f.step !== "draft");
    }).catch(() => undefined);
  }, [conflict, k]);

  const setMany = useCallback((values: Record<string, Partial<Typed>>) => {
    setTouched(true);
    setTyping(true);
    setDone(false);
    setArrived(false);
    setFilled((f) => {
      const out = { ...f };
      for (const [row, patch] of Object.entries(values)) out[row] = { ...(f[row] ?? { value: "", status: "", note: "" }), ...patch };
      return out;
    });
  }, []);

  return {
    form, error, never, filled, waiting, theirs: conflict ? theirs : null, correcting, setMany,
    set: (row, patch) => setMany({ [row]: patch }),
    sending: sendingOf(waiting, { touched, arrived, done, conflict }),
    submit: async () => {
      if (!form) return;
      if (touched || !form.draft) await save(form, id, filled);
      await submit(id);
    },
    settle: async (chosen) => {
      if (!theirs) return;
      const s = submissionOf(theirs);
      await saw(s.id, s.version);
      await queue.drop(submitId(s.id));
      take(theirs, chosen);
      await writeKept({ form: theirs, filled: chosen, ...s, dirty: true });
      await save(theirs, s.id, chosen);
      setTheirs(null);
    },
    begin: () => setCorrecting(true),
  };
}

/** What is typed without rows that say nothing, as the server keeps it. */
function said(f: Filled): Filled {
  return Object.fromEntries(Object.entries(f).filter(([, v]) => v.value !== "" || v.status !== "" || v.note !== ""));
}

function sendingOf(waiting: Queued[], x: { touched: boolean; arrived: boolean; done: boolean; conflict: boolean }): Sending {
  if (x.conflict) return "conflict";
  if (waiting.some((e) => e.state === "refused")) return "refused";
  if (waiting.some((e) => e.status === 401)) return "signIn";
  const tried = waiting.some((e) => e.attempts > 0) || (waiting.length > 0 && !navigator.onLine);
  if (tried && waiting.some((e) => e.id.startsWith("submit-"))) return "willSubmit";
  if (tried) return "kept";
  if (x.done) return "submitted";
  if (x.arrived && waiting.length === 0) return "saved";
  return x.touched || waiting.length > 0 ? "saving" : "none";
}
