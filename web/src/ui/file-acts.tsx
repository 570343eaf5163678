// What somebody with the right to it can do with a file: caption it, take it
// away from a published thing, erase its content.
import { useId, useState, type FormEvent } from "react";
import { ApiError, sendJson } from "../api/client.ts";
import type { FileInfo } from "../api/types.ts";
import { langs } from "../format/number.ts";
import { fileWords } from "./file-words.ts";

/** Runs an act once at a time and keeps what went wrong. */
function useAct(done: () => void) {
  const t = fileWords.use();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const act = async (path: string, method: "POST" | "PUT", body: unknown) => {
    setBusy(true);
    setProblem("");
    try {
      await sendJson(method, path, body);
      done();
    } catch (e) {
      setProblem(e instanceof ApiError ? e.message : t("notDone"));
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, act };
}

export function FileActs({ file: f, about, onChanged }: { file: FileInfo; about?: string; onChanged: () => void }) {
  const t = fileWords.use();
  const path = `/files/${encodeURIComponent(f.id)}`;
  const linked = about !== undefined && f.public && f.about.includes(about);
  return (
    <div className="file-acts">
      {f.may.includes("attach_file") && <Caption file={f} path={path} onChanged={onChanged} />}
      {linked && f.may.includes("publish") && <WithReason label={t("withdraw")} hint={t("withdrawHint")} path={`${path}/attachments/withdraw`} more={{ about }} onDone={onChanged} />}
      {f.may.includes("erase_file") && <WithReason label={t("erase")} hint={t("eraseHint")} path={`${path}/erase`} more={{}} onDone={onChanged} />}
    </div>
  );
}

function Caption({ file: f, path, onChanged }: { file: FileInfo; path: string; onChanged: () => void }) {
  const t = fileWords.use();
  const { busy, problem, act } = useAct(onChanged);
  const [text, setText] = useState<Record<string, string>>({ ...f.caption });
  const save = (e: FormEvent) => {
    e.preventDefault();
    void act(path, "PUT", { version: f.version, caption: text });
  };
  return (
    <details>
      <summary>{t("captionEdit")}</summary>
      <form className="stack-s" onSubmit={save}>
        {langs.map((l) => (
          <label key={l} className="field">
            <span>{t("caption", { lang: l })}</span>
            <input className="input" lang={l} maxLength={200} value={text[l] ?? ""} onChange={(e) => { const value = e.currentTarget.value; setText((was) => ({ ...was, [l]: value })); }} />
          </label>
        ))}
        <p className="row"><button type="submit" className="button button-small" disabled={busy}>{t("saveText")}</button></p>
        {problem && <p className="small picker-bad" role="alert">{problem}</p>}
      </form>
    </details>
  );
}

function WithReason({ label, hint, path, more, onDone }: { label: string; hint: string; path: string; more: object; onDone: () => void }) {
  const t = fileWords.use();
  const id = useId();
  const { busy, problem, act } = useAct(onDone);
  const [reason, setReason] = useState("");
  const send = (e: FormEvent) => {
    e.preventDefault();
    void act(path, "POST", { ...more, reason });
  };
  return (
    <details>
      <summary>{label}</summary>
      <form className="stack-s" onSubmit={send}>
        <p className="small quiet" id={id}>{hint}</p>
        <label className="field">
          <span>{t("reason")}</span>
          <input className="input" required minLength={3} maxLength={500} aria-describedby={id} value={reason} onChange={(e) => setReason(e.currentTarget.value)} />
        </label>
        <p className="row"><button type="submit" className="button button-small" disabled={busy}>{label}</button></p>
        {problem && <p className="small picker-bad" role="alert">{problem}</p>}
      </form>
    </details>
  );
}
