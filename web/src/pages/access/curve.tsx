// The share of people by minutes, in the usual case and with delays, with the
// limit asked. The table has the same numbers.
import { useCallback, useRef, useState } from "react";
import type { AccessPage } from "../../api/access.ts";
import { savePng } from "../../chart/export.ts";
import type { ChartOption } from "../../chart/echarts.ts";
import { chartTooltip, LiveChart, type ChartColours } from "../../chart/live-chart.tsx";
import { chartWords } from "../../chart/words.ts";
import { formatDate } from "../../format/date.ts";
import { formatNumber, formatPercent } from "../../format/number.ts";
import { common } from "../../i18n/words.ts";
import { useLang } from "../../route.tsx";
import { Icon } from "../../ui/icons.tsx";
import { Card } from "../../ui/page.tsx";
import { accessMapWords } from "./map-words.ts";
import { sayAnswer } from "./sentence.ts";

export default function Curve({ data, limit }: { data: AccessPage; limit: number }) {
  const t = accessMapWords.use();
  const x = chartWords.use();
  const c = common.use();
  const lang = useLang();
  const box = useRef<HTMLDivElement>(null);
  const [table, setTable] = useState(false);
  const png = () => {
    const svg = box.current?.querySelector("svg");
    if (svg) void savePng(svg, { title: t("curve"), subtitle: `${sayAnswer(data.question, data.whole, lang)} ${formatDate(data.as_of, lang)}`, source: window.location.href }, "access-curve.png");
  };
  return (
    <Card id="curve" title={t("curve")}>
      <div className="chart-head no-print">
        <div className="tabs" role="group" aria-label={x("views")}>
          <button type="button" aria-pressed={!table} onClick={() => setTable(false)}>{c("asChart")}</button>
          <button type="button" aria-pressed={table} onClick={() => setTable(true)}>{c("asTable")}</button>
        </div>
        {!table && <button type="button" className="button button-small" onClick={png}><Icon name="down" />{x("png")}</button>}
      </div>
      {table ? <CurveTable data={data} /> : <Plot box={box} data={data} limit={limit} label={t("curveLabel")} />}
    </Card>
  );
}

const percent = (n: number, whole: number) => (whole > 0 ? Math.round((1000 * n) / whole) / 10 : 0);

function CurveTable({ data }: { data: AccessPage }) {
  const t = accessMapWords.use();
  const lang = useLang();
  return (
    <div className="table-box acc-tall" tabIndex={0} role="region" aria-label={t("curve")}>
      <table className="table">
        <thead><tr><th scope="col" className="r">{t("axisMinutes")}</th><th scope="col" className="r">{t("line_p50")}</th><th scope="col" className="r">{t("people")}</th><th scope="col" className="r">{t("line_p90")}</th><th scope="col" className="r">{t("people")}</th></tr></thead>
        <tbody>
          {data.curve.map((p) => (
            <tr key={p.minutes}>
              <th scope="row" className="r nums">{p.minutes}</th>
              <td className="r nums">{formatPercent(percent(p.people, data.whole.people), lang)}</td>
              <td className="r nums">{formatNumber(p.people, lang)}</td>
              <td className="r nums">{formatPercent(percent(p.people_p90, data.whole.people), lang)}</td>
              <td className="r nums">{formatNumber(p.people_p90, lang)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Plot({ box, data, limit, label }: { box: React.RefObject<HTMLDivElement | null>; data: AccessPage; limit: number; label: string }) {
  const t = accessMapWords.use();
  const lang = useLang();
  const option = useCallback((k: ChartColours, el: HTMLElement): ChartOption => {
    const names = [t("line_p50"), t("line_p90"), t("line_limit", { n: limit })];
    const axis = (v: number) => `${formatNumber(v, lang)}${lang === "en" ? "" : "\u00a0"}%`;
    return {
      grid: { left: 8, right: 20, top: 16, bottom: el.clientWidth < 520 ? 76 : 50, containLabel: true },
      legend: { bottom: 0, textStyle: { color: k.ink }, data: names },
      tooltip: chartTooltip(k, "axis", (list) => {
        const m = (list as { axisValue: number }[])[0]?.axisValue ?? 0;
        const p = data.curve.findLast((c) => c.minutes <= m + 1e-6);
        return p ? [`${formatNumber(p.minutes, lang)} ${t("axisMinutes")}`, `P50: ${formatPercent(percent(p.people, data.whole.people), lang)}`, `P90: ${formatPercent(percent(p.people_p90, data.whole.people), lang)}`].join("\n") : "";
      }),
      xAxis: { type: "value", min: 0, max: 240, interval: 30, name: t("axisMinutes"), nameLocation: "middle", nameGap: 26, nameTextStyle: { color: k.ink }, axisLabel: { color: k.ink }, axisLine: { lineStyle: { color: k.grid } }, splitLine: { show: false } },
      yAxis: { type: "value", min: 0, max: 100, axisLabel: { color: k.ink, formatter: axis }, splitLine: { lineStyle: { color: k.grid } } },
      series: [
        { type: "line", name: names[0], data: data.curve.map((p) => [p.minutes, percent(p.people, data.whole.people)]), showSymbol: false, color: k.lines[0], lineStyle: { width: 3 } },
        { type: "line", name: names[1], data: data.curve.map((p) => [p.minutes, percent(p.people_p90, data.whole.people)]), showSymbol: false, color: k.lines[1], lineStyle: { width: 2, type: "dashed" } },
        { type: "line", name: names[2], data: [[limit, 0], [limit, 100]], showSymbol: false, color: k.lines[2], lineStyle: { width: 1.5, type: "dotted" } },
      ],
    };
  }, [data, limit, lang, t]);
  return <LiveChart box={box} label={label} option={option} />;
}
