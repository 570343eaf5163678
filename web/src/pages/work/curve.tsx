// The S-curve: what the first and the present plan foresee, and what was
// reported, as lines and as a table.
import { useRef, useState } from "react";
import { useApiUrl } from "../../api/queries.ts";
import type { CurvePoint, WorkPage } from "../../api/works.ts";
import { savePng } from "../../chart/export.ts";
import { chartWords } from "../../chart/words.ts";
import { formatDateShort } from "../../format/date.ts";
import { say } from "../../format/text.ts";
import { Icon } from "../../ui/icons.tsx";
import { Card } from "../../ui/page.tsx";
import { useWidth } from "../../ui/use-width.ts";
import "../../chart/chart.css";
import { useWorkNames } from "./by-line.tsx";

const height = 260;
const pad = { left: 44, right: 14, top: 12, bottom: 26 };
const sets = [["planned", "curvePlan"], ["first", "curveFirst"], ["actual", "curveActual"]] as const;
const dayMs = 86_400_000;

export function CurveCard({ page }: { page: WorkPage }) {
  const names = useWorkNames();
  const chart = chartWords.use();
  const { t } = names;
  const [table, setTable] = useState(false);
  const [box, width] = useWidth<HTMLDivElement>();
  const svg = useRef<SVGSVGElement>(null);
  const link = useApiUrl(`/works/${page.row.id}`);
  const used = sets.filter(([k]) => (k !== "first" || differs(page.curve)) && page.curve.some((p) => p[k] !== null));
  const planned = page.curve.some((p) => p.planned !== null);
  if (page.curve.length < 2 && !planned) return null;
  const png = () => svg.current && void savePng(svg.current, { title: `${say(page.row.title, names.lang)}: ${t("curve")}`, subtitle: names.date(page.as_of), source: link }, `${page.row.id}-curve.png`);
  return (
    <Card id="curve" title={t("curve")}>
      <div className="chart-head no-print">
        <div className="tabs" role="group" aria-label={chart("views")}>
          <button type="button" aria-pressed={!table} onClick={() => setTable(false)}>{t("asChart")}</button>
          <button type="button" aria-pressed={table} onClick={() => setTable(true)}>{t("asTable")}</button>
        </div>
        <p className="row">
          {!table && <button type="button" className="button button-small" onClick={png}><Icon name="down" />PNG</button>}
          <button type="button" className="button button-small" onClick={() => saveCsv(page)}><Icon name="down" />{t("csv")}</button>
        </p>
      </div>
      {!planned && <p className="small quiet">{t("curveNone")}</p>}
      {table ? <CurveTable points={page.curve} used={used.map(([k]) => k)} /> : (
        <div ref={box} className="curve">
          {width > 0 && <Plot svg={svg} points={page.curve} used={used.map(([k]) => k)} width={width} today={page.as_of} label={t("curve")} />}
          <ul className="legend">
            {used.map(([k, word]) => <li key={k}><svg width="26" height="8" aria-hidden="true"><line x1="0" x2="26" y1="4" y2="4" className={`curve-${k}`} /></svg>{t(word)}</li>)}
          </ul>
        </div>
      )}
    </Card>
  );
}

const differs = (points: readonly CurvePoint[]) => points.some((p) => p.first !== null && p.first !== p.planned);
const at = (day: string) => Date.parse(`${day}T00:00:00Z`);

interface PlotProps {
  svg: React.RefObject<SVGSVGElement | null>;
  points: readonly CurvePoint[];
  used: readonly ("planned" | "first" | "actual")[];
  width: number;
  today: string;
  label: string;
}

function Plot({ svg, points, used, width, today, label }: PlotProps) {
  const names = useWorkNames();
  const from = Math.min(...points.map((p) => at(p.on)));
  const to = Math.max(...points.map((p) => at(p.on)), from + dayMs);
  const x = (day: string) => pad.left + ((at(day) - from) / (to - from)) * (width - pad.left - pad.right);
  const y = (v: number) => height - pad.bottom - (v / 100) * (height - pad.top - pad.bottom);
  const line = (k: "planned" | "first" | "actual") => points.flatMap((p) => (p[k] === null ? [] : [[x(p.on), y(p[k]), p] as const]));
  const first = points[0]?.on ?? today;
  const last = points.at(-1)?.on ?? today;
  const now = at(today) >= from && at(today) <= to ? x(today) : undefined;
  return (
    <svg ref={svg} viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={label} className="curve-plot">
      {[0, 25, 50, 75, 100].map((v) => (
        <g key={v}>
          <line x1={pad.left} x2={width - pad.right} y1={y(v)} y2={y(v)} className="curve-grid" />
          <text x={pad.left - 6} y={y(v) + 4} textAnchor="end" className="curve-axis">{names.percent(v)}</text>
        </g>
      ))}
      {now !== undefined && <line x1={now} x2={now} y1={pad.top} y2={height - pad.bottom} className="curve-now" />}
      <text x={pad.left} y={height - 6} className="curve-axis">{formatDateShort(first, names.lang)}</text>
      <text x={width - pad.right} y={height - 6} textAnchor="end" className="curve-axis">{formatDateShort(last, names.lang)}</text>
      {used.map((k) => <polyline key={k} className={`curve-${k}`} points={line(k).map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join(" ")} />)}
      {line("actual").map(([px, py, p]) => <circle key={p.on} cx={px} cy={py} r={4.5} className="curve-dot"><title>{`${names.date(p.on)}: ${names.percent(p.actual ?? 0)}`}</title></circle>)}
    </svg>
  );
}

function CurveTable({ points, used }: { points: readonly CurvePoint[]; used: readonly ("planned" | "first" | "actual")[] }) {
  const names = useWorkNames();
  const { t } = names;
  const word = (k: string) => sets.find(([x]) => x === k)?.[1] ?? "curveActual";
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={t("curve")}>
      <table className="table">
        <thead><tr><th scope="col">{t("line_deadline")}</th>{used.map((k) => <th key={k} scope="col" className="r">{t(word(k))}</th>)}</tr></thead>
        <tbody>{points.map((p) => <tr key={p.on}><th scope="row">{names.date(p.on)}</th>{used.map((k) => <td key={k} className="r">{p[k] === null ? "—" : names.percent(p[k])}</td>)}</tr>)}</tbody>
      </table>
    </div>
  );
}

function saveCsv(page: WorkPage) {
  const rows = [["on", "first", "planned", "actual"], ...page.curve.map((p) => [p.on, p.first ?? "", p.planned ?? "", p.actual ?? ""].map(String))];
  const a = document.createElement("a");
  a.href = URL.createObjectURL(new Blob([rows.map((r) => r.join(",")).join("\r\n") + "\r\n"], { type: "text/csv" }));
  a.download = `${page.row.id}-curve.csv`;
  a.click();
  window.setTimeout(() => URL.revokeObjectURL(a.href), 10_000);
}
