// Deadlines on one axis with today between them. A day is a button; the
// promises of the chosen day stand below.
import { useMemo, useRef, useState } from "react";
import type { Board, Deadline, Promise as Item } from "../../api/types.ts";
import { formatDate, formatDateShort } from "../../format/date.ts";
import { say } from "../../format/text.ts";
import { common } from "../../i18n/words.ts";
import { A } from "../../route.tsx";
import { Downloads } from "../../ui/download.tsx";
import { Icon } from "../../ui/icons.tsx";
import { Card } from "../../ui/page.tsx";
import { DaysTag, EvidenceTag } from "../../ui/state.tsx";
import { useWidth } from "../../ui/use-width.ts";
import { useWords } from "../../words.tsx";
import type { ById } from "./board.tsx";
import { boardWords } from "./words.ts";

const height = 122;
const axis = 66; // the line of time, from the top
const side = 34;
const labelWidth = 78;
const narrow = 520; // below it circles are small, or they cover each other
const dayMs = 86_400_000;

export interface Spot {
  day: string;
  n: number;
  x: number;
  r: number;
  /** Row of the label, 0 or 1; undefined where there is no room. */
  row?: number;
}

/** Places days on the axis and their labels where they do not run into each other. */
export function layOut(days: { deadline: string; n: number }[], today: string, width: number): { spots: Spot[]; today: number; years: { year: number; x: number }[] } {
  const at = (d: string) => Date.parse(`${d}T00:00:00Z`);
  const all = [...days.map((d) => at(d.deadline)), at(today)];
  const min = Math.min(...all) - 20 * dayMs;
  const max = Math.max(...all) + 20 * dayMs;
  const x = (t: number) => side + ((t - min) / (max - min)) * (width - 2 * side);
  const most = Math.max(1, ...days.map((d) => d.n));
  const ends = [-Infinity, -Infinity];
  const spots = days.map((d) => {
    const s: Spot = { day: d.deadline, n: d.n, x: x(at(d.deadline)), r: (width < narrow ? 8 : 9) + (width < narrow ? 8 : 15) * Math.sqrt(d.n / most) };
    const row = ends.findIndex((e) => s.x - labelWidth / 2 > e);
    if (row >= 0) {
      s.row = row;
      ends[row] = s.x + labelWidth / 2;
    }
    return s;
  });
  const years: { year: number; x: number }[] = [];
  for (let y = new Date(min).getUTCFullYear() + 1; Date.UTC(y, 0, 1) < max; y++) years.push({ year: y, x: x(Date.UTC(y, 0, 1)) });
  return { spots, today: x(at(today)), years };
}

export function Timeline({ board, byId }: { board: Board; byId: ById }) {
  const t = boardWords.use();
  const [chosen, setChosen] = useState<string | null>(null);
  const words = useWords();
  const axisBox = useRef<HTMLDivElement>(null);
  const png = async () => {
    const svg = axisBox.current?.querySelector<SVGSVGElement>("svg");
    const { savePng } = await import("../../chart/export.ts");
    if (svg) await savePng(svg, { title: t("timeline"), subtitle: formatDate(board.as_of, words.lang), source: window.location.href }, "board-deadlines.png");
  };
  const day = chosen ?? board.next_deadline ?? board.timeline[0]?.deadline;
  const entry = board.timeline.find((d) => d.deadline === day);
  if (board.timeline.length === 0) return null;
  return (
    <Card id="timeline" title={t("timeline")} aside={
      <Downloads path="/promises">
        <li><button type="button" className="button button-small" onClick={() => void png()}><Icon name="down" />PNG</button></li>
      </Downloads>
    }>
      <p className="card-hint">{t("timelineHint")}</p>
      <div ref={axisBox}><Axis board={board} chosen={entry?.deadline} choose={setChosen} /></div>
      {entry && <OfDay entry={entry} byId={byId} />}
    </Card>
  );
}

function Axis({ board, chosen, choose }: { board: Board; chosen?: string; choose: (d: string) => void }) {
  const [box, width] = useWidth<HTMLDivElement>(900);
  const words = useWords();
  const t = boardWords.use();
  const c = common.use();
  const { spots, today, years } = useMemo(() => layOut(board.timeline.map((d) => ({ deadline: d.deadline, n: d.promises.length })), board.as_of, width), [board, width]);
  return (
    <div ref={box} className="tl">
      <svg width={width} height={height} role="group" aria-label={t("timeline")}>
        <line x1={0} x2={width} y1={axis} y2={axis} className="tl-axis" />
        {years.map((y) => (
          <g key={y.year} className="tl-year" aria-hidden="true">
            <line x1={y.x} x2={y.x} y1={3} y2={axis + 6} />
            <text x={y.x + 5} y={12}>{y.year}</text>
          </g>
        ))}
        <g className="tl-today" aria-hidden="true">
          <line x1={today} x2={today} y1={32} y2={axis + 26} />
          <text x={today - 6} y={30} textAnchor={today < 80 ? "start" : "end"}>{t("todayMark")}</text>
        </g>
        {spots.map((s) => {
          const past = s.day < board.as_of;
          const pick = () => choose(s.day);
          return (
            <g
              key={s.day}
              role="button"
              tabIndex={0}
              aria-pressed={s.day === chosen}
              aria-label={`${formatDate(s.day, words.lang)}: ${c("promisesN", { n: s.n })}`}
              className={`tl-spot${past ? " tl-past" : ""}${s.day === chosen ? " tl-on" : ""}`}
              onClick={pick}
              onKeyDown={(e) => {
                if (e.key === "Enter" || e.key === " ") {
                  e.preventDefault();
                  pick();
                }
              }}
            >
              <circle cx={s.x} cy={axis} r={s.r} />
            </g>
          );
        })}
        <g aria-hidden="true" className="tl-texts">
          {spots.map((s) => (
            <g key={s.day} className={`${s.day < board.as_of ? "tl-past" : ""}${s.day === chosen ? " tl-on" : ""}`}>
              <text x={s.x} y={axis + 4} className="tl-n">{s.n}</text>
              {s.row !== undefined && <text x={s.x} y={axis + 38 + s.row * 15} className="tl-day">{formatDateShort(s.day, words.lang)}</text>}
            </g>
          ))}
        </g>
      </svg>
    </div>
  );
}

const shownAtFirst = 8;

function OfDay({ entry, byId }: { entry: Deadline; byId: ById }) {
  const words = useWords();
  const c = common.use();
  const [all, setAll] = useState(false);
  const items = entry.promises.map(byId).filter((p): p is Item => p !== undefined);
  const cut = all || items.length <= shownAtFirst + 1 ? items : items.slice(0, shownAtFirst);
  return (
    <div className="tl-list">
      <h3>{formatDate(entry.deadline, words.lang)} <span className="quiet">· {c("promisesN", { n: items.length })}</span></h3>
      <ul>
        {cut.map((p) => (
          <li key={p.id}>
            <A to={`/promises/${p.id}`}>{say(p.title, words.lang)}</A>
            <span className="row">
              <DaysTag p={p} />
              <EvidenceTag evidence={p.evidence} />
            </span>
          </li>
        ))}
      </ul>
      {items.length > cut.length && (
        <button type="button" className="button button-small" onClick={() => setAll(true)}>{c("showAll", { n: items.length })}</button>
      )}
    </div>
  );
}
