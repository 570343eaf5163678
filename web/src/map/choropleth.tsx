// A map of territories coloured by class. Every territory is a link with its
// name and value, so that keyboard and screen reader get the same.
import { useMemo } from "react";
import { A } from "../route.tsx";
import { useWidth } from "../ui/use-width.ts";
import { draw, type Outlines } from "./outline.ts";
import "./map.css";

export interface Unit {
  code: string;
  name: string;
  /** Class of colour, from 0; undefined where nothing is known. */
  step?: number;
  /** The value as text. */
  value: string;
  /** Short text on the map itself. */
  short?: string;
}

interface Props {
  outlines: Outlines;
  units: ReadonlyMap<string, Unit>;
  label: string;
  steps: number;
  tone?: "brand" | "late";
  unknown: string;
  name: (code: string) => string;
  /** Labels stand on territories at least this wide, in pixels. */
  labelled?: number;
}

/** A territory narrower than this is drawn as a dot as well. */
const dotBelow = 15;
const maxHeight = 640;

export function Choropleth({ outlines, units, label, steps, tone = "brand", unknown, name, labelled = 62 }: Props) {
  const [box, width] = useWidth<HTMLDivElement>();
  const { shapes, height } = useMemo(() => draw(outlines.list, width), [outlines, width]);
  const small = shapes.filter((s) => Math.max(s.width, s.height) < dotBelow);
  const ordered = [...shapes].sort((a, b) => b.width * b.height - a.width * a.height);
  const of = (code: string) => units.get(code);
  const cls = (code: string) => {
    const step = of(code)?.step;
    return step === undefined ? "map-none" : `map-${tone}-${scaled(step, steps)}`;
  };
  return (
    <div ref={box} className="map">
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={Math.min(height, maxHeight)} role="group" aria-label={label}>
        <defs>
          <pattern id="map-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="6" height="6" className="map-hatch-ground" />
            <line x1="0" y1="0" x2="0" y2="6" className="map-hatch-line" />
          </pattern>
        </defs>
        {ordered.map((s) => (
          <A key={s.code} to={`/places/${s.code}`} className={`map-unit ${cls(s.code)}`} aria-label={`${name(s.code)}: ${of(s.code)?.value ?? unknown}`}>
            <path d={s.d}><title>{`${name(s.code)}: ${of(s.code)?.value ?? unknown}`}</title></path>
            {small.includes(s) && <circle cx={s.x} cy={s.y} r={7} />}
          </A>
        ))}
        <g className="map-labels" aria-hidden="true">
          {shapes.filter((s) => s.width >= labelled && s.height > 26).map((s) => (
            <text key={s.code} x={s.x} y={s.y}>
              <tspan x={s.x}>{fits(name(s.code), s.width) ? name(s.code) : ""}</tspan>
              {of(s.code)?.short && <tspan x={s.x} dy="1.15em" className="map-label-n">{of(s.code)?.short}</tspan>}
            </text>
          ))}
        </g>
      </svg>
    </div>
  );
}

/** Spreads the classes that there are over the seven colours of the ramp. */
export function scaled(step: number, steps: number): number {
  return steps <= 1 ? 3 : Math.round((step * 6) / (steps - 1));
}

const letterWidth = 6.1; // of the labels, on average

function fits(text: string, width: number): boolean {
  return text.length * letterWidth < width - 4;
}
