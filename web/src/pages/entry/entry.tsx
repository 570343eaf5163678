// What the reader owes: by when, and where it stands.
import { useEffect } from "react";
import { useApi } from "../../api/queries.ts";
import type { Report, ReportList } from "../../api/types.ts";
import { formatDate, formatPeriod } from "../../format/date.ts";
import { say } from "../../format/text.ts";
import { startQueue, startWorker, useWaiting } from "../../offline/offline.ts";
import { A, useSearchParams, useSetSearch } from "../../route.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { StepTag } from "./state.tsx";
import { entryWords } from "./words.ts";
import "./entry.css";

const shownAtFirst = 100;

export default function EntryPage() {
  const t = entryWords.use();
  const s = useSearchParams();
  const set = useSetSearch();
  const mine = s.show !== "all";
  usePageTitle(t("title"));
  const q = useApi<ReportList>("/reports", { place: s.place, own: mine || undefined });
  useEffect(() => {
    startQueue();
    startWorker();
  }, []);
  const items = q.data?.items ?? [];
  const urgent = items.filter((r) => r.step === "returned" || r.state === "missing");
  const next = items.filter((r) => !urgent.includes(r) && r.state === "not_due");
  const rest = items.filter((r) => !urgent.includes(r) && !next.includes(r));
  return (
    <>
      <PageHead title={t("title")}>
        <p className="lead">{t("lead")}</p>
        <p className="row"><A to="/completeness">{t("completeness")}</A><A to="/templates">{t("templates")}</A></p>
      </PageHead>
      <div className="stack">
        <div className="tabs no-print" role="group" aria-label={t("title")}>
          <button type="button" aria-pressed={mine} onClick={() => set({ show: undefined })}>{t("mine")}</button>
          <button type="button" aria-pressed={!mine} onClick={() => set({ show: "all" })}>{t("every")}</button>
        </div>
        {q.error && <Failure inner error={q.error} retry={() => void q.refetch()} />}
        {!q.data && !q.error && <Waiting rows={8} />}
        {q.data && items.length === 0 && <p className="note">{t("noneOwed")}</p>}
        <Group title={t("toDo")} list={urgent} />
        <Group title={t("next")} list={next} />
        <Group title={t("received")} list={rest} />
      </div>
    </>
  );
}

function Group({ title, list }: { title: string; list: Report[] }) {
  const t = entryWords.use();
  const words = useWords();
  const waiting = useWaiting();
  if (list.length === 0) return null;
  return (
    <Card title={`${title} · ${list.length}`}>
      <ul className="owed">
        {list.slice(0, shownAtFirst).map((r) => (
          <li key={`${r.template}/${r.place}/${r.period}`}>
            <A to={`/entry/${r.template}/${r.place}/${r.period}`} className="owed-link">
              <strong>{say(r.name, words.lang)}</strong>
              <span>{say(r.place_name, words.lang)} · {formatPeriod(r.period, words.lang)}</span>
            </A>
            <span className="row owed-state">
              <StepTag report={r} />
              {r.submission && waiting.some((e) => e.group === r.submission) && <span className="tag tag-wait">{t("step_waiting")}</span>}
              <span className="small quiet">{t("dueOn", { date: formatDate(r.due, words.lang) })}</span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
