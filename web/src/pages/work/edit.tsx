// The form of the record of a work, a new one or one that is there. What is
// typed is kept in the browser until the server has taken it; when somebody else
// was faster, both versions stand side by side.
import { useEffect, useMemo, useState } from "react";
import { useNavigate } from "@tanstack/react-router";
import { ApiError, get, sendJson } from "../../api/client.ts";
import { queryClient, useSession } from "../../api/queries.ts";
import type { WorkPage, WorkRecord } from "../../api/works.ts";
import { say } from "../../format/text.ts";
import { A, usePathId, useSearchParams } from "../../route.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Refused } from "../../ui/form.tsx";
import { PageHead, usePageTitle } from "../../ui/page.tsx";
import { writesAs } from "../../offline/offline.ts";
import { useWorkNames } from "./by-line.tsx";
import { RecordConflict } from "./edit-conflict.tsx";
import { changed, codeOf, dropDraft, emptyRecord, keepDraft, readDraft, type Draft } from "./edit-draft.ts";
import { MainFields, WhereFields } from "./edit-main.tsx";
import { ListFields } from "./edit-lists.tsx";
import { ContractFields, PlanFields } from "./edit-plan.tsx";
import { editWords } from "./edit-words.ts";
import { wrongsOf, type Wrongs } from "./fields.tsx";
import { workFormWords } from "./form-words.ts";
import "../entry/entry.css";
import "./work.css";

const fresh = "new";

export default function EditWork() {
  const id = usePathId() || fresh;
  const parent = useSearchParams().about ?? "";
  const [start, setStart] = useState<{ draft: Draft; restored: boolean }>();
  const [error, setError] = useState<Error>();
  const account = useSession().data?.account?.id;
  useEffect(() => {
    let on = true;
    const load = async () => {
      if (account) await writesAs(account);
      const old = await readDraft(id);
      try {
        if (id === fresh) {
          const empty = emptyRecord(parent);
          if (on) setStart({ draft: old ?? { record: empty, base: empty, version: 0 }, restored: Boolean(old) });
          return;
        }
        const p = await get<WorkPage>(`/api/works/${encodeURIComponent(id)}`);
        if (on) setStart(old && changed(old) ? { draft: old, restored: true } : { draft: { record: p.record, base: p.record, version: p.version }, restored: false });
      } catch (e) {
        if (old && !(e instanceof ApiError && e.status < 500) && on) setStart({ draft: old, restored: true });
        else if (on) setError(e instanceof Error ? e : new Error(String(e)));
      }
    };
    void load();
    return () => {
      on = false;
    };
  }, [id, parent, account]);
  if (error) return <Failure error={error} />;
  if (!start) return <Waiting rows={10} />;
  return <Form key={id} id={id} start={start.draft} restored={start.restored} />;
}

/** What is wrong before anything is sent. */
function check(r: WorkRecord, t: ReturnType<typeof editWords.use>): Wrongs {
  const out: Wrongs = {};
  if (!Object.values(r.title).some((x) => x.trim())) out.title = { detail: t("wrongTitle") };
  if (!/^[a-z0-9][a-z0-9-]{1,79}$/.test(r.id)) out.id = { detail: t("wrongId") };
  if (!r.place) out.place = { detail: t("wrongPlace") };
  if (r.level === "package" && !r.parent) out.parent = { detail: t("wrongParent") };
  return out;
}

/** Without what is empty, as the server keeps it. */
function tidy(r: WorkRecord): WorkRecord {
  const text = (x: Record<string, string> | undefined) => Object.fromEntries(Object.entries(x ?? {}).filter(([, v]) => v.trim() !== ""));
  const out: WorkRecord = { ...r, title: text(r.title), text: text(r.text) };
  if (Object.keys(out.text ?? {}).length === 0) delete out.text;
  if (r.level !== "package") delete out.contract;
  for (const k of ["parent", "facility", "office", "template"] as const) if (!out[k]) delete out[k];
  if (!out.units) delete out.units;
  return out;
}

function Form({ id, start, restored }: { id: string; start: Draft; restored: boolean }) {
  const t = editWords.use();
  const f = workFormWords.use();
  const names = useWorkNames();
  const navigate = useNavigate();
  const [d, setD] = useState(start);
  const [theirs, setTheirs] = useState<{ record: WorkRecord; version: number }>();
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const isNew = id === fresh;
  const r = d.record;
  const heading = isNew ? t("newTitle") : t("editTitle");
  usePageTitle(isNew ? heading : `${say(r.title, names.lang)} — ${heading}`);
  const dirty = useMemo(() => changed(d), [d]);
  useEffect(() => {
    if (dirty) void keepDraft(id, d);
  }, [id, d, dirty]);
  const patch = (p: Partial<WorkRecord>) => setD((old) => {
    const record = { ...old.record, ...p };
    if (isNew && p.title && (old.record.id === "" || old.record.id === codeOf(old.record.title))) record.id = codeOf(record.title);
    return { ...old, record };
  });
  const wrong: Wrongs = { ...wrongsOf(error), ...(tried ? check(r, t) : {}) };

  const put = async (record: WorkRecord, version: number) => {
    setBusy(true);
    setError(null);
    try {
      const p = await sendJson<WorkPage>("PUT", `/works/${encodeURIComponent(record.id)}`, { version, ...tidy(record) });
      await dropDraft(id);
      await queryClient.invalidateQueries();
      await navigate({ to: `/${names.lang}/works/${p.row.id}` as never });
    } catch (e) {
      if (e instanceof ApiError && e.status === 409 && e.current) setTheirs({ record: e.current as WorkRecord, version: e.version });
      else setError(e instanceof Error ? e : new Error(String(e)));
    } finally {
      setBusy(false);
    }
  };
  const submit = () => {
    setTried(true);
    if (Object.keys(check(r, t)).length === 0) void put(r, d.version);
    else window.setTimeout(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(), 0);
  };
  const settle = (record: WorkRecord) => {
    if (!theirs) return;
    setD({ record, base: theirs.record, version: theirs.version });
    setTheirs(undefined);
    void put(record, theirs.version);
  };
  const giveUp = async () => {
    await dropDraft(id);
    window.location.reload();
  };

  return (
    <>
      <PageHead
        above={<ol className="crumbs"><li><A to="/works">{names.t("works")}</A></li>{!isNew && <li><A to={`/works/${id}`}>{say(d.base.title, names.lang)}</A></li>}</ol>}
        title={heading}
      >
        {restored && <p className="note row">{t("kept")} <button type="button" className="button button-small" onClick={() => void giveUp()}>{t("dropDraft")}</button></p>}
      </PageHead>
      {theirs && <RecordConflict key={theirs.version} mine={r} theirs={theirs.record} base={d.base} onChoose={settle} />}
      <form className="stack work-form" noValidate onSubmit={(e) => { e.preventDefault(); submit(); }}>
        <MainFields r={r} patch={patch} wrong={wrong} isNew={isNew} />
        <WhereFields r={r} patch={patch} wrong={wrong} />
        <PlanFields r={r} patch={patch} wrong={wrong} agreed={d.base.baselines?.length ?? 0} />
        {r.level === "package" && <ContractFields r={r} patch={patch} wrong={wrong} />}
        <ListFields r={r} patch={patch} wrong={wrong} />
        {Object.values(wrong).some(Boolean) && <p className="wrong" role="alert">{t("mistakes")}</p>}
        <Refused error={error} />
        <p className="row edit-bar">
          <button type="submit" className="button button-main" disabled={busy || Boolean(theirs)}>{f("save")}</button>
          <A to={isNew ? "/works" : `/works/${id}`} className="button">{f("cancel")}</A>
        </p>
      </form>
    </>
  );
}
