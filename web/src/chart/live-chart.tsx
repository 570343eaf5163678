// A chart that is drawn when the library has come, and anew when its numbers,
// the language, the theme or its size change. What to draw is a function of the
// colours of the theme and of the element.
import { useEffect, useRef } from "react";
import type { ChartOption } from "./echarts.ts";
import { themeColours } from "./theme.ts";

export type ChartColours = ReturnType<typeof themeColours>;

interface Props {
  box: React.RefObject<HTMLDivElement | null>;
  label: string;
  /** Everything but fonts, animation and tooltip colours, which are the same in every chart. */
  option: (k: ChartColours, el: HTMLElement) => ChartOption;
}

/** The tooltip of every chart, with what it says. */
export function chartTooltip(k: ChartColours, trigger: "axis" | "item", formatter: (p: unknown) => string) {
  return { trigger, backgroundColor: k.raised, borderColor: k.grid, textStyle: { color: k.strong }, renderMode: "richText" as const, formatter };
}

export function LiveChart({ box, label, option }: Props) {
  const draw = useRef(option);
  const paint = useRef<() => void>(undefined);
  useEffect(() => {
    draw.current = option;
    paint.current?.();
  }, [option]);
  useEffect(() => {
    const el = box.current;
    if (!el) return undefined;
    let gone = false;
    let undo = () => {};
    void import("./echarts.ts").then(({ makeChart }) => {
      if (gone) return;
      const chart = makeChart(el);
      const anew = () => chart.setOption({ animation: false, aria: { enabled: false }, textStyle: { fontFamily: getComputedStyle(el).fontFamily }, ...draw.current(themeColours(el), el) }, true);
      paint.current = anew;
      anew();
      const resize = new ResizeObserver(() => chart.resize());
      resize.observe(el);
      const dark = window.matchMedia("(prefers-color-scheme: dark)");
      dark.addEventListener("change", anew);
      window.addEventListener("shanyraq-theme", anew);
      undo = () => {
        paint.current = undefined;
        resize.disconnect();
        dark.removeEventListener("change", anew);
        window.removeEventListener("shanyraq-theme", anew);
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
