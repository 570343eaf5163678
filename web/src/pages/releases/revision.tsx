// What changed since the release before, and why: counts, reasons, promises,
// answers, and every changed figure page by page.
import { useState } from "react";
import type { ChangedPromise, FigureChange, List, Revision } from "../../api/types.ts";
import { formatDate, formatMoment, formatPeriod } from "../../format/date.ts";
import { formatNumber } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { A, useLang, usePathId, useSearchParams, useSetSearch } from "../../route.tsx";
import { Downloads } from "../../ui/download.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Choice } from "../../ui/form.tsx";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { useDesk } from "../submissions/desk.ts";
import { releaseWords } from "./words.ts";

const whats = ["new", "corrected", "withdrawn"] as const;
const runKinds = ["import", "form", "message", "withdrawal"] as const;

export default function RevisionPage() {
  const t = releaseWords.use();
  const lang = useLang();
  const code = usePathId();
  const q = useDesk<Revision>(`/releases/${encodeURIComponent(code)}`);
  const title = q.data ? say(q.data.release.title, lang) || code : t("title");
  usePageTitle(title);
  if (q.error) return <Failure error={q.error} retry={() => void q.refetch()} />;
  if (!q.data) return <Waiting rows={10} />;
  const r = q.data;
  return (
    <>
      <PageHead title={title} eyebrow={t("asOf", { date: formatDate(r.release.as_of, lang) })} above={<p className="crumbs"><A to="/releases">{t("back")}</A></p>}>
        {say(r.release.note, lang) && <p className="lead">{say(r.release.note, lang)}</p>}
        <p className="row"><a className="button button-small" href={`/${lang}?release=${r.release.code}`}>{t("open")}</a><span className="small quiet">{t("frozen", { when: formatMoment(r.release.recorded_at, lang) })}</span></p>
      </PageHead>
      {r.since ? <Since r={r} /> : <p className="note">{t("first")}</p>}
    </>
  );
}

function Since({ r }: { r: Revision }) {
  const t = releaseWords.use();
  const lang = useLang();
  const words = useWords();
  const total = r.new + r.corrected + r.withdrawn;
  return (
    <div className="stack">
      <Card title={t("since", { title: say(r.since?.title, lang) || (r.since?.code ?? "") })}>
        {total === 0 ? <p>{t("nothing")}</p> : (
          <p className="row">{whats.map((w) => <span key={w}><strong className="nums">{formatNumber(r[w], lang)}</strong> {t(`what_${w}`)}</span>)}</p>
        )}
      </Card>
      {total > 0 && (
        <div className="stack">
          <Counts title={t("byMeasure")} of="measure" rows={r.measures} name={(k) => words.measure(k)} />
          <Counts title={t("byRegion")} of="place" rows={r.regions} name={(k) => words.place(k)} />
        </div>
      )}
      {r.runs.length > 0 && (
        <Card title={t("byRun")}>
          <ul className="stack-s">
            {r.runs.map((x) => (
              <li key={x.id}>
                <span className="tag">{(runKinds as readonly string[]).includes(x.kind) ? t(`kind_${x.kind as (typeof runKinds)[number]}`) : x.kind}</span>{" "}
                {x.reason || <span className="quiet">{t("noReason")}</span>}{" "}
                <span className="small quiet">{[formatMoment(x.recorded_at, lang), x.office && words.office(x.office), ...whats.filter((w) => x[w] > 0).map((w) => `${formatNumber(x[w], lang)} ${t(`what_${w}`)}`)].filter(Boolean).join(", ")}</span>{" "}
                <Only run={x.id} />
              </li>
            ))}
          </ul>
          {r.runs_more > 0 && <p className="small quiet">{t("runs_more", { n: r.runs_more })}</p>}
        </Card>
      )}
      {r.promises.length > 0 && <Card title={t("promises")}><ul className="stack-s">{r.promises.map((p) => <PromiseRow key={p.id} p={p} />)}</ul></Card>}
      {r.answers.length > 0 && (
        <Card title={t("answers")}>
          <ul className="stack-s">
            {r.answers.map((a, i) => <li key={i}><strong>{words.office(a.office)}</strong>{a.on && <span className="small quiet"> {formatDate(a.on, lang)}</span>}<br />{say(a.text, lang)}</li>)}
          </ul>
        </Card>
      )}
      {total > 0 && <Figures code={r.release.code} />}
    </div>
  );
}

function Only({ run }: { run: string }) {
  const t = releaseWords.use();
  const set = useSetSearch();
  return <button type="button" className="button button-small" onClick={() => { set({ run }); document.getElementById("changes")?.scrollIntoView(); }}>{t("show")}</button>;
}

function Counts({ title, of, rows, name }: { title: string; of: "measure" | "place"; rows: Revision["measures"]; name: (k: string) => string }) {
  const t = releaseWords.use();
  const lang = useLang();
  const set = useSetSearch();
  return (
    <Card title={title}>
      <table className="table folds">
        <thead><tr><th scope="col">{t(of)}</th>{whats.map((w) => <th key={w} scope="col" className="r">{t(`what_${w}`)}</th>)}</tr></thead>
        <tbody>
          {rows.slice(0, 30).map((x) => (
            <tr key={x.key}>
              <th scope="row"><button type="button" className="button button-small" onClick={() => { set({ [of]: x.key }); document.getElementById("changes")?.scrollIntoView(); }}>{name(x.key)}</button></th>
              {whats.map((w) => <td key={w} data-label={t(`what_${w}`)} className="r nums">{x[w] > 0 ? formatNumber(x[w], lang) : "—"}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function PromiseRow({ p }: { p: ChangedPromise }) {
  const t = releaseWords.use();
  const lang = useLang();
  const day = (d: string | null) => (d ? formatDate(d, lang) : t("noDate"));
  const number = (v: string | number | null) => (v === null ? "—" : formatNumber(Number(v), lang));
  const parts = p.what !== "changed" ? [] : [
    p.deadline !== p.deadline_old && `${t("f_deadline")}: ${day(p.deadline_old)} → ${day(p.deadline)}`,
    p.target !== p.target_old && `${t("f_target")}: ${number(p.target_old)} → ${number(p.target)}`,
    p.delivered !== p.delivered_old && `${t("f_delivered")}: ${number(p.delivered_old)} → ${number(p.delivered)}`,
  ].filter(Boolean);
  return (
    <li>
      <A to={`/promises/${p.id}`}>{say(p.title, lang)}</A> <span className="tag">{t(`promise_${p.what as "new" | "gone" | "changed"}`)}</span>
      {parts.length > 0 && <><br /><span className="small">{parts.join("; ")}</span></>}
      {p.reason && <><br /><span className="small quiet">{t("reason")}: {p.reason}</span></>}
    </li>
  );
}

function Figures({ code }: { code: string }) {
  const t = releaseWords.use();
  const lang = useLang();
  const words = useWords();
  const s = useSearchParams();
  const set = useSetSearch();
  const [cursor, setCursor] = useState("");
  const filter = { measure: s.measure, place: s.place, run: s.run, what: s.what };
  const path = `/releases/${encodeURIComponent(code)}/changes`;
  const q = useDesk<List<FigureChange>>(path, { ...filter, cursor, limit: 100 });
  const choose = (patch: Parameters<typeof set>[0]) => { setCursor(""); set(patch); };
  return (
    <Card id="changes" title={t("changes")} aside={<Downloads path={path} params={filter} />}>
      <div className="stack-s">
        <div className="filters">
          <Choice label={t("what")} value={s.what ?? ""} onChange={(v) => choose({ what: v || undefined })} options={[["", t("all")], ...whats.map((w) => [w, t(`what_${w}`)] as const)]} />
          {(s.measure || s.place || s.run) && <button type="button" className="button" onClick={() => choose({ measure: undefined, place: undefined, run: undefined })}>{t("all")}</button>}
        </div>
        {q.error && <Failure inner error={q.error} retry={() => void q.refetch()} />}
        {!q.data && !q.error && <Waiting rows={6} />}
        {q.data && (
          <table className="table folds">
            <thead><tr><th scope="col">{t("measure")}</th><th scope="col">{t("place")}</th><th scope="col" className="r">{t("old")}</th><th scope="col" className="r">{t("now")}</th><th scope="col">{t("reason")}</th></tr></thead>
            <tbody>
              {q.data.items.map((c) => {
                const f = c.figure ?? c.old;
                if (!f) return null;
                return (
                  <tr key={`${c.figure?.id ?? ""} ${c.old?.id ?? ""} ${c.run}`}>
                    <th scope="row">{words.measure(f.measure)}{f.period && <><br /><span className="small quiet">{[formatPeriod(f.period, lang), words.dimensions(f.dimensions)].filter(Boolean).join(", ")}</span></>}</th>
                    <td data-label={t("place")}>{words.place(f.place)}</td>
                    <td data-label={t("old")} className="r nums">{c.old ? <A to={`/figures/${c.old.id}`}>{c.old.value === null ? c.old.status : words.quantity(Number(c.old.value), c.old.unit)}</A> : "—"}</td>
                    <td data-label={t("now")} className="r nums">{c.figure ? <A to={`/figures/${c.figure.id}`}>{c.figure.value === null ? c.figure.status : words.quantity(Number(c.figure.value), c.figure.unit)}</A> : t("what_withdrawn")}</td>
                    <td data-label={t("reason")} className="wide">{c.reason || "—"}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        )}
        <div className="row">
          {cursor && <button type="button" className="button button-small" onClick={() => setCursor("")}>{t("start")}</button>}
          {q.data?.next && <button type="button" className="button button-small" onClick={() => setCursor(q.data?.next ?? "")}>{t("more")}</button>}
        </div>
      </div>
    </Card>
  );
}
