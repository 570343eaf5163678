// Where the works of a filter stand: circles of their sites, parted by phase,
// on the outlines of the regions, with the works of a circle beside them.
import { useMemo, useRef, useState } from "react";
import { useApi } from "../../api/queries.ts";
import type { PortfolioMap, WorksPoint } from "../../api/portfolio.ts";
import { savePng } from "../../chart/export.ts";
import { formatDate } from "../../format/date.ts";
import { formatNumber, formatPercent } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { common } from "../../i18n/words.ts";
import { draw, fit, readOutlines, type Collection } from "../../map/outline.ts";
import { A, useSearchParams, useSetSearch } from "../../route.tsx";
import { Downloads } from "../../ui/download.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Icon } from "../../ui/icons.tsx";
import { Card } from "../../ui/page.tsx";
import { useWidth } from "../../ui/use-width.ts";
import { Amount, PhaseTag } from "../../ui/works-parts.tsx";
import { worksWords, type WorksKey } from "../../ui/works-words.ts";
import { useWords } from "../../words.tsx";
import { useWorkFilter } from "./filter.ts";
import { keyOf, radiusOf, slices } from "./spots.ts";
import { portfolioWords } from "./words.ts";
import "../../map/map.css";

const maxHeight = 640;

export default function WorksMap() {
  const t = portfolioWords.use();
  const c = common.use();
  const words = useWords();
  const s = useSearchParams();
  const set = useSetSearch();
  const filter = useWorkFilter();
  const box = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState("");
  const outline = useApi<Collection>("/boundaries/regions");
  const q = useApi<PortfolioMap>("/portfolio/map", filter);
  const table = s.show === "table" || Boolean(outline.error);
  const by = s.weight === "cost" ? "cost" : "units";
  if (q.error) return <Failure inner error={q.error} retry={() => void q.refetch()} />;
  if (!q.data) return <Waiting rows={10} />;
  const points = q.data.points;
  const png = () => {
    const svg = box.current?.querySelector<SVGSVGElement>(".map svg");
    if (svg) void savePng(svg, { title: t("mapLabel"), subtitle: formatDate(q.data.as_of, words.lang), source: window.location.href, legend: box.current?.querySelector(".map-legend") }, "works-map.png");
  };
  return (
    <Card>
      <div className="chart-head no-print">
        <div className="pf-tools">
          <div className="tabs" role="group" aria-label={t("views")}>
            <button type="button" aria-pressed={!table} onClick={() => set({ show: undefined })}>{c("asMap")}</button>
            <button type="button" aria-pressed={table} onClick={() => set({ show: "table" })}>{c("asTable")}</button>
          </div>
          <div className="tabs" role="group" aria-label={t("sizeBy")}>
            <button type="button" aria-pressed={by === "units"} onClick={() => set({ weight: undefined })}>{t("byUnits")}</button>
            <button type="button" aria-pressed={by === "cost"} onClick={() => set({ weight: "cost" })}>{t("byCost")}</button>
          </div>
        </div>
        <Downloads path="/works" params={filter}>
          {!table && <li><button type="button" className="button button-small" onClick={png}><Icon name="down" />PNG</button></li>}
        </Downloads>
      </div>
      {table ? <PointTable data={q.data} /> : (
        <div className="pf-map" ref={box}>
          <div>
            {outline.data ? <Drawing data={outline.data} points={points} by={by} chosen={chosen} choose={setChosen} /> : <Waiting rows={8} />}
            <PhaseLegend points={points} />
          </div>
          <Beside data={q.data} spot={points.find((p) => keyOf(p) === chosen)} />
        </div>
      )}
    </Card>
  );
}

interface DrawingProps {
  data: Collection;
  points: WorksPoint[];
  by: "units" | "cost";
  chosen: string;
  choose: (key: string) => void;
}

function Drawing({ data, points, by, chosen, choose }: DrawingProps) {
  const t = portfolioWords.use();
  const w = worksWords.use();
  const words = useWords();
  const [box, width] = useWidth<HTMLDivElement>();
  const outlines = useMemo(() => readOutlines(data), [data]);
  const { shapes, height } = useMemo(() => draw(outlines.list, width), [outlines, width]);
  const sheet = useMemo(() => fit(outlines.list, width), [outlines, width]);
  const most = Math.max(1, ...points.map((p) => (by === "cost" ? (p.cost?.value ?? 0) : p.units)));
  return (
    <div ref={box} className="map">
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={Math.min(height, maxHeight)} role="group" aria-label={t("mapLabel")}>
        <g aria-hidden="true">{shapes.map((x) => <path key={x.code} d={x.d} className="pf-land" />)}</g>
        {sheet && points.map((p) => {
          if (!p.point) return null;
          const key = keyOf(p);
          const [x, y] = sheet.put([p.point.lon, p.point.lat]);
          const r = radiusOf(by === "cost" ? (p.cost?.value ?? 0) : p.units, most, width);
          const name = `${words.place(p.place)}: ${w("worksN", { n: p.works })}, ${w("sitesN", { n: p.units })}`;
          const pick = () => choose(key === chosen ? "" : key);
          return (
            <g
              key={key}
              role="button"
              tabIndex={0}
              aria-pressed={key === chosen}
              aria-label={name}
              className={`pf-spot${p.area ? " pf-area" : ""}`}
              transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
              onClick={pick}
              onKeyDown={(e) => {
                if (e.key !== "Enter" && e.key !== " ") return;
                e.preventDefault();
                pick();
              }}
            >
              <title>{name}</title>
              {slices(p.phases, r).map((k) => <path key={k.phase} d={k.d} className={`fill-${k.phase}`} />)}
              <circle r={r} className="pf-ring" />
              {r > 11 && <text y={4}>{by === "cost" ? "" : p.units}</text>}
            </g>
          );
        })}
      </svg>
    </div>
  );
}

const order = ["idea", "preparation", "procurement", "building", "finishing", "not_open", "declared_open", "open", "suspended", "cancelled"];

function PhaseLegend({ points }: { points: WorksPoint[] }) {
  const w = worksWords.use();
  const t = portfolioWords.use();
  const seen = new Set(points.flatMap((p) => p.phases.map((x) => x.phase)));
  return (
    <ul className="map-legend">
      {order.filter((p) => seen.has(p)).map((p) => <li key={p}><svg viewBox="0 0 18 14" aria-hidden="true"><rect width="18" height="14" rx="2" className={`fill-${p}`} /></svg>{w(`phase_${p}` as WorksKey)}</li>)}
      {points.some((p) => p.area) && <li><svg viewBox="0 0 18 14" aria-hidden="true"><circle cx="9" cy="7" r="5.5" fill="none" stroke="currentColor" strokeDasharray="3 2" /></svg>{t("areaOnly")}</li>}
    </ul>
  );
}

/** The works of the chosen circle, or what has no place on the map. */
function Beside({ data, spot }: { data: PortfolioMap; spot: WorksPoint | undefined }) {
  const t = portfolioWords.use();
  const words = useWords();
  return (
    <div className="stack" aria-live="polite">
      {spot ? <section><h2>{words.place(spot.place)}</h2><Items of={spot} link /></section> : <p className="note">{t("chooseSpot")}</p>}
      {data.unplaced.works > 0 && <section><h2>{t("unplaced")}</h2><Items of={data.unplaced} /></section>}
    </div>
  );
}

function Items({ of, link }: { of: WorksPoint; link?: boolean }) {
  const t = portfolioWords.use();
  const w = worksWords.use();
  const { lang } = useWords();
  return (
    <>
      <p className="small quiet">{w("worksN", { n: of.works })} · {w("sitesN", { n: of.units })}{of.area && <> · {t("areaOnly")}</>}</p>
      {of.cost && <p className="small"><Amount of={of.cost} />{of.cost_unsaid > 0 && <span className="quiet"> · {t("costUnsaidN", { n: of.cost_unsaid })}</span>}</p>}
      <ul className="pf-list">
        {of.items.map((x) => <li key={x.id}><A to={`/works/${x.id}`}>{say(x.title, lang)}</A><span className="small quiet pf-under"><PhaseTag phase={x.phase} />{x.percent !== null && <> · {formatPercent(x.percent, lang)}</>}</span></li>)}
        {of.works > of.items.length && <li className="small quiet">{t("andMore", { n: of.works - of.items.length })}</li>}
      </ul>
      {link && <p><A to="/works" search={{ place: of.place }} className="button button-small">{t("toList")}</A></p>}
    </>
  );
}

function PointTable({ data }: { data: PortfolioMap }) {
  const t = portfolioWords.use();
  const w = worksWords.use();
  const c = common.use();
  const words = useWords();
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={t("mapLabel")}>
      <table className="table folds">
        <thead><tr><th scope="col">{c("place")}</th><th scope="col" className="r">{t("col_title")}</th><th scope="col" className="r">{t("sites")}</th><th scope="col" className="r">{w("money_cost")}</th><th scope="col">{t("phaseOf")}</th></tr></thead>
        <tbody>
          {[...data.points, ...(data.unplaced.works > 0 ? [data.unplaced] : [])].map((p) => (
            <tr key={keyOf(p)}>
              <th scope="row">{p.place ? <A to="/works" search={{ place: p.place }} className="plain-link">{words.place(p.place)}</A> : t("unplaced")}{p.area && <span className="small quiet pf-under">{t("areaOnly")}</span>}</th>
              <td data-label={t("col_title")} className="r">{formatNumber(p.works, words.lang)}</td>
              <td data-label={t("sites")} className="r">{formatNumber(p.units, words.lang)}</td>
              <td data-label={w("money_cost")} className="r"><Amount of={p.cost} /></td>
              <td data-label={t("phaseOf")} className="wide">{p.phases.map((x) => <span key={x.phase} className="pf-under"><PhaseTag phase={x.phase} /> {x.units}</span>)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
