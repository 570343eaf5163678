// The monthly report of works: choose it, look at it, take it as a file, and
// compare a signed paper with it.
import { useState } from "react";
import { apiUrl } from "../../api/client.ts";
import { useSession } from "../../api/queries.ts";
import type { components } from "../../api/schema.ts";
import { formatDate, formatPeriod } from "../../format/date.ts";
import { langs } from "../../format/number.ts";
import { A, useLang, useSearchParams, useSetSearch } from "../../route.tsx";
import { Combo } from "../../ui/combo.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Choice, Field } from "../../ui/form.tsx";
import { Icon } from "../../ui/icons.tsx";
import { usePlaceOptions } from "../../ui/options.ts";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { useDesk } from "../submissions/desk.ts";
import { Changes, Summary, Table, Warnings } from "./preview.tsx";
import { reportWords } from "./words.ts";
import "./report.css";

type Report = components["schemas"]["WorksReport"];

/** The months that can be chosen: this one and the two years before it. */
export function months(today: string): string[] {
  const [y = 0, m = 1] = today.split("-").map(Number);
  return Array.from({ length: 25 }, (_, i) => {
    const n = y * 12 + (m - 1) - i;
    return `${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, "0")}`;
  });
}

export default function WorksReportPage() {
  const t = reportWords.use();
  const lang = useLang();
  const s = useSearchParams();
  const set = useSetSearch();
  const session = useSession().data;
  const places = usePlaceOptions();
  const [tongue, setTongue] = useState<string>(lang);
  usePageTitle(t("title"));
  const chosen = { place: s.place, month: s.period, parent: s.about, edition: s.view };
  const q = useDesk<Report>("/works/report.json", chosen);
  const inner = session?.acts.includes("read_drafts") ?? false;
  const list = months(session?.today ?? "");
  return (
    <>
      <PageHead title={t("title")}><p className="lead">{t("lead")}</p></PageHead>
      <div className="stack">
        <Card>
          <div className="stack no-print">
          <div className="filters">
            <Combo label={t("territory")} options={places} value={s.place ?? ""} empty={t("country")} onChange={(v) => set({ place: v || undefined })} />
            {session && <Choice label={t("month")} value={s.period ?? list[0] ?? ""} onChange={(v) => set({ period: v === list[0] ? undefined : v })} options={list.map((m) => [m, formatPeriod(m, lang)] as const)} />}
            {inner && <Choice label={t("edition")} value={s.view ?? "public"} onChange={(v) => set({ view: v === "public" ? undefined : v })} options={[["public", t("public")], ["internal", t("internal")]]} />}
            <Choice label={t("language")} value={tongue} onChange={setTongue} options={langs.map((l) => [l, t(l)] as const)} />
          </div>
          <ul className="row downloads" aria-label={t("take")}>
            {(["pdf", "xlsx"] as const).map((f) => (
              <li key={f}><a className={`button ${f === "pdf" ? "button-main" : ""}`} href={apiUrl(`/works/report.${f}`, { ...chosen, lang: tongue })} download><Icon name="down" />{f.toUpperCase()}</a></li>
            ))}
            {inner && <li><A to="/works/risks" search={{ place: s.place }} className="button">{t("risks")}</A></li>}
          </ul>
          </div>
        </Card>
        {q.error && <Failure inner error={q.error} retry={() => void q.refetch()} />}
        {!q.data && !q.error && <Waiting rows={8} />}
        {q.data && !q.error && <Found r={q.data} />}
      </div>
    </>
  );
}

function Found({ r }: { r: Report }) {
  const t = reportWords.use();
  const lang = useLang();
  return (
    <>
      <Card title={t("summary")} aside={<span className="small quiet">{t("asOf", { date: formatDate(r.report.as_of, lang) })}{!r.report.whole && <> {t("notWhole")}</>}</span>}>
        {r.report.synthetic > 0 && <p className="note">{t("synthetic", { n: r.report.synthetic })}</p>}
        <Summary d={r.report} />
      </Card>
      <Warnings d={r.report} />
      <Changes d={r.report} />
      <Table d={r.report} />
      <Check hash={r.sha256} />
    </>
  );
}

/** Compares a signed paper with what the system says now. */
function Check({ hash }: { hash: string }) {
  const t = reportWords.use();
  const [typed, setTyped] = useState("");
  const paper = typed.replace(/\s+/g, "").toLowerCase();
  return (
    <Card title={t("check")}>
      <div className="stack-s">
        <p>{t("hash")}: <code className="wr-hash">{hash}</code></p>
        <Field label={t("checkHint")} value={typed} onChange={setTyped} maxLength={100} />
        <p role="status">{paper.length >= 64 && (paper === hash ? <span className="tag tag-good">{t("same")}</span> : <span className="note">{t("differs")}</span>)}</p>
      </div>
    </Card>
  );
}
