// One submission: what it changes, what is missing and who has it, and the way
// that it came.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { sendJson } from "../../api/client.ts";
import type { Submission, SubmissionChange, Run } from "../../api/types.ts";
import { formatDate, formatMoment, formatPeriod } from "../../format/date.ts";
import { formatNumber, formatPercent, langs } from "../../format/number.ts";
import { A, useLang, usePathId } from "../../route.tsx";
import { Comments } from "../../ui/comments.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { FileList } from "../../ui/files.tsx";
import { Refused, useAction } from "../../ui/form.tsx";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { useRights } from "../../ui/rights-words.ts";
import { useWords, type Words } from "../../words.tsx";
import { useDesk } from "./desk.ts";
import { useTitle } from "./submissions.tsx";
import { flowWords, states, stateTag } from "./words.ts";

type State = (typeof states)[number];

export default function SubmissionPage() {
  const t = flowWords.use();
  const id = usePathId();
  const q = useDesk<Submission>(`/submissions/${encodeURIComponent(id)}`);
  const title = useTitle();
  usePageTitle(q.data ? title(q.data) : t("title"));
  if (q.error) return <Failure error={q.error} retry={() => void q.refetch()} />;
  if (!q.data) return <Waiting rows={10} />;
  const x = q.data;
  return (
    <>
      <PageHead title={title(x)} above={<p className="crumbs"><A to="/submissions">{t("back")}</A></p>}>
        <p className="row"><span className={`tag ${stateTag[x.state] ?? ""}`}>{t(`state_${x.state as State}`)}</span><span className="small quiet">{t("version", { n: x.version })}</span></p>
      </PageHead>
      <div className="stack">
        <Next x={x} />
        <Said x={x} />
        <Changes rows={x.changes} />
        {(x.content.files ?? []).length > 0 && <Card title={t("files")}><FileList ids={x.content.files ?? []} /></Card>}
        <Levels x={x} />
        <History x={x} />
        <Comments about={`submission:${x.id}`} />
        {x.run && <Published x={x} />}
      </div>
    </>
  );
}

const steps = ["submit", "approve", "publish", "return", "withdraw"] as const;

function Next({ x }: { x: Submission }) {
  const t = flowWords.use();
  const words = useWords();
  const rights = useRights();
  const client = useQueryClient();
  const [comment, setComment] = useState("");
  const act = useAction(async (step: (typeof steps)[number]) => {
    await sendJson<Submission>("POST", `/submissions/${x.id}/${step}`, { version: x.version, comment: comment.trim() });
    setComment("");
    await client.invalidateQueries();
  });
  const may = steps.filter((s) => x.may.includes(s));
  const turn = may.some((s) => s !== "withdraw" && s !== "return");
  const edit = x.may.includes("edit") && (x.template ? `/entry/${x.template}/${x.place}/${x.period}` : x.ask ? `/asks/${x.ask}` : "");
  if (!x.comment && !turn && !x.next && may.length === 0 && !edit) return null;
  return (
    <Card title={t("waitsFor")}>
      <div className="stack-s">
        {x.comment && <p className="note">{x.comment}</p>}
        {turn && <p>{t("yourTurn")}</p>}
        {x.next && !turn && <p>{t("missingText", { act: rights.act(x.next.act), place: words.place(x.next.place), roles: x.next.givers.map(rights.role).join(", ") })}</p>}
        {may.length > 0 && (
          <>
            <label className="field">
              <span>{may.includes("return") ? t("commentReturn") : t("comment")}</span>
              <textarea className="input" rows={3} maxLength={2000} value={comment} onChange={(e) => setComment(e.target.value)} />
            </label>
            <div className="row">
              {may.map((s) => (
                <button key={s} type="button" className={`button ${s === "return" || s === "withdraw" ? "" : "button-main"}`} disabled={act.busy || (s === "return" && !comment.trim())} onClick={() => void act.run(s)}>{t(`act_${s}`)}</button>
              ))}
              {edit && <A to={edit} className="button">{t("act_edit")}</A>}
            </div>
            {may.includes("return") && !comment.trim() && <p className="small quiet">{t("needComment")}</p>}
          </>
        )}
        <Refused error={act.error} />
      </div>
    </Card>
  );
}

function Said({ x }: { x: Submission }) {
  const t = flowWords.use();
  const lang = useLang();
  const words = useWords();
  const c = x.content;
  const texts = langs.filter((l) => c.text?.[l]);
  return (
    <Card title={t("what")}>
      <dl className="dl">
        <dt>{t("place")}</dt><dd><A to={`/places/${x.place}`}>{words.place(x.place)}</A></dd>
        {x.office && <><dt>{t("office")}</dt><dd>{words.office(x.office)}</dd></>}
        {x.about && <><dt>{t("about")}</dt><dd><A to={`/promises/${x.about}`}>{t("openAbout")}</A></dd></>}
        {texts.map((l) => <TextRow key={l} label={t("text")} lang={l} text={c.text?.[l] ?? ""} />)}
        {c.deadline && <><dt>{t("deadline")}</dt><dd>{formatDate(c.deadline, lang)}{x.deadline_now && x.deadline_now !== c.deadline && <span className="quiet"> ({t("deadlineNow", { date: formatDate(x.deadline_now, lang) })})</span>}</dd></>}
        {c.withdraw && <><dt>{t("takesBack")}</dt><dd>✓</dd></>}
        {c.reason && <><dt>{t("reason")}</dt><dd>{c.reason}</dd></>}
      </dl>
    </Card>
  );
}

function TextRow({ label, lang, text }: { label: string; lang: string; text: string }) {
  return <><dt>{label} ({lang})</dt><dd lang={lang}>{text}</dd></>;
}

/** A value as it stands, or why there is none. */
function shown(value: string | number | null | undefined, status: string, unit: string, words: Words, none: string, empty: string): string {
  if (value === null || value === undefined) return status ? `${empty} (${status})` : none;
  return words.quantity(Number(value), unit);
}

function Changes({ rows }: { rows: readonly SubmissionChange[] }) {
  const t = flowWords.use();
  const lang = useLang();
  const words = useWords();
  if (rows.length === 0) return null;
  return (
    <Card title={t("changes")}>
      <table className="table folds">
        <thead><tr><th scope="col">{t("measure")}</th><th scope="col">{t("period")}</th><th scope="col" className="r">{t("old")}</th><th scope="col" className="r">{t("now")}</th><th scope="col" className="r">{t("difference")}</th></tr></thead>
        <tbody>
          {rows.map((r, i) => (
            <tr key={i}>
              <th scope="row">{words.measure(r.measure)}{Object.keys(r.dimensions).length > 0 && <><br /><span className="small quiet">{words.dimensions(r.dimensions)}</span></>}
                {r.note && <><br /><span className="small">{r.note}</span></>}
                {r.flags.map((f) => <span key={f} className="tag tag-odd">{f}</span>)}
              </th>
              <td data-label={t("period")}>{r.period ? formatPeriod(r.period, lang) : "—"}</td>
              <td data-label={t("old")} className="r nums">{r.figure ? <A to={`/figures/${r.figure}`}>{shown(r.old, r.old_status, r.unit, words, t("notYet"), t("noValue"))}</A> : t("notYet")}</td>
              <td data-label={t("now")} className="r nums"><strong>{shown(r.new, r.new_status, r.unit, words, t("noValue"), t("noValue"))}</strong></td>
              <td data-label={t("difference")} className="r nums">{r.difference === null ? "—" : <>{Number(r.difference) > 0 ? "+" : ""}{formatNumber(Number(r.difference), lang)}{r.percent !== null && <span className="quiet"> ({formatPercent(Number(r.percent), lang)})</span>}</>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

const levelNames = ["country", "region", "city", "district"] as const;

function Levels({ x }: { x: Submission }) {
  const t = flowWords.use();
  const lang = useLang();
  const words = useWords();
  return (
    <Card title={t("levels")}>
      <ol className="stack-s">
        {x.levels.map((l) => (
          <li key={l.level}>
            {(levelNames as readonly string[]).includes(l.level) ? t(`level_${l.level as (typeof levelNames)[number]}`) : l.level}: {words.place(l.place)}{" "}
            <span className={`tag ${l.given ? "tag-good" : ""}`}>{l.given ? t("given") : t("notGiven")}</span>{" "}
            {l.at && <span className="small quiet">{formatMoment(l.at, lang)}{l.office ? `, ${words.office(l.office)}` : ""}{l.signed ? `, ${t("signed")}` : ""}</span>}
            {l.comment && <p className="small">{l.comment}</p>}
          </li>
        ))}
      </ol>
    </Card>
  );
}

function History({ x }: { x: Submission }) {
  const t = flowWords.use();
  const lang = useLang();
  const words = useWords();
  return (
    <Card title={t("history")}>
      <ol className="stack-s">
        {x.history.map((h) => (
          <li key={h.version}>
            <span className={`tag ${stateTag[h.state] ?? ""}`}>{t(`state_${h.state as State}`)}</span>{" "}
            <span className="small quiet">{[formatMoment(h.at, lang), h.mine ? t("you") : h.office && words.office(h.office)].filter(Boolean).join(", ")}</span>
            {h.comment && <p className="small">{h.comment}</p>}
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Published({ x }: { x: Submission }) {
  const t = flowWords.use();
  const lang = useLang();
  const client = useQueryClient();
  const run = useDesk<Run>(`/runs/${x.run}`).data;
  const [reason, setReason] = useState("");
  const undo = useAction(async () => {
    await sendJson<Run>("POST", `/runs/${x.run}/withdraw`, { reason: reason.trim() });
    await client.invalidateQueries();
  });
  return (
    <Card title={t("run")}>
      <div className="stack-s">
        {x.undone && <p className="note">{t("undone", { when: formatMoment(x.undone.at, lang), reason: x.undone.reason })}</p>}
        <p><A to="/figures" search={{ run: x.run ?? undefined }}>{t("openRun")}</A>{run && `: ${formatNumber(run.figures, lang)}`}</p>
        {run?.may.includes("withdraw_run") && (
          <details>
            <summary>{t("undo")}</summary>
            <div className="stack-s">
              <label className="field"><span>{t("reason")}</span><textarea className="input" rows={2} maxLength={2000} value={reason} onChange={(e) => setReason(e.target.value)} /></label>
              <p className="small quiet">{t("undoHint")}</p>
              <div className="row"><button type="button" className="button" disabled={undo.busy || !reason.trim()} onClick={() => void undo.run()}>{t("undo")}</button></div>
              <Refused error={undo.error} />
            </div>
          </details>
        )}
      </div>
    </Card>
  );
}
