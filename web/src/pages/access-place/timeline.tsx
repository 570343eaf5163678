// The minutes of the ways as bars on one scale: each leg a piece, the limit a
// line across all.
import type { RefObject } from "react";
import type { AccessLeg } from "../../api/access.ts";
import { useWidth } from "../../ui/use-width.ts";
import { useWords } from "../../words.tsx";
import { capital, useLegNames } from "./leg-words.ts";
import { sayMinutes, ticks } from "./minutes.ts";
import { placeAccessWords } from "./words.ts";
import "../../chart/chart.css";

export interface Way {
  key: "road" | "drive" | "air" | "first" | "onward";
  legs: readonly AccessLeg[];
  total: number;
  /** P90 of the way that counts. */
  p90?: number | null;
}

const top = 22;
const rowHeight = 58;
const bar = { below: 24, height: 24 };
const axis = 24;
const side = 12; // half of the widest mark of the axis
const letter = 7.2; // pixels of a digit in a bar

export function Timeline({ ways, limit, svg }: { ways: readonly Way[]; limit: number; svg: RefObject<SVGSVGElement | null> }) {
  const t = placeAccessWords.use();
  const { lang } = useWords();
  const names = useLegNames();
  const [box, width] = useWidth<HTMLDivElement>(320);
  const to = Math.max(limit * 1.2, ...ways.map((w) => Math.max(w.total, w.p90 ?? 0))) * 1.02;
  const x = (m: number) => side + (m / to) * (width - 2 * side);
  const height = top + ways.length * rowHeight + axis;
  const said = (w: Way) => `${t(w.key)} ${t("n", { n: sayMinutes(w.total, limit, lang) })}`;
  const codes = [...new Set(ways.flatMap((w) => w.legs.map((l) => l.code)))];
  return (
    <div ref={box} className="ap-chart">
      <svg ref={svg} width={width} height={height} role="img" aria-label={t("chartLabel", { text: ways.map(said).join("; ") })}>
        {ticks(to, width < 480 ? 5 : 9).map((m) => (
          <g key={m}>
            <line className="ap-grid" x1={x(m)} x2={x(m)} y1={top} y2={height - axis} />
            <text className="ap-axis" x={x(m)} y={height - 7} textAnchor="middle">{m}</text>
          </g>
        ))}
        {ways.map((w, i) => {
          const y = top + i * rowHeight;
          let at = 0;
          return (
            <g key={w.key}>
              {w.legs.map((l) => {
                const from = at;
                at += l.minutes;
                const wide = x(at) - x(from);
                const label = sayMinutes(l.minutes, limit, lang);
                return (
                  <g key={l.code}>
                    <rect className={`ap-seg ap-${l.code}`} x={x(from)} y={y + bar.below} width={Math.max(wide, 0)} height={bar.height}><title>{`${capital(names.leg(l.code))}: ${t("n", { n: label })}`}</title></rect>
                    {wide > label.length * letter + 6 && <text className="ap-in" x={x(from) + wide / 2} y={y + bar.below + 16.5} textAnchor="middle">{label}</text>}
                  </g>
                );
              })}
            </g>
          );
        })}
        <line className="ap-limit" x1={x(limit)} x2={x(limit)} y1={top - 4} y2={height - axis} />
        {ways.map((w, i) => {
          const y = top + i * rowHeight;
          return (
            <g key={w.key}>
              <text className="ap-row" x={side} y={y + 17}>{t(w.key)}: <tspan className="ap-strong">{t("n", { n: sayMinutes(w.total, limit, lang) })}</tspan></text>
              {w.p90 && w.p90 > 0 && (
                <g className="ap-p90">
                  <line x1={x(w.p90)} x2={x(w.p90)} y1={y + bar.below - 4} y2={y + bar.below + bar.height + 4} />
                  <text x={x(w.p90)} y={y + 17} textAnchor={x(w.p90) > width - 60 ? "end" : "middle"}>P90</text>
                </g>
              )}
            </g>
          );
        })}
        <text className="ap-limit-t" x={x(limit)} y={13} textAnchor={x(limit) < 60 ? "start" : x(limit) > width - 60 ? "end" : "middle"}>{t("limit", { n: limit })}</text>
      </svg>
      <ul className="ap-legend" aria-hidden="true">
        {codes.map((code) => <li key={code}><svg width="14" height="12"><rect className={`ap-seg ap-${code}`} width="14" height="12" /></svg>{names.leg(code)}</li>)}
      </ul>
    </div>
  );
}
