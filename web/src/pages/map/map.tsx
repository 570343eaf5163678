// A measure over the territories, as a map and as a table of the same figures.
import { useMemo, useRef } from "react";
import { useApi, useSession } from "../../api/queries.ts";
import type { Map as ApiMap, MapUnit } from "../../api/types.ts";
import { savePng } from "../../chart/export.ts";
import { chartWords } from "../../chart/words.ts";
import { compare } from "../../format/collate.ts";
import { formatDate, formatPeriod } from "../../format/date.ts";
import { say } from "../../format/text.ts";
import { common, type CommonKey } from "../../i18n/words.ts";
import { Choropleth } from "../../map/choropleth.tsx";
import { quantiles } from "../../map/classes.ts";
import { Legend } from "../../map/legend.tsx";
import { readOutlines, type Collection } from "../../map/outline.ts";
import { A, useSearchParams, useSetSearch } from "../../route.tsx";
import { Combo } from "../../ui/combo.tsx";
import { Downloads } from "../../ui/download.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { FigureOf } from "../../ui/figure.tsx";
import { Icon } from "../../ui/icons.tsx";
import { useMeasureOptions } from "../../ui/options.ts";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { SortHead, useOrder, type Order } from "../../ui/sortable.tsx";
import { useWords, type Words } from "../../words.tsx";
import { mapWords } from "./words.ts";
import "../../chart/chart.css";
import "./map-page.css";

const firstMeasure = "population.total";
const kinds = ["plan", "actual", "forecast", "estimate"] as const;
const classes = 5;
const regional = new Set(["region", "city"]);

export default function MapPage() {
  const t = mapWords.use();
  const words = useWords();
  const s = useSearchParams();
  const options = useMeasureOptions();
  const measure = s.measure ?? (words.measures.has(firstMeasure) ? firstMeasure : (options[0]?.value ?? ""));
  const q = useApi<ApiMap>(measure ? "/map" : "", { measure, period: s.period, kind: s.kind });
  usePageTitle(`${t("title")}: ${words.measure(measure)}`);
  return (
    <>
      <PageHead title={words.measure(measure)} eyebrow={t("title")}>
        <p className="lead">{say(words.measures.get(measure)?.definition, words.lang) || t("lead")}</p>
      </PageHead>
      <div className="stack">
        <Card><Choices measure={measure} data={q.data} options={options} /></Card>
        {q.error ? <Failure inner error={q.error} retry={() => void q.refetch()} /> : q.data ? <View data={q.data} /> : <Waiting rows={12} />}
      </div>
    </>
  );
}

function Choices({ measure, data, options }: { measure: string; data?: ApiMap; options: ReturnType<typeof useMeasureOptions> }) {
  const t = mapWords.use();
  const c = common.use();
  const words = useWords();
  const s = useSearchParams();
  const set = useSetSearch();
  const periods = data?.measure === measure ? data.periods : [];
  return (
    <div className="filters">
      <Combo label={c("measure")} options={options} value={measure} onChange={(v) => set({ measure: v, period: undefined, kind: undefined })} />
      <label className="field">
        <span>{c("period")}</span>
        <select className="input" value={s.period ?? ""} onChange={(e) => set({ period: e.target.value || undefined })}>
          <option value="">{t("newest")}{!s.period && data?.period ? `: ${formatPeriod(data.period, words.lang)}` : ""}</option>
          {s.period && !periods.includes(s.period) && <option value={s.period}>{formatPeriod(s.period, words.lang)}</option>}
          {periods.map((p) => <option key={p} value={p}>{formatPeriod(p, words.lang)}</option>)}
        </select>
      </label>
      <label className="field">
        <span>{c("kind")}</span>
        <select className="input" value={s.kind ?? ""} onChange={(e) => set({ kind: e.target.value || undefined })}>
          <option value="">{c("all")}</option>
          {kinds.map((k) => <option key={k} value={k}>{c(`kind_${k}` as CommonKey)}</option>)}
        </select>
      </label>
    </div>
  );
}

/** Territories of a level: the regions and great cities, or what lies inside them. */
function ofLevel(units: MapUnit[], words: Words, districts: boolean): MapUnit[] {
  return units.filter((u) => {
    const p = words.places.get(u.place);
    if (!p || u.place === words.root) return false;
    return districts ? p.parent !== words.root && p.kind !== "former_region" : p.parent === words.root && regional.has(p.kind);
  });
}

function View({ data }: { data: ApiMap }) {
  const t = mapWords.use();
  const c = common.use();
  const x = chartWords.use();
  const words = useWords();
  const s = useSearchParams();
  const set = useSetSearch();
  const session = useSession();
  const box = useRef<HTMLDivElement>(null);
  const regions = useMemo(() => ofLevel(data.units, words, false), [data, words]);
  const districts = useMemo(() => ofLevel(data.units, words, true), [data, words]);
  const level = s.show === "districts" && districts.length > 0 ? "districts" : regions.length === 0 && districts.length > 0 ? "districts" : "regions";
  const list = level === "districts" ? districts : regions;
  const outline = useApi<Collection>(`/boundaries/${level}`);
  const table = s.view === "table" || Boolean(outline.error);
  const country = data.units.find((u) => u.place === words.root)?.figure;
  const period = data.period ? formatPeriod(data.period, words.lang) : "";
  const what = `${words.measure(data.measure)}${period ? `, ${period}` : ""}`;
  const sources = [...new Set(list.map((u) => u.figure?.document).filter((d): d is string => Boolean(d)))].map((d) => words.publisher(d));
  const png = () => {
    const svg = box.current?.querySelector<SVGSVGElement>(".map svg");
    const day = s.as_of ?? session.data?.today;
    if (svg) void savePng(svg, { title: what, subtitle: day ? formatDate(day, words.lang) : "", source: x("source", { list: [...new Set(sources)].join("; ") }), legend: box.current?.querySelector(".map-legend") }, `${data.measure}-map.png`);
  };
  return (
    <Card>
      <div className="chart-head no-print">
        <div className="row">
          {!outline.error && (
            <div className="tabs" role="group" aria-label={x("views")}>
              <button type="button" aria-pressed={!table} onClick={() => set({ view: undefined })}>{c("asMap")}</button>
              <button type="button" aria-pressed={table} onClick={() => set({ view: "table" })}>{c("asTable")}</button>
            </div>
          )}
          {regions.length > 0 && districts.length > 0 && (
            <div className="tabs" role="group" aria-label={t("level")}>
              <button type="button" aria-pressed={level === "regions"} onClick={() => set({ show: undefined })}>{t("regions")}</button>
              <button type="button" aria-pressed={level === "districts"} onClick={() => set({ show: "districts" })}>{t("districts")}</button>
            </div>
          )}
        </div>
        <Downloads path="/map" params={{ measure: data.measure, period: data.period ?? undefined, kind: s.kind }}>
          {!table && <li><button type="button" className="button button-small" onClick={png}><Icon name="down" />{x("png")}</button></li>}
        </Downloads>
      </div>
      {country && <p className="map-whole">{t("whole")}<FigureOf f={country} /> {period && <span className="quiet">· {period}</span>}</p>}
      {list.length === 0 ? <p className="note">{t("nothing")}</p> : table ? <Table list={list} /> : outline.data ? <div ref={box}><Drawing data={outline.data} list={list} what={what} level={level} /></div> : <Waiting rows={8} />}
      {outline.error && <p className="note">{t("noOutlines")}</p>}
      {sources.length > 0 && <p className="chart-source">{x("source", { list: [...new Set(sources)].join("; ") })}</p>}
    </Card>
  );
}

function Drawing({ data, list, what, level }: { data: Collection; list: MapUnit[]; what: string; level: string }) {
  const t = mapWords.use();
  const words = useWords();
  const outlines = useMemo(() => readOutlines(data), [data]);
  const values = useMemo(() => list.flatMap((u) => (u.figure?.value == null ? [] : [u.figure.value])), [list]);
  const k = useMemo(() => quantiles(values, classes), [values]);
  const units = useMemo(
    () => new Map(list.flatMap((u) => (u.figure?.value == null ? [] : [[u.place, { code: u.place, name: words.place(u.place), step: k.of(u.figure.value), value: words.quantity(u.figure.value, u.figure.unit), short: level === "regions" ? short(u.figure.value, u.figure.unit, words) : "" }] as const]))),
    [list, k, words, level],
  );
  const unit = list[0]?.figure?.unit ?? "";
  const texts = k.limits.map((l, i) => {
    const next = k.limits[i + 1];
    return next === undefined ? `≥ ${words.amount(l, unit)}` : `${words.amount(l, unit)} – < ${words.amount(next, unit)}`;
  });
  return (
    <>
      <Choropleth outlines={outlines} units={units} label={t("mapOf", { what })} steps={k.limits.length} unknown={t("noData")} name={(code) => words.placeShort(code)} labelled={level === "regions" ? 62 : 9999} />
      <Legend texts={texts} unknown={t("noData")} />
      <p className="card-hint">{t("known", { n: units.size, total: outlines.list.length })}.{outlines.schematic ? ` ${t("schematic")}` : ""}</p>
    </>
  );
}

/** A value short enough for the map itself. */
function short(v: number, unit: string, words: Words): string {
  const text = words.amount(Math.abs(v) >= 1e6 ? Number(v.toPrecision(3)) : Math.abs(v) >= 1e4 ? Math.round(v) : v, unit);
  return text.length > 11 ? "" : text;
}

const columns = ["place", "value"] as const;

function sorted(list: MapUnit[], order: Order<(typeof columns)[number]> | undefined, words: Words): MapUnit[] {
  const sign = order?.down ? -1 : 1;
  return [...list].sort((a, b) => {
    if (order?.key === "value") return sign * ((a.figure?.value ?? -Infinity) - (b.figure?.value ?? -Infinity));
    return sign * compare(words.lang, words.place(a.place), words.place(b.place));
  });
}

function Table({ list }: { list: MapUnit[] }) {
  const t = mapWords.use();
  const c = common.use();
  const words = useWords();
  const order = useOrder(columns);
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={c("asTable")}>
      <table className="table">
        <thead>
          <tr>
            <SortHead col="place" order={order}>{t("territory")}</SortHead>
            <SortHead col="value" order={order} right>{c("value")}</SortHead>
            <th scope="col">{c("source")}</th>
          </tr>
        </thead>
        <tbody>
          {sorted(list, order, words).map((u) => (
            <tr key={u.place}>
              <th scope="row"><A to={`/places/${u.place}`} className="plain-link">{words.place(u.place)}</A></th>
              <td className="r">{u.figure ? <FigureOf f={u.figure} what={words.place(u.place)} /> : <span className="unknown">{c("unknown")}</span>}</td>
              <td>{u.figure?.document ? <A to={`/documents/${u.figure.document}`} className="plain-link">{words.publisher(u.figure.document)}</A> : ""}{u.others > 0 && <span className="small quiet"> · {t("othersN", { n: u.others })}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
