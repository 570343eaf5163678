// Observed against computed minutes: on the diagonal both are equal. The table
// of journeys below has the same numbers.
import { useCallback, useRef } from "react";
import type { AccessObserved, AccessValidation } from "../../api/access.ts";
import { savePng } from "../../chart/export.ts";
import type { ChartOption } from "../../chart/echarts.ts";
import { chartTooltip, LiveChart, type ChartColours } from "../../chart/live-chart.tsx";
import { chartWords } from "../../chart/words.ts";
import { formatNumber } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { useLang } from "../../route.tsx";
import { Icon } from "../../ui/icons.tsx";
import { about, reach } from "./sentence.ts";
import { validationWords } from "./words.ts";

const vehicles = ["car", "ambulance", "bus", "helicopter"] as const;
const shapes = ["circle", "diamond", "rect", "triangle"];

export default function Scatter({ v, subtitle }: { v: AccessValidation; subtitle: string }) {
  const t = validationWords.use();
  const x = chartWords.use();
  const box = useRef<HTMLDivElement>(null);
  const png = () => {
    const svg = box.current?.querySelector("svg");
    if (svg) void savePng(svg, { title: t("chart"), subtitle, source: window.location.href }, "access-validation.png");
  };
  return (
    <div className="val-chart">
      <div className="chart-head">
        <h3>{t("chart")}</h3>
        <button type="button" className="button button-small no-print" onClick={png}><Icon name="down" />{x("png")}</button>
      </div>
      <Plot box={box} rows={v.rows} label={t("chartLabel")} />
      <p className="chart-source">{t("chartLabel")}</p>
    </div>
  );
}

function Plot({ box, rows, label }: { box: React.RefObject<HTMLDivElement | null>; rows: readonly AccessObserved[]; label: string }) {
  const t = validationWords.use();
  const lang = useLang();
  const option = useCallback((k: ChartColours): ChartOption => {
    const { max, step } = reach(rows);
    const of = vehicles.map((name) => rows.filter((r) => r.vehicle === name && r.computed_minutes !== null));
    const axis = (name: string, gap: number) => ({ type: "value" as const, min: 0, max, interval: step, name, nameLocation: "middle" as const, nameGap: gap, nameTextStyle: { color: k.ink }, axisLabel: { color: k.ink, formatter: (n: number) => formatNumber(n, lang) }, axisLine: { lineStyle: { color: k.grid } }, splitLine: { lineStyle: { color: k.grid } } });
    return {
      grid: { left: 26, right: 20, top: 16, bottom: 62, containLabel: true },
      legend: { bottom: 0, textStyle: { color: k.ink }, data: [...vehicles.flatMap((name, i) => (of[i]?.length ? [t(name)] : [])), t("equal")] },
      tooltip: chartTooltip(k, "item", (p) => {
        const { seriesIndex, dataIndex } = p as { seriesIndex: number; dataIndex: number };
        const r = of.filter((s) => s.length > 0)[seriesIndex]?.[dataIndex];
        return r ? [`${say(r.from.name, lang)} – ${say(r.to.name, lang)}`, `${t("observed")}: ${about(r.observed_minutes, lang)}`, `${t("computed")}: ${about(r.computed_minutes ?? 0, lang)}`].join("\n") : "";
      }),
      xAxis: axis(t("axisObserved"), 26),
      yAxis: axis(t("axisComputed"), 40),
      series: [
        ...vehicles.flatMap((name, i) => (of[i]?.length ? [{ type: "line" as const, name: t(name), data: of[i].map((r) => [r.observed_minutes, r.computed_minutes ?? 0]), showAllSymbol: true, symbol: shapes[i], symbolSize: 10, color: k.lines[i], lineStyle: { width: 0, opacity: 0 } }] : [])),
        { type: "line" as const, name: t("equal"), data: [[0, 0], [max, max]], symbol: "none", silent: true, color: k.ink, lineStyle: { width: 1.5, type: "dashed" as const } },
      ],
    };
  }, [rows, lang, t]);
  return <LiveChart box={box} label={label} option={option} />;
}
