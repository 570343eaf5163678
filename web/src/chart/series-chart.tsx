// The chart of a measure in a place: a line for every source and cut, with the
// same numbers as a table, and both as files.
import { useCallback, useMemo, useRef, useState } from "react";
import type { SeriesOut } from "../api/types.ts";
import { useSession } from "../api/queries.ts";
import { formatDate, formatPeriod } from "../format/date.ts";
import { formatNumber } from "../format/number.ts";
import { common } from "../i18n/words.ts";
import { useSearchParams } from "../route.tsx";
import { Downloads } from "../ui/download.tsx";
import { FigureOf } from "../ui/figure.tsx";
import { Icon } from "../ui/icons.tsx";
import { useWords, type Words } from "../words.tsx";
import type { ChartOption } from "./echarts.ts";
import { savePng } from "./export.ts";
import { chartTooltip, LiveChart, type ChartColours } from "./live-chart.tsx";
import { readSeries, type Line } from "./series.ts";
import { chartWords } from "./words.ts";
import "./chart.css";

interface Props {
  measure: string;
  place: string;
  series: SeriesOut[];
}

/** Name of a line: its source, and its cut where there are several. */
export function lineName(l: Line, words: Words): string {
  const cut = words.dimensions(l.dimensions);
  const source = words.documents.has(l.source) ? words.publisher(l.source) : l.source;
  return cut ? `${cut} — ${source}` : source;
}

export default function SeriesChart({ measure, place, series }: Props) {
  const words = useWords();
  const t = chartWords.use();
  const c = common.use();
  const lines = useMemo(() => readSeries(series), [series]);
  const [table, setTable] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const session = useSession();
  const { as_of } = useSearchParams();
  const names = useMemo(() => unique(lines.map((l) => lineName(l, words)), lines), [lines, words]);
  const what = `${words.measure(measure)}, ${words.place(place)}`;
  const sources = [...new Set(lines.map((l) => (words.documents.has(l.source) ? words.publisher(l.source) : l.source)))].join("; ");
  const png = () => {
    const svg = box.current?.querySelector("svg");
    const day = as_of ?? session.data?.today;
    if (svg) void savePng(svg, { title: what, subtitle: day ? formatDate(day, words.lang) : "", source: t("source", { list: sources }) }, `${measure}-${place}.png`);
  };
  // One point is no line: the table says it better.
  const drawable = lines.reduce((n, l) => n + l.points.length, 0) > 1;
  if (!drawable) {
    return (
      <div>
        <div className="chart-head no-print"><span /><Downloads path="/series" params={{ measure, place }} /></div>
        <Table series={series} />
      </div>
    );
  }
  return (
    <div>
      <div className="chart-head no-print">
        <div className="tabs" role="group" aria-label={t("views")}>
          <button type="button" aria-pressed={!table} onClick={() => setTable(false)}>{c("asChart")}</button>
          <button type="button" aria-pressed={table} onClick={() => setTable(true)}>{c("asTable")}</button>
        </div>
        <Downloads path="/series" params={{ measure, place }}>
          {!table && <li><button type="button" className="button button-small" onClick={png}><Icon name="down" />{t("png")}</button></li>}
        </Downloads>
      </div>
      {table ? <Table series={series} /> : <Plot box={box} lines={lines} names={names} unit={series[0]?.unit ?? ""} label={t("chartOf", { what })} />}
      <p className="chart-source">{t("source", { list: sources })}</p>
    </div>
  );
}

/** From the first year of a line to its last. */
function years(l: Line | undefined): string {
  const year = (p: { x: number } | undefined) => (p ? String(new Date(p.x).getUTCFullYear()) : "");
  return [...new Set([year(l?.points[0]), year(l?.points.at(-1))])].join("–");
}

/** Lines of the same name get their years, or else a number, since the legend needs names apart. */
function unique(names: string[], lines: Line[]): string[] {
  const seen = new Map<string, number>();
  return names.map((n, i) => {
    const twice = names.filter((x) => x === n).length > 1;
    const k = twice ? `${n} (${years(lines[i])})` : n;
    const count = (seen.get(k) ?? 0) + 1;
    seen.set(k, count);
    return count > 1 ? `${k} ${count}` : k;
  });
}

function Table({ series }: { series: SeriesOut[] }) {
  const words = useWords();
  const c = common.use();
  const t = chartWords.use();
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={c("asTable")}>
      <table className="table">
        <thead><tr><th scope="col">{c("period")}</th><th scope="col" className="r">{c("value")}</th><th scope="col">{c("source")}</th></tr></thead>
        <tbody>
          {series.flatMap((s) => s.points.map((f) => (
            <tr key={f.id}>
              <td>{f.period ? formatPeriod(f.period, words.lang) : <span className="quiet">{t("undated")}</span>}</td>
              <td className="r"><FigureOf f={f} /></td>
              <td>{words.documents.has(s.source) ? words.publisher(s.source) : s.source}{Object.keys(s.dimensions).length > 0 && <span className="quiet"> · {words.dimensions(s.dimensions)}</span>}</td>
            </tr>
          )))}
        </tbody>
      </table>
    </div>
  );
}

const dashes = ["solid", "dashed", "dotted"] as const;

function Plot({ box, lines, names, unit, label }: { box: React.RefObject<HTMLDivElement | null>; lines: Line[]; names: string[]; unit: string; label: string }) {
  const words = useWords();
  const option = useCallback((k: ChartColours, el: HTMLElement): ChartOption => ({
    color: k.lines,
    grid: { left: 8, right: 16, top: 16, bottom: lines.length > 1 ? 26 + 22 * Math.ceil(lines.length / (el.clientWidth > 800 ? 4 : 1.5)) : 10, containLabel: true },
    legend: lines.length > 1 ? { bottom: 0, textStyle: { color: k.ink, width: 300, overflow: "truncate" }, type: lines.length > 6 ? "scroll" : "plain" } : undefined,
    tooltip: chartTooltip(k, "item", (p) => {
      const { seriesIndex, dataIndex } = p as { seriesIndex: number; dataIndex: number };
      const f = lines[seriesIndex]?.points[dataIndex]?.figure;
      return f?.value == null ? "" : `${formatPeriod(f.period ?? "", words.lang)}: ${words.quantity(f.value, f.unit)}\n${names[seriesIndex] ?? ""}`;
    }),
    xAxis: { type: "time", axisLabel: { color: k.ink, formatter: (v: number) => String(new Date(v).getUTCFullYear()), hideOverlap: true }, minInterval: 365 * 86_400_000, axisLine: { lineStyle: { color: k.grid } } },
    yAxis: { type: "value", scale: true, axisLabel: { color: k.ink, formatter: (v: number) => (words.vocabulary.units[unit]?.kind === "money" ? words.amount(v, unit) : formatNumber(Number(v.toPrecision(12)), words.lang)) }, splitLine: { lineStyle: { color: k.grid } } },
    series: lines.map((l, i) => ({ type: "line", name: names[i], data: l.points.map((p) => [p.x, p.y]), symbolSize: 7, lineStyle: { width: 2.2, type: dashes[Math.floor(i / 2) % 3] } })),
  }), [lines, names, unit, words]);
  return <LiveChart box={box} label={label} option={option} />;
}
