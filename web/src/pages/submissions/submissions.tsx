// What is on its way to publication: the reader's own, what waits for a step of
// theirs, and all that they may see; one step for many at once.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { sendJson } from "../../api/client.ts";
import type { SubmissionList, SubmissionResult, SubmissionResults, SubmissionRow } from "../../api/types.ts";
import { formatMoment, formatPeriod } from "../../format/date.ts";
import { say } from "../../format/text.ts";
import { common } from "../../i18n/words.ts";
import { A, useLang, useSearchParams, useSetSearch } from "../../route.tsx";
import { Combo } from "../../ui/combo.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Choice, Refused, useAction } from "../../ui/form.tsx";
import { usePlaceOptions } from "../../ui/options.ts";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { useRights } from "../../ui/rights-words.ts";
import { useWords } from "../../words.tsx";
import { useDesk } from "./desk.ts";
import { flowWords, kinds, states, stateTag } from "./words.ts";

const views = ["waiting", "mine", "all"] as const;
const pageSize = 50;
/** So many go in one request: the reader sees how far it is. */
const atOnce = 50;

export default function SubmissionsPage() {
  const t = flowWords.use();
  const c = common.use();
  const s = useSearchParams();
  const set = useSetSearch();
  const view = views.find((v) => v === s.view) ?? "waiting";
  const [size, setSize] = useState(pageSize);
  const q = useDesk<SubmissionList>("/submissions", { view, state: s.state, kind: s.kind, place: s.place, template: s.template, limit: size });
  const places = usePlaceOptions();
  usePageTitle(t("title"));
  if (q.error) return <><PageHead title={t("title")} /><Failure inner error={q.error} retry={() => void q.refetch()} /></>;
  const counts = q.data?.counts;
  return (
    <>
      <PageHead title={t("title")}><p className="lead">{t("lead")}</p></PageHead>
      <div className="stack">
        <div className="tabs" role="group" aria-label={t("viewName")}>
          {views.map((v) => (
            <button key={v} type="button" aria-pressed={v === view} onClick={() => set({ view: v === "waiting" ? undefined : v })}>
              {t(`view_${v}`)}{counts && ` (${counts[v]})`}
            </button>
          ))}
        </div>
        <Card>
          <div className="filters">
            <Choice label={t("state")} value={s.state ?? ""} onChange={(v) => set({ state: v || undefined })} options={[["", c("all")], ...states.map((x) => [x, t(`state_${x}`)] as const)]} />
            <Choice label={t("kind")} value={s.kind ?? ""} onChange={(v) => set({ kind: v || undefined })} options={[["", c("all")], ...kinds.map((x) => [x, t(`kind_${x}`)] as const)]} />
            <Combo label={t("place")} options={places} value={s.place ?? ""} empty={c("all")} onChange={(v) => set({ place: v || undefined })} />
          </div>
        </Card>
        {q.data ? <Rows items={q.data.items} /> : <Waiting rows={8} />}
        {q.data?.next && <button type="button" className="button" onClick={() => setSize(size + pageSize)}>{t("more")}</button>}
      </div>
    </>
  );
}

/** What a submission is, in a few words. */
export function useTitle(): (x: SubmissionRow) => string {
  const t = flowWords.use();
  const words = useWords();
  const lang = useLang();
  const names = useDesk<{ items: { code: string; name: Record<string, string> }[] }>("/templates").data?.items;
  return (x) => {
    const kind = t(`kind_${x.kind as (typeof kinds)[number]}`);
    const name = x.template ? say(names?.find((n) => n.code === x.template)?.name, lang) || x.template : `${kind[0]?.toUpperCase()}${kind.slice(1)}`;
    return [name, words.place(x.place), x.period ? formatPeriod(x.period, lang) : say(x.subject, lang) || (x.about ?? "")].filter(Boolean).join(", ");
  };
}

function Rows({ items }: { items: readonly SubmissionRow[] }) {
  const t = flowWords.use();
  const lang = useLang();
  const words = useWords();
  const rights = useRights();
  const title = useTitle();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [results, setResults] = useState<ReadonlyMap<string, SubmissionResult>>(new Map());
  const usable = items.filter((x) => x.may.some((m) => (steps as readonly string[]).includes(m)));
  const now = items.filter((x) => chosen.has(x.id));
  const toggle = (id: string) => setChosen((was) => {
    const next = new Set(was);
    if (!next.delete(id)) next.add(id);
    return next;
  });
  if (items.length === 0) return <p className="note">{t("none")}</p>;
  return (
    <>
      {usable.length > 0 && <Many rows={now} onDone={(list) => { setResults(new Map(list.map((r) => [r.id, r]))); setChosen(new Set()); }} />}
      <Card>
        <table className="table folds">
          <thead>
            <tr>
              <th scope="col">{usable.length > 0 && <input type="checkbox" aria-label={t("chooseAll")} checked={usable.length > 0 && usable.every((x) => chosen.has(x.id))} onChange={(e) => setChosen(new Set(e.target.checked ? usable.map((x) => x.id) : []))} />}</th>
              <th scope="col">{t("what")}</th><th scope="col">{t("state")}</th><th scope="col">{t("waitsFor")}</th><th scope="col">{t("changed")}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((x) => {
              const r = results.get(x.id);
              return (
                <tr key={x.id}>
                  <td>{usable.includes(x) && <input type="checkbox" aria-label={t("choose", { what: title(x) })} checked={chosen.has(x.id)} onChange={() => toggle(x.id)} />}</td>
                  <th scope="row">
                    <A to={`/submissions/${x.id}`}>{title(x)}</A>
                    <br /><span className="small quiet">{[x.office && words.office(x.office), x.values > 0 && t("values", { n: x.values })].filter(Boolean).join(", ")}</span>
                    {r && !r.ok && <><br /><span className="tag tag-late" lang="en">{r.problem?.detail}</span></>}
                  </th>
                  <td data-label={t("state")}><span className={`tag ${stateTag[x.state] ?? ""}`}>{t(`state_${x.state as (typeof states)[number]}`)}</span></td>
                  <td data-label={t("waitsFor")} className="wide">{x.next ? t("needs", { act: rights.act(x.next.act), place: words.place(x.next.place) }) : "—"}</td>
                  <td data-label={t("changed")}>{formatMoment(x.changed_at, lang)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Card>
    </>
  );
}

const steps = ["approve", "return", "publish", "submit"] as const;

function Many({ rows, onDone }: { rows: readonly SubmissionRow[]; onDone: (r: SubmissionResult[]) => void }) {
  const t = flowWords.use();
  const client = useQueryClient();
  const [comment, setComment] = useState("");
  const [done, setDone] = useState(0);
  const [note, setNote] = useState("");
  const act = useAction(async (step: (typeof steps)[number]) => {
    const ids = rows.filter((x) => x.may.includes(step)).map((x) => x.id);
    const out: SubmissionResult[] = [];
    setDone(0);
    for (let i = 0; i < ids.length; i += atOnce) {
      const part = await sendJson<SubmissionResults>("POST", "/submissions/steps", { act: step, ids: ids.slice(i, i + atOnce), comment: comment.trim() });
      out.push(...part.results);
      setDone(out.length);
    }
    const refused = out.filter((r) => !r.ok).length;
    setNote([t("doneMany", { n: out.length - refused }), refused > 0 && t("refusedMany", { n: refused })].filter(Boolean).join(". "));
    setComment("");
    await client.invalidateQueries();
    onDone(out);
  });
  const count = (step: string) => rows.filter((x) => x.may.includes(step)).length;
  const said = act.busy ? t("progress", { done, n: rows.length }) : rows.length > 0 ? t("chosen", { n: rows.length }) : note;
  if (!said && !act.error) return null;
  return (
    <Card>
      <div className="stack-s">
        <p role="status" className="small">{said}</p>
        {rows.length > 0 && (
          <>
            <label className="field"><span>{t("comment")}</span><textarea className="input" rows={2} maxLength={2000} value={comment} onChange={(e) => setComment(e.target.value)} /></label>
            <div className="row">
              {steps.filter((step) => count(step) > 0).map((step) => (
                <button key={step} type="button" className={`button ${step === "return" ? "" : "button-main"}`} disabled={act.busy || (step === "return" && !comment.trim())} onClick={() => void act.run(step)}>
                  {t(`act_${step}`)} ({count(step)})
                </button>
              ))}
            </div>
            {count("return") > 0 && !comment.trim() && <p className="small quiet">{t("needComment")}</p>}
          </>
        )}
        <Refused error={act.error} />
      </div>
    </Card>
  );
}
