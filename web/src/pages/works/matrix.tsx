// Time against money: each work is a point, late to the right, money ahead of
// work above. Works of which a side is not known are named below.
import { useRef } from "react";
import { useApi } from "../../api/queries.ts";
import type { MatrixPoint, PortfolioMatrix } from "../../api/portfolio.ts";
import { savePng } from "../../chart/export.ts";
import { formatDate } from "../../format/date.ts";
import { formatNumber, formatPercent } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { common } from "../../i18n/words.ts";
import { A, useSearchParams, useSetSearch } from "../../route.tsx";
import { Downloads } from "../../ui/download.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Icon } from "../../ui/icons.tsx";
import { Card } from "../../ui/page.tsx";
import { useWidth } from "../../ui/use-width.ts";
import { Amount, PhaseTag } from "../../ui/works-parts.tsx";
import { useWords } from "../../words.tsx";
import { useWorkFilter } from "./filter.ts";
import { portfolioWords, type PortfolioKey } from "./words.ts";

const times = ["days", "spi"] as const;
const moneys = ["paid", "transferred", "accepted"] as const;
const quadrants = ["late_ahead", "late_within", "timed_ahead", "timed_within"] as const;

export default function Matrix() {
  const t = portfolioWords.use();
  const c = common.use();
  const { lang } = useWords();
  const s = useSearchParams();
  const set = useSetSearch();
  const filter = useWorkFilter();
  const box = useRef<HTMLDivElement>(null);
  const time = s.time === "spi" ? "spi" : "days";
  const money = moneys.find((m) => m === s.money) ?? "paid";
  const q = useApi<PortfolioMatrix>("/portfolio/matrix", { ...filter, time, money });
  const table = s.show === "table";
  if (q.error) return <Failure inner error={q.error} retry={() => void q.refetch()} />;
  if (!q.data) return <Waiting rows={10} />;
  const d = q.data;
  const png = () => {
    const svg = box.current?.querySelector("svg");
    if (svg) void savePng(svg, { title: t("matrixLabel", { n: d.total }), subtitle: formatDate(d.as_of, lang), source: window.location.href }, "works-matrix.png");
  };
  return (
    <>
      <Card>
        <div className="chart-head no-print">
          <div className="pf-tools">
            <div className="tabs" role="group" aria-label={t("views")}>
              <button type="button" aria-pressed={!table} onClick={() => set({ show: undefined })}>{c("asChart")}</button>
              <button type="button" aria-pressed={table} onClick={() => set({ show: "table" })}>{c("asTable")}</button>
            </div>
            <label className="field"><span>{t("timeBy")}</span>
              <select className="input" value={time} onChange={(e) => set({ time: e.target.value === "days" ? undefined : e.target.value })}>{times.map((k) => <option key={k} value={k}>{t(`t_${k}` as PortfolioKey)}</option>)}</select>
            </label>
            <label className="field"><span>{t("moneyBy")}</span>
              <select className="input" value={money} onChange={(e) => set({ money: e.target.value === "paid" ? undefined : e.target.value })}>{moneys.map((k) => <option key={k} value={k}>{t(`m_${k}` as PortfolioKey)}</option>)}</select>
            </label>
          </div>
          <Downloads path="/portfolio/matrix" params={{ ...filter, time, money }}>
            {!table && d.points.length > 0 && <li><button type="button" className="button button-small" onClick={png}><Icon name="down" />PNG</button></li>}
          </Downloads>
        </div>
        <ul className="pf-quads">{quadrants.map((k) => <li key={k}><strong>{formatNumber(d.quadrants[k], lang)}</strong> {t(`q_${k}` as PortfolioKey)}</li>)}<li><strong>{formatNumber(d.unknown_total, lang)}</strong> {t("notKnown")}</li></ul>
        {table ? <MatrixTable data={d} /> : d.points.length > 0 && <div ref={box}><Plot data={d} /></div>}
        {d.total > d.points.length && <p className="chart-source">{t("mostExpensive", { n: d.points.length })}</p>}
      </Card>
      {d.unknown_total > 0 && <Unknown data={d} />}
    </>
  );
}

const height = 420;
const pad = { left: 48, right: 16, top: 22, bottom: 40 };

/** Round steps between two limits, about so many. */
export function steps(from: number, to: number, about: number): number[] {
  const raw = (to - from) / about;
  const power = 10 ** Math.floor(Math.log10(raw || 1));
  const step = [1, 2, 5, 10].map((k) => k * power).find((k) => k >= raw) ?? power;
  const out: number[] = [];
  for (let v = Math.ceil(from / step) * step; v <= to + 1e-9; v += step) out.push(Math.round(v * 1000) / 1000);
  return out;
}

function Plot({ data }: { data: PortfolioMatrix }) {
  const t = portfolioWords.use();
  const { lang } = useWords();
  const [box, width] = useWidth<HTMLDivElement>(700);
  const spi = data.time === "spi";
  const xs = data.points.map((p) => p.x);
  const ys = data.points.map((p) => p.y);
  const x0 = spi ? Math.max(1.2, ...xs) + 0.05 : Math.min(-20, -0.06 * Math.max(...xs, 100));
  const x1 = spi ? Math.min(0.8, ...xs) - 0.05 : Math.max(100, ...xs) * 1.06;
  const reach = Math.max(20, ...ys.map(Math.abs)) * 1.12;
  const px = (v: number) => pad.left + ((v - x0) / (x1 - x0)) * (width - pad.left - pad.right);
  const py = (v: number) => pad.top + ((reach - v) / (2 * reach)) * (height - pad.top - pad.bottom);
  const edge = px(spi ? 1 : 0.5);
  const [left, right, top, bottom, mid] = [pad.left, width - pad.right, pad.top, height - pad.bottom, py(0)];
  const roomy = width > 640;
  return (
    <div ref={box} className="mx">
      {!roomy && <p className="small quiet" aria-hidden="true">↑ {t("axisY")}</p>}
      <svg width={width} height={height} role="group" aria-label={t("matrixLabel", { n: data.total })}>
        <g aria-hidden="true">
          <rect x={edge} y={top} width={Math.max(0, right - edge)} height={mid - top} className="mx-bad" />
          <rect x={left} y={mid} width={Math.max(0, edge - left)} height={bottom - mid} className="mx-good" />
          <rect x={left} y={top} width={Math.max(0, edge - left)} height={mid - top} className="mx-mid" />
          <rect x={edge} y={mid} width={Math.max(0, right - edge)} height={bottom - mid} className="mx-mid" />
          {steps(Math.min(x0, x1), Math.max(x0, x1), roomy ? 8 : 4).filter((v) => spi || v >= 0).map((v) => <g key={v}><line x1={px(v)} x2={px(v)} y1={top} y2={bottom} className="mx-grid" /><text x={px(v)} y={bottom + 15} textAnchor="middle" className="mx-text">{formatNumber(v, lang)}</text></g>)}
          {steps(-reach, reach, 6).map((v) => <g key={v}><line x1={left} x2={right} y1={py(v)} y2={py(v)} className="mx-grid" /><text x={left - 6} y={py(v) + 4} textAnchor="end" className="mx-text">{v > 0 ? "+" : ""}{formatNumber(v, lang)}</text></g>)}
          <line x1={edge} x2={edge} y1={top} y2={bottom} className="mx-axis" />
          <line x1={left} x2={right} y1={mid} y2={mid} className="mx-axis" />
          {roomy && <>
            <text x={right - 8} y={top + 18} textAnchor="end" className="mx-name">{t("q_late_ahead")}</text>
            <text x={right - 8} y={bottom - 10} textAnchor="end" className="mx-name">{t("q_late_within")}</text>
          </>}
          <text x={right} y={height - 6} textAnchor="end" className="mx-text">{t(`t_${data.time}` as PortfolioKey)} →</text>
          {roomy && <text x={left} y={top - 8} className="mx-text">↑ {t("axisY")}</text>}
        </g>
        {data.points.map((p) => <Point key={p.id} p={p} x={px(p.x)} y={py(p.y)} time={data.time} />)}
      </svg>
    </div>
  );
}

function Point({ p, x, y, time }: { p: MatrixPoint; x: number; y: number; time: string }) {
  const t = portfolioWords.use();
  const { lang } = useWords();
  const text = `${say(p.title, lang)}: ${t(`t_${time}` as PortfolioKey)} ${formatNumber(p.x, lang)}; ${t("axisY")} ${p.y > 0 ? "+" : ""}${formatNumber(p.y, lang)}${p.rough ? ` (${t("rough")})` : ""}`;
  return (
    <A to={`/works/${p.id}`} className={`mx-point${p.rough ? " mx-rough" : ""}`} aria-label={text}>
      <circle cx={x} cy={y} r={7} className={`fill-${p.phase}`}><title>{text}</title></circle>
    </A>
  );
}

function MatrixTable({ data }: { data: PortfolioMatrix }) {
  const t = portfolioWords.use();
  const c = common.use();
  const { lang } = useWords();
  if (data.points.length === 0) return <p className="note">{c("noMatch")}</p>;
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={t("view_matrix")}>
      <table className="table folds pf-table">
        <thead><tr><th scope="col">{t("col_title")}</th><th scope="col">{t("phaseOf")}</th><th scope="col" className="r">{t(`t_${data.time}` as PortfolioKey)}</th><th scope="col" className="r">{t("col_percent")}</th><th scope="col" className="r">{t(`m_${data.money}` as PortfolioKey)}, %</th><th scope="col" className="r">{t("axisY")}</th></tr></thead>
        <tbody>
          {data.points.map((p) => (
            <tr key={p.id}>
              <th scope="row"><A to={`/works/${p.id}`} className="plain-link">{say(p.title, lang)}</A><span className="small quiet pf-under"><Amount of={p.cost} />{p.rough && <> · {t("rough")}</>}</span></th>
              <td data-label={t("phaseOf")}><PhaseTag phase={p.phase} /></td>
              <td data-label={t(`t_${data.time}` as PortfolioKey)} className="r nums">{formatNumber(p.x, lang)}</td>
              <td data-label={t("col_percent")} className="r nums">{p.percent === null ? "—" : formatPercent(p.percent, lang)}</td>
              <td data-label={t(`m_${data.money}` as PortfolioKey)} className="r nums">{formatPercent(p.money_share, lang)}</td>
              <td data-label={t("axisY")} className="r nums">{p.y > 0 ? "+" : ""}{formatNumber(p.y, lang)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Unknown({ data }: { data: PortfolioMatrix }) {
  const t = portfolioWords.use();
  const c = common.use();
  const { lang } = useWords();
  const miss = (m: string) => t(`miss_${m}` as PortfolioKey);
  return (
    <Card title={`${t("notKnown")} · ${formatNumber(data.unknown_total, lang)}`} aside={<p>{t("notKnownHint")}</p>}>
      <p className="small quiet">{Object.entries(data.missing).map(([m, n]) => `${miss(m)}: ${formatNumber(n, lang)}`).join(" · ")}</p>
      <details>
        <summary>{c("showAll", { n: data.unknown.length })}</summary>
        <div className="table-box" tabIndex={0} role="region" aria-label={t("notKnown")}>
          <table className="table folds">
            <thead><tr><th scope="col">{t("col_title")}</th><th scope="col">{t("phaseOf")}</th><th scope="col">{t("missing")}</th></tr></thead>
            <tbody>
              {data.unknown.map((g) => (
                <tr key={g.id}>
                  <th scope="row"><A to={`/works/${g.id}`} className="plain-link">{say(g.title, lang)}</A></th>
                  <td data-label={t("phaseOf")}><PhaseTag phase={g.phase} /></td>
                  <td data-label={t("missing")}>{g.missing.map(miss).join(", ")}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {data.unknown_total > data.unknown.length && <p className="small quiet">{t("andMore", { n: data.unknown_total - data.unknown.length })}</p>}
      </details>
    </Card>
  );
}
