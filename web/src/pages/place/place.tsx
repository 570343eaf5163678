// A territory: what was promised there, what statistics say by source, which
// facilities documents name, and how its borders changed.
import { lazy, Suspense } from "react";
import { useApi } from "../../api/queries.ts";
import type { MeasureSeries, PlacePage as Page } from "../../api/types.ts";
import { MiniChart } from "../../chart/mini.tsx";
import { readSeries } from "../../chart/series.ts";
import { sortBy } from "../../format/collate.ts";
import { formatDate, formatPeriod } from "../../format/date.ts";
import { formatPercent } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { common } from "../../i18n/words.ts";
import { A, usePathId, useSearchParams, useSetSearch } from "../../route.tsx";
import { Downloads } from "../../ui/download.tsx";
import { EvidenceFiles } from "../../ui/evidence-files.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { FigureOf } from "../../ui/figure.tsx";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { PromiseRows } from "../../ui/promise-rows.tsx";
import { useWords } from "../../words.tsx";
import { Capacity, Facilities } from "./facilities.tsx";
import { placeWords } from "./words.ts";
import "./place.css";

const AccessHere = lazy(() => import("../../ui/access-here.tsx"));
const WorksHere = lazy(() => import("../../ui/works-here.tsx"));
const SeriesChart = lazy(() => import("../../chart/series-chart.tsx"));

type Key = Extract<keyof typeof placeWords.dict, string>;

export default function PlacePage() {
  const code = usePathId();
  const q = useApi<Page>(`/places/${encodeURIComponent(code)}`);
  const words = useWords();
  usePageTitle(q.data ? say(q.data.place.name, words.lang) : words.place(code));
  if (q.error) return <Failure error={q.error} retry={() => void q.refetch()} />;
  if (!q.data || q.data.place.code !== code) return <Waiting rows={12} />;
  return <Content page={q.data} />;
}

function Content({ page }: { page: Page }) {
  const words = useWords();
  const t = placeWords.use();
  const c = common.use();
  const { place } = page;
  const overdue = page.promises.filter((p) => p.due === "overdue").length;
  return (
    <>
      <PageHead
        above={page.path.length > 1 ? <ol className="crumbs">{page.path.filter((p) => p.code !== place.code).map((p) => <li key={p.code}><A to={`/places/${p.code}`}>{say(p.name, words.lang)}</A></li>)}</ol> : undefined}
        eyebrow={`${t(`kind_${place.kind}` as Key)} · ${place.code}`}
        title={say(place.name, words.lang)}
      >
        <p className="row">
          <span className="tag tag-brand">{c("promisesN", { n: page.promises.length })}</span>
          {overdue > 0 && <span className="tag tag-late">{t("overdueShort", { n: overdue })}</span>}
        </p>
      </PageHead>
      <div className="stack">
        <Card id="promises" title={t("promises")} aside={<Downloads path="/promises" params={{ place: place.code }} />}>
          {page.promises.length === 0 ? <p className="quiet">{t("promisesNone")}</p> : <PromiseRows promises={page.promises} fixed />}
        </Card>
        <Suspense fallback={<Waiting rows={4} />}><WorksHere place={place.code} /></Suspense>
        <Suspense fallback={null}><AccessHere place={place.code} settlement={place.kind === "settlement"} /></Suspense>
        <EvidenceFiles place={place.code} />
        <Statistics page={page} />
        <Facilities page={page} />
        <Capacity page={page} />
        <Children page={page} />
        <Borders page={page} />
      </div>
    </>
  );
}

function Statistics({ page }: { page: Page }) {
  const t = placeWords.use();
  const words = useWords();
  const s = useSearchParams();
  const set = useSetSearch();
  const list = sortBy(words.lang, page.statistics, (m) => words.measure(m.measure));
  const chosen = list.find((m) => m.measure === s.measure);
  return (
    <Card id="statistics" title={t("statistics")} aside={<p>{t("statisticsHint")}</p>}>
      {list.length === 0 && <p className="quiet">{t("statisticsNone")}</p>}
      {chosen && (
        <div className="stat-open">
          <div className="card-head">
            <h3>{words.measure(chosen.measure)}</h3>
            <button type="button" className="button button-small" onClick={() => set({ measure: undefined })}>{t("closeChart")}</button>
          </div>
          <Suspense fallback={<Waiting rows={6} />}>
            <SeriesChart key={chosen.measure} measure={chosen.measure} place={page.place.code} series={chosen.series} />
          </Suspense>
        </div>
      )}
      <ul className="stats">
        {list.map((m) => <Small key={m.measure} row={m} on={m.measure === s.measure} open={() => set({ measure: m.measure })} />)}
      </ul>
    </Card>
  );
}

/** Whether two sources give different values for the same period and cut. */
export function disagrees(m: MeasureSeries): boolean {
  const seen = new Map<string, number>();
  for (const s of m.series) {
    for (const f of s.points) {
      if (f.value === null || !f.period || f.superseded_by) continue;
      const key = `${f.period}|${f.kind}|${JSON.stringify(f.dimensions)}`;
      const before = seen.get(key);
      if (before !== undefined && before !== f.value) return true;
      seen.set(key, f.value);
    }
  }
  return false;
}

function Small({ row, on, open }: { row: MeasureSeries; on: boolean; open: () => void }) {
  const words = useWords();
  const t = placeWords.use();
  const name = words.measure(row.measure);
  const lines = readSeries(row.series);
  const newest = lines.flatMap((l) => l.points).sort((a, b) => b.x - a.x)[0]?.figure ?? row.series[0]?.points[0];
  const drawn = lines.some((l) => l.points.length > 1);
  return (
    <li className={`stat${on ? " stat-on" : ""}`}>
      <button type="button" className="stat-name" onClick={open} aria-pressed={on} aria-label={t("openChart", { what: name })}>{name}</button>
      {newest && (
        <p className="stat-n">
          <FigureOf f={newest} what={name} /> {newest.period && <span className="small quiet">{formatPeriod(newest.period, words.lang)}</span>}
        </p>
      )}
      {drawn && <MiniChart series={row.series} label={name} />}
      <p className="small quiet">
        {t("sourcesN", { n: new Set(row.series.map((x) => x.source)).size })}
        {disagrees(row) && <> · <span className="stat-odd">{t("disagree")}</span></>}
      </p>
    </li>
  );
}

function Children({ page }: { page: Page }) {
  const words = useWords();
  const t = placeWords.use();
  if (page.children.length === 0) return null;
  const list = sortBy(words.lang, page.children, (x) => say(x.place.name, words.lang));
  return (
    <Card id="children" title={t("children")}>
      <ul className="child-list">
        {list.map((x) => (
          <li key={x.place.code}>
            <A to={`/places/${x.place.code}`}>{say(x.place.name, words.lang)}</A>
            {x.promises > 0 && <span className="tag">{x.promises}</span>}
            {x.overdue > 0 && <span className="tag tag-late" title={t("overdueShort", { n: x.overdue })}>{t("overdueShort", { n: x.overdue })}</span>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Borders({ page }: { page: Page }) {
  const words = useWords();
  const t = placeWords.use();
  if (page.events.length === 0) return null;
  return (
    <Card id="borders" title={t("borders")}>
      <ul className="plist">
        {page.events.map((e) => (
          <li key={`${e.on}${e.from}${e.to}`}>
            <p>{t(`event_${e.kind}` as Key, { from: words.place(e.from), to: words.place(e.to) })}</p>
            <p className="small quiet">
              {formatDate(e.on, words.lang)}
              {e.weight > 0 && e.weight < 1 && <> · {t("weight", { p: formatPercent(Math.round(e.weight * 1000) / 10, words.lang) })}</>} · <span lang="en">{e.source}</span>
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
