// A small chart of one measure: a line for every source, so that disagreement
// shows. It is a picture of the table beside it.
import { useMemo } from "react";
import type { SeriesOut } from "../api/types.ts";
import { useWidth } from "../ui/use-width.ts";
import { readSeries, scale, type Line } from "./series.ts";
import "./chart.css";

const height = 84;
const pad = 5;

export function MiniChart({ series, label }: { series: SeriesOut[]; label: string }) {
  const [box, width] = useWidth<HTMLDivElement>(240);
  const lines = useMemo(() => readSeries(series), [series]);
  const { x, y } = useMemo(() => scale(lines, width, height, pad), [lines, width]);
  return (
    <div ref={box} className="mini">
      <svg width={width} height={height} role="img" aria-label={label}>
        {lines.map((l, i) => <Path key={l.key} line={l} i={i} x={x} y={y} />)}
      </svg>
    </div>
  );
}

function Path({ line, i, x, y }: { line: Line; i: number; x: (v: number) => number; y: (v: number) => number }) {
  const points = line.points.map((p) => `${x(p.x).toFixed(1)},${y(p.y).toFixed(1)}`).join(" ");
  const last = line.points.at(-1);
  return (
    <g className={`line-${i % 6}`}>
      {line.points.length > 1 && <polyline points={points} fill="none" />}
      {line.points.length <= 3 && line.points.map((p) => <circle key={p.x} cx={x(p.x)} cy={y(p.y)} r={3.2} />)}
      {last && <circle cx={x(last.x)} cy={y(last.y)} r={3.2} />}
    </g>
  );
}
