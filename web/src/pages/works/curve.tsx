// The S-curve of the works of a filter: planned by the first and the newest
// baseline, and as reported. It tells how many works stand behind each line.
import { useCallback, useRef } from "react";
import { useApi } from "../../api/queries.ts";
import type { PortfolioCurve } from "../../api/portfolio.ts";
import { savePng } from "../../chart/export.ts";
import type { ChartOption } from "../../chart/echarts.ts";
import { chartTooltip, LiveChart, type ChartColours } from "../../chart/live-chart.tsx";
import { formatDate, formatDateShort } from "../../format/date.ts";
import { formatNumber, formatPercent } from "../../format/number.ts";
import { common } from "../../i18n/words.ts";
import { useSearchParams, useSetSearch } from "../../route.tsx";
import { Downloads } from "../../ui/download.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Icon } from "../../ui/icons.tsx";
import { Card } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { useWorkFilter } from "./filter.ts";
import { portfolioWords, type PortfolioKey } from "./words.ts";

const lines = ["first", "planned", "actual"] as const;
const dashes = { first: "dotted", planned: "dashed", actual: "solid" } as const;
const weights = ["cost", "units"] as const;

export default function Curve() {
  const t = portfolioWords.use();
  const c = common.use();
  const words = useWords();
  const s = useSearchParams();
  const set = useSetSearch();
  const filter = useWorkFilter();
  const box = useRef<HTMLDivElement>(null);
  const weight = s.weight === "units" ? "units" : "cost";
  const q = useApi<PortfolioCurve>("/portfolio/curve", { ...filter, weight });
  const table = s.show === "table";
  if (q.error) return <Failure inner error={q.error} retry={() => void q.refetch()} />;
  if (!q.data) return <Waiting rows={10} />;
  const d = q.data;
  const png = () => {
    const svg = box.current?.querySelector("svg");
    if (svg) void savePng(svg, { title: t("curveLabel"), subtitle: formatDate(d.as_of, words.lang), source: window.location.href }, "works-curve.png");
  };
  const some = d.points.length > 0;
  return (
    <Card>
      <div className="chart-head no-print">
        <div className="pf-tools">
          <div className="tabs" role="group" aria-label={t("views")}>
            <button type="button" aria-pressed={!table} onClick={() => set({ show: undefined })}>{c("asChart")}</button>
            <button type="button" aria-pressed={table} onClick={() => set({ show: "table" })}>{c("asTable")}</button>
          </div>
          <div className="tabs" role="group" aria-label={t("weightBy")}>
            {weights.map((w) => <button key={w} type="button" aria-pressed={w === weight} onClick={() => set({ weight: w === "cost" ? undefined : w })}>{t(`w_${w}` as PortfolioKey)}</button>)}
          </div>
        </div>
        <Downloads path="/portfolio/curve" params={{ ...filter, weight }}>
          {some && !table && <li><button type="button" className="button button-small" onClick={png}><Icon name="down" />PNG</button></li>}
        </Downloads>
      </div>
      {!some ? <p className="note">{t("curveNothing")}</p> : table ? <CurveTable data={d} /> : <Plot box={box} data={d} label={t("curveLabel")} />}
      {some && <p className="chart-source">{d.compared > 0 ? t("curveSame", { n: d.compared }) : t("curveApart", { plan: d.planned, report: d.reported })}</p>}
      <p className="chart-source">{t("curveLeft", { total: d.works, plan: d.no_plan, report: d.no_report, weight: d.no_weight })}</p>
    </Card>
  );
}

function CurveTable({ data }: { data: PortfolioCurve }) {
  const t = portfolioWords.use();
  const c = common.use();
  const { lang } = useWords();
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={t("curveLabel")}>
      <table className="table">
        <thead><tr><th scope="col">{c("date")}</th>{lines.map((k) => <th key={k} scope="col" className="r">{t(`l_${k}` as PortfolioKey)}</th>)}</tr></thead>
        <tbody>
          {data.points.map((p) => (
            <tr key={p.on}>
              <td className="nums">{formatDateShort(p.on, lang)}</td>
              {lines.map((k) => <td key={k} className="r nums">{p[k] === null ? <span className="quiet"><span aria-hidden="true">—</span><span className="sr">{c("unknown")}</span></span> : formatPercent(p[k], lang)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Plot({ box, data, label }: { box: React.RefObject<HTMLDivElement | null>; data: PortfolioCurve; label: string }) {
  const t = portfolioWords.use();
  const { lang } = useWords();
  const option = useCallback((k: ChartColours, el: HTMLElement): ChartOption => {
    const name = (l: (typeof lines)[number]) => t(`l_${l}` as PortfolioKey);
    const kept = lines.filter((l) => data.points.some((p) => p[l] !== null));
    return {
      grid: { left: 8, right: 20, top: 16, bottom: el.clientWidth < 420 ? 58 : 34, containLabel: true },
      legend: { bottom: 0, textStyle: { color: k.ink }, data: kept.map(name) },
      tooltip: chartTooltip(k, "axis", (list) => {
        const i = (list as { dataIndex: number }[])[0]?.dataIndex ?? 0;
        const p = data.points[i];
        return p ? [formatDate(p.on, lang), ...kept.map((l) => `${name(l)}: ${p[l] === null ? "—" : formatPercent(p[l], lang)}`)].join("\n") : "";
      }),
      xAxis: { type: "time", axisLabel: { color: k.ink, hideOverlap: true, formatter: (v: number) => { const day = new Date(v); return day.getUTCMonth() === 0 ? String(day.getUTCFullYear()) : `${String(day.getUTCMonth() + 1).padStart(2, "0")}.${day.getUTCFullYear()}`; } }, axisLine: { lineStyle: { color: k.grid } } },
      yAxis: { type: "value", min: 0, max: 100, axisLabel: { color: k.ink, formatter: (v: number) => `${formatNumber(v, lang)}${lang === "en" ? "" : "\u00a0"}%` }, splitLine: { lineStyle: { color: k.grid } } },
      series: kept.map((l) => ({
        type: "line",
        name: name(l),
        data: data.points.map((p) => [Date.parse(p.on), p[l]]),
        showSymbol: false,
        step: l === "actual" ? "end" : undefined,
        color: l === "actual" ? k.lines[0] : l === "planned" ? k.lines[1] : k.lines[2],
        lineStyle: { width: l === "actual" ? 3 : 2, type: dashes[l] },
      })),
    };
  }, [data, lang, t]);
  return <LiveChart box={box} label={label} option={option} />;
}
