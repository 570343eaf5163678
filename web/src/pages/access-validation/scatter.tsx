// Observed against computed minutes: on the diagonal both are equal. The table
// of journeys below has the same numbers.
import { useEffect, useRef } from "react";
import type { AccessObserved, AccessValidation } from "../../api/access.ts";
import { savePng } from "../../chart/export.ts";
import { themeColours } from "../../chart/theme.ts";
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
  const now = useRef<{ paint: () => void }>(undefined);
  const shown = useRef({ rows, lang, t });
  useEffect(() => {
    shown.current = { rows, lang, t };
    now.current?.paint();
  }, [rows, lang, t]);
  useEffect(() => {
    const el = box.current;
    if (!el) return undefined;
    let gone = false;
    let undo = () => {};
    void import("../../chart/echarts.ts").then(({ makeChart }) => {
      if (gone) return;
      const chart = makeChart(el);
      const paint = () => {
        const { rows: list, lang: l, t: w } = shown.current;
        const k = themeColours(el);
        const { max, step } = reach(list);
        const of = vehicles.map((name) => list.filter((r) => r.vehicle === name && r.computed_minutes !== null));
        const axis = (name: string, gap: number) => ({ type: "value" as const, min: 0, max, interval: step, name, nameLocation: "middle" as const, nameGap: gap, nameTextStyle: { color: k.ink }, axisLabel: { color: k.ink, formatter: (n: number) => formatNumber(n, l) }, axisLine: { lineStyle: { color: k.grid } }, splitLine: { lineStyle: { color: k.grid } } });
        chart.setOption({
          animation: false,
          aria: { enabled: false },
          textStyle: { fontFamily: getComputedStyle(el).fontFamily },
          grid: { left: 26, right: 20, top: 16, bottom: 62, containLabel: true },
          legend: { bottom: 0, textStyle: { color: k.ink }, data: [...vehicles.flatMap((name, i) => (of[i]?.length ? [w(name)] : [])), w("equal")] },
          tooltip: {
            trigger: "item", backgroundColor: k.raised, borderColor: k.grid, textStyle: { color: k.strong }, renderMode: "richText",
            formatter: (p: unknown) => {
              const { seriesIndex, dataIndex } = p as { seriesIndex: number; dataIndex: number };
              const r = of.filter((s) => s.length > 0)[seriesIndex]?.[dataIndex];
              return r ? [`${say(r.from.name, l)} – ${say(r.to.name, l)}`, `${w("observed")}: ${about(r.observed_minutes, l)}`, `${w("computed")}: ${about(r.computed_minutes ?? 0, l)}`].join("\n") : "";
            },
          },
          xAxis: axis(w("axisObserved"), 26),
          yAxis: axis(w("axisComputed"), 40),
          series: [
            ...vehicles.flatMap((name, i) => (of[i]?.length ? [{ type: "line" as const, name: w(name), data: of[i].map((r) => [r.observed_minutes, r.computed_minutes ?? 0]), showAllSymbol: true, symbol: shapes[i], symbolSize: 10, color: k.lines[i], lineStyle: { width: 0, opacity: 0 } }] : [])),
            { type: "line" as const, name: w("equal"), data: [[0, 0], [max, max]], symbol: "none", silent: true, color: k.ink, lineStyle: { width: 1.5, type: "dashed" as const } },
          ],
        }, true);
      };
      now.current = { paint };
      paint();
      const resize = new ResizeObserver(() => chart.resize());
      resize.observe(el);
      const dark = window.matchMedia("(prefers-color-scheme: dark)");
      dark.addEventListener("change", paint);
      window.addEventListener("shanyraq-theme", paint);
      undo = () => {
        now.current = undefined;
        resize.disconnect();
        dark.removeEventListener("change", paint);
        window.removeEventListener("shanyraq-theme", paint);
        chart.dispose();
      };
    });
    return () => {
      gone = true;
      undo();
    };
  }, [box]);
  return <div ref={box} className="chart" role="img" aria-label={label} />;
}
