// The works of a filter as bars over time, each below what it is part of: the
// first baseline as a thin line, the newest as a bar, what was reported, the
// deadlines as they moved, and the forecast. The same days stand in a table.
import { useEffect, useRef } from "react";
import type { WorkList, WorkRow } from "../../api/portfolio.ts";
import { savePng } from "../../chart/export.ts";
import { formatDate, formatDateShort } from "../../format/date.ts";
import { formatPercent } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { common } from "../../i18n/words.ts";
import { A, useSearchParams, useSetSearch } from "../../route.tsx";
import { Downloads } from "../../ui/download.tsx";
import { Icon } from "../../ui/icons.tsx";
import { Card } from "../../ui/page.tsx";
import { useWidth } from "../../ui/use-width.ts";
import { PercentBar } from "../../ui/works-parts.tsx";
import { useWords } from "../../words.tsx";
import { useWorkFilter } from "./filter.ts";
import { scaleOf, zooms, type Scale } from "./scale.ts";
import { Pages } from "./table.tsx";
import { portfolioWords, type PortfolioKey } from "./words.ts";

const rowHeight = 34;
const indent = 14;

/** Every day that a row of the chart shows. */
function daysOf(r: WorkRow): string[] {
  return [r.first_start, r.first_finish, r.start, r.finish, r.first_deadline, r.deadline, r.opened, r.forecast?.p50, r.forecast?.p80, r.percent_on].filter((d): d is string => Boolean(d));
}

export default function Gantt({ list }: { list: WorkList }) {
  const t = portfolioWords.use();
  const c = common.use();
  const words = useWords();
  const s = useSearchParams();
  const set = useSetSearch();
  const filter = useWorkFilter();
  const box = useRef<HTMLDivElement>(null);
  const zoom = zooms.find((z) => z === s.zoom) ?? "fit";
  const table = s.show === "table";
  const days = list.items.flatMap(daysOf);
  const png = () => {
    const svg = box.current?.querySelector<SVGSVGElement>(".gantt-plot svg");
    if (svg) void savePng(svg, { title: `${t("title")}: ${t("view_gantt")}`, subtitle: formatDate(list.as_of, words.lang), source: window.location.href }, "works-gantt.png");
  };
  return (
    <Card>
      <div className="chart-head no-print">
        <div className="pf-tools">
          <div className="tabs" role="group" aria-label={t("views")}>
            <button type="button" aria-pressed={!table} onClick={() => set({ show: undefined })}>{c("asChart")}</button>
            <button type="button" aria-pressed={table} onClick={() => set({ show: "table" })}>{c("asTable")}</button>
          </div>
          {!table && (
            <div className="tabs" role="group" aria-label={t("zoom")}>
              {zooms.map((z) => <button key={z} type="button" aria-pressed={z === zoom} onClick={() => set({ zoom: z === "fit" ? undefined : z })}>{t(`zoom_${z}` as PortfolioKey)}</button>)}
            </div>
          )}
          <Pages list={list} />
        </div>
        <Downloads path="/works" params={filter}>
          {!table && days.length > 0 && <li><button type="button" className="button button-small" onClick={png}><Icon name="down" />PNG</button></li>}
        </Downloads>
      </div>
      {list.items.length === 0 ? <p className="note">{c("noMatch")}</p> : table ? <DaysTable list={list} /> : days.length === 0 ? <p className="note">{t("noBars")}</p> : <div ref={box}><Plot list={list} days={days} zoom={zoom} /></div>}
    </Card>
  );
}

function Plot({ list, days, zoom }: { list: WorkList; days: string[]; zoom: (typeof zooms)[number] }) {
  const t = portfolioWords.use();
  const { lang } = useWords();
  const [plot, room] = useWidth<HTMLDivElement>(700);
  const scale = scaleOf([...days, list.as_of], room, zoom);
  const height = rowHeight * (list.items.length + 1);
  const today = scale.x(list.as_of);
  useEffect(() => {
    plot.current?.scrollTo({ left: today - plot.current.clientWidth / 2 });
  }, [plot, today]);
  return (
    <>
      <div className="gantt">
        <div className="gantt-names">
          <p className="gantt-head">{t("col_title")}</p>
          <ol>
            {list.items.map((r) => (
              <li key={r.id} className={`gantt-${r.level}`} style={{ paddingLeft: `calc(8px + ${Math.min(4, r.depth)} * var(--indent, ${indent}px))` }}>
                <A to={`/works/${r.id}`} className="plain-link" title={say(r.title, lang)}>{say(r.title, lang)}</A>
              </li>
            ))}
          </ol>
        </div>
        <div ref={plot} className="gantt-plot" tabIndex={0} role="region" aria-label={t("view_gantt")}>
          <svg width={scale.width} height={height} role="img" aria-label={t("ganttLabel", { n: list.items.length })}>
            {scale.ticks.map((k) => (
              <g key={k.x}>
                <line x1={k.x} x2={k.x} y1={k.year ? 0 : 20} y2={height} className={k.year ? "g-tick-year" : "g-tick"} />
                <text x={k.x + 4} y={k.year ? 14 : 30} className={k.year ? "g-year" : "g-text"}>{k.text}</text>
              </g>
            ))}
            <line x1={today} x2={today} y1={18} y2={height} className="g-today" />
            <text x={today + 4} y={28} className="g-today-text">{t("lg_today")}</text>
            {list.items.map((r, i) => <Bar key={r.id} r={r} y={rowHeight * (i + 1)} scale={scale} asOf={list.as_of} lang={lang} />)}
          </svg>
        </div>
      </div>
      <Legend />
    </>
  );
}

function Bar({ r, y, scale, asOf, lang }: { r: WorkRow; y: number; scale: Scale; asOf: string; lang: "kk" | "ru" | "en" }) {
  const mid = y + rowHeight / 2;
  const { x } = scale;
  const start = r.start ? x(r.start) : 0;
  const width = r.start && r.finish ? Math.max(3, x(r.finish) - start) : 0;
  const late = r.days_late > 0 && r.deadline !== null;
  const share = r.percent ?? r.computed_percent;
  const last = Math.max(...[...daysOf(r), ...(late ? [asOf] : [])].map(x)); // the number stands where nothing else is
  return (
    <g>
      <line x1={0} x2={scale.width} y1={y} y2={y} className="g-line" />
      {width > 0 && <rect x={start} y={mid - 7} width={width} height={14} rx={3} className="g-current" />}
      {width > 0 && share !== null && <rect x={start} y={mid - 4} width={(width * Math.min(100, share)) / 100} height={8} rx={2} className={r.doubt || r.percent === null ? "g-done-doubt" : "g-done"} />}
      {r.first_start && r.first_finish && <rect x={x(r.first_start)} y={mid - 12} width={Math.max(3, x(r.first_finish) - x(r.first_start))} height={3} className="g-first" />}
      {late && r.deadline && <line x1={x(r.deadline)} x2={x(asOf)} y1={mid} y2={mid} className="g-late" />}
      {r.forecast?.p50 && r.forecast.p80 && <Whisker a={x(r.forecast.p50)} b={x(r.forecast.p80)} y={mid + 11} />}
      {r.first_deadline && r.deadline && r.first_deadline !== r.deadline && <Move a={x(r.first_deadline)} b={x(r.deadline)} y={mid} />}
      {r.first_deadline && r.first_deadline !== r.deadline && <Diamond x={x(r.first_deadline)} y={mid} name="g-dead" />}
      {r.deadline && <Diamond x={x(r.deadline)} y={mid} name={late ? "g-dead-late" : "g-dead"} />}
      {r.percent !== null && r.percent_on && (
        <>
          <circle cx={x(r.percent_on)} cy={mid} r={3.5} className="g-report" />
          <text x={last + 11} y={mid + 4} className="g-text">{formatPercent(r.percent, lang)}</text>
        </>
      )}
      {r.opened && <circle cx={x(r.opened)} cy={mid} r={5} className="g-open" />}
    </g>
  );
}

function Diamond({ x, y, name }: { x: number; y: number; name: string }) {
  return <path d={`M${x} ${y - 6}L${x + 6} ${y}L${x} ${y + 6}L${x - 6} ${y}Z`} className={name} />;
}

/** An arrow from the day that was named first to the one that holds. */
function Move({ a, b, y }: { a: number; b: number; y: number }) {
  const tip = b > a ? b - 7 : b + 7;
  const back = b > a ? tip - 6 : tip + 6;
  return (
    <>
      <line x1={a} x2={back} y1={y} y2={y} className="g-move" />
      <path d={`M${tip} ${y}L${back} ${y - 3.5}L${back} ${y + 3.5}Z`} className="g-arrow" />
    </>
  );
}

function Whisker({ a, b, y }: { a: number; b: number; y: number }) {
  return <path d={`M${a} ${y - 3}V${y + 3}M${a} ${y}H${b}M${b} ${y - 3}V${y + 3}`} className="g-fc" />;
}

function Legend() {
  const t = portfolioWords.use();
  const sign = (name: PortfolioKey, drawing: React.ReactNode) => <li key={name}><svg width="30" height="16" aria-hidden="true">{drawing}</svg>{t(name)}</li>;
  return (
    <ul className="legend">
      {sign("lg_first", <rect x="2" y="7" width="26" height="3" className="g-first" />)}
      {sign("lg_current", <rect x="2" y="2" width="26" height="12" rx="3" className="g-current" />)}
      {sign("lg_done", <rect x="2" y="4" width="20" height="8" rx="2" className="g-done" />)}
      {sign("lg_deadline", <><Move a={6} b={23} y={8} /><Diamond x={7} y={8} name="g-dead" /><Diamond x={23} y={8} name="g-dead" /></>)}
      {sign("lg_late", <><line x1={8} x2={28} y1={8} y2={8} className="g-late" /><Diamond x={8} y={8} name="g-dead-late" /></>)}
      {sign("lg_forecast", <Whisker a={4} b={26} y={8} />)}
      {sign("lg_opened", <circle cx={15} cy={8} r={5} className="g-open" />)}
    </ul>
  );
}

function DaysTable({ list }: { list: WorkList }) {
  const t = portfolioWords.use();
  const c = common.use();
  const { lang } = useWords();
  const day = (d: string | null | undefined) => (d ? <span className="nums">{formatDateShort(d, lang)}</span> : <span className="quiet"><span aria-hidden="true">—</span><span className="sr">{c("notSaid")}</span></span>);
  const span = (a: string | null, b: string | null) => (a && b ? <span className="nums">{formatDateShort(a, lang)} – {formatDateShort(b, lang)}</span> : day(null));
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={t("view_gantt")}>
      <table className="table folds pf-table">
        <thead>
          <tr>
            <th scope="col">{t("col_title")}</th><th scope="col">{t("col_first")}</th><th scope="col">{t("col_current")}</th><th scope="col">{t("col_percent")}</th>
            <th scope="col">{t("col_firstDeadline")}</th><th scope="col">{c("deadline")}</th><th scope="col" className="r">{t("col_late")}</th><th scope="col">P50</th><th scope="col">P80</th>
          </tr>
        </thead>
        <tbody>
          {list.items.map((r) => (
            <tr key={r.id}>
              <th scope="row" style={{ paddingLeft: indent * Math.min(4, r.depth) }}><A to={`/works/${r.id}`} className="plain-link">{say(r.title, lang)}</A></th>
              <td data-label={t("col_first")}>{span(r.first_start, r.first_finish)}</td>
              <td data-label={t("col_current")}>{span(r.start, r.finish)}</td>
              <td data-label={t("col_percent")}><PercentBar row={r} byStages={t("byStages")} /></td>
              <td data-label={t("col_firstDeadline")}>{day(r.first_deadline)}</td>
              <td data-label={c("deadline")}>{day(r.deadline)}</td>
              <td data-label={t("col_late")} className="r">{r.days_late > 0 ? <span className="late-text">{r.days_late}</span> : "0"}</td>
              <td data-label="P50">{day(r.forecast?.p50)}</td>
              <td data-label="P80">{day(r.forecast?.p80)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
