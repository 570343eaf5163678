// The portfolio: what a filter adds up to, and its works as a table, as bars
// over time, on a map, as a curve and as time against money.
import { lazy, Suspense } from "react";
import { useApi } from "../../api/queries.ts";
import type { WorkList } from "../../api/portfolio.ts";
import { A, useSearchParams, useSetSearch } from "../../route.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { PageHead, usePageTitle } from "../../ui/page.tsx";
import { readOrder } from "../../ui/sortable.tsx";
import { pageOf, pageSize, useWorkFilter, viewOf, views } from "./filter.ts";
import { Filters } from "./filters.tsx";
import { Sums } from "./sums.tsx";
import { columns, WorksTable } from "./table.tsx";
import { portfolioWords, type PortfolioKey } from "./words.ts";
import "../../chart/chart.css";
import "./works.css";

const Gantt = lazy(() => import("./gantt.tsx"));
const WorksMap = lazy(() => import("./map.tsx"));
const Curve = lazy(() => import("./curve.tsx"));
const Matrix = lazy(() => import("./matrix.tsx"));

export default function WorksPage() {
  const t = portfolioWords.use();
  const s = useSearchParams();
  const view = viewOf(s);
  const filter = useWorkFilter();
  const order = readOrder(s.sort, columns);
  const listed = view === "table" || view === "gantt";
  const q = useApi<WorkList>("/works", {
    ...filter,
    sort: view === "gantt" ? "tree" : view === "table" ? order?.key : undefined,
    desc: view === "table" && order?.down,
    offset: listed ? (pageOf(s) - 1) * pageSize : undefined,
    limit: listed ? pageSize : 1,
  });
  usePageTitle(t("title"));
  return (
    <>
      <PageHead title={t("title")}>
        <p className="lead">{t("lead")}</p>
        <ul className="row no-print">
          <li><A to="/works/money" search={{ place: s.place }}>{t("toMoney")}</A></li>
          <li><A to="/works/report" search={{ place: s.place }}>{t("toReport")}</A></li>
          <li><A to="/works/risks" search={{ place: s.place }}>{t("toRisks")}</A></li>
          <li><A to="/works/forecasts">{t("toForecasts")}</A></li>
          <li><A to="/equipment">{t("toEquipment")}</A></li>
          {q.data?.may.includes("manage_works") && <li><A to="/works/new" className="button button-small">{t("toNew")}</A></li>}
        </ul>
      </PageHead>
      {q.error && <Failure inner error={q.error} retry={() => void q.refetch()} />}
      {!q.data && !q.error && <Waiting rows={14} />}
      {q.data && (
        <div className="stack">
          <Sums list={q.data} brief={view !== "table"} />
          <Filters list={q.data} />
          <Views />
          <Suspense fallback={<Waiting rows={10} />}>
            {view === "table" && <WorksTable list={q.data} />}
            {view === "gantt" && <Gantt list={q.data} />}
            {view === "map" && <WorksMap />}
            {view === "curve" && <Curve />}
            {view === "matrix" && <Matrix />}
          </Suspense>
        </div>
      )}
    </>
  );
}

function Views() {
  const t = portfolioWords.use();
  const s = useSearchParams();
  const set = useSetSearch();
  const view = viewOf(s);
  return (
    <div className="tabs pf-views no-print" role="group" aria-label={t("views")}>
      {views.map((v) => (
        <button key={v} type="button" aria-pressed={v === view} onClick={() => set({ view: v === "table" ? undefined : v, show: undefined, page: undefined })}>{t(`view_${v}` as PortfolioKey)}</button>
      ))}
    </div>
  );
}
