// The country by region: a light map with a table behind it, and the regions
// that were to be served first.
import { lazy, Suspense, useMemo } from "react";
import { useApi } from "../../api/queries.ts";
import type { Board, Place, Promise as Item } from "../../api/types.ts";
import { sortBy } from "../../format/collate.ts";
import { formatDate } from "../../format/date.ts";
import { formatNumber } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { common } from "../../i18n/words.ts";
import { counts } from "../../map/classes.ts";
import { readOutlines, type Collection } from "../../map/outline.ts";
import { A, useSearchParams, useSetSearch } from "../../route.tsx";
import { Downloads } from "../../ui/download.tsx";
import { Waiting } from "../../ui/failure.tsx";
import { Icon } from "../../ui/icons.tsx";
import { Card } from "../../ui/page.tsx";
import { useSeen } from "../../ui/use-seen.ts";
import { useWords, type Words } from "../../words.tsx";
import { boardWords } from "./words.ts";

const Choropleth = lazy(() => import("../../map/choropleth.tsx").then((m) => ({ default: m.Choropleth })));
const Legend = lazy(() => import("../../map/legend.tsx").then((m) => ({ default: m.Legend })));

const views = ["promises", "overdue", "confirmed"] as const;
type View = (typeof views)[number];
const word = { promises: "showPromises", overdue: "showOverdue", confirmed: "showConfirmed" } as const;

export interface RegionCounts {
  place: Place;
  promises: number;
  overdue: number;
  confirmed: number;
}

/** Counts promises in each region; those of the whole country belong to none. */
export function countByRegion(promises: Item[], words: Words): { regions: RegionCounts[]; national: number } {
  const rows = new Map<string, RegionCounts>(words.regions().map((place) => [place.code, { place, promises: 0, overdue: 0, confirmed: 0 }]));
  let national = 0;
  for (const p of promises) {
    const row = rows.get(words.regionOf(p.place) ?? "");
    if (!row) {
      national++;
      continue;
    }
    row.promises++;
    if (p.due === "overdue") row.overdue++;
    if (p.evidence === "confirmed" || p.evidence === "partly") row.confirmed++;
  }
  return { regions: sortBy(words.lang, [...rows.values()], (r) => say(r.place.name, words.lang)), national };
}

export function Regions({ board }: { board: Board }) {
  const t = boardWords.use();
  const words = useWords();
  const s = useSearchParams();
  const set = useSetSearch();
  const c = common.use();
  const view: View = views.find((v) => v === s.show) ?? "promises";
  const [box, seen] = useSeen<HTMLDivElement>();
  const outline = useApi<Collection>(seen ? "/boundaries/regions" : "");
  const table = s.view === "table" || Boolean(outline.error);
  const { regions, national } = useMemo(() => countByRegion(board.promises, words), [board, words]);
  const png = async () => {
    const svg = box.current?.querySelector<SVGSVGElement>(".map svg");
    const { savePng } = await import("../../chart/export.ts");
    if (svg) await savePng(svg, { title: t("mapLabel", { what: t(word[view]) }), subtitle: formatDate(board.as_of, words.lang), source: window.location.href, legend: box.current?.querySelector(".map-legend") }, `board-${view}.png`);
  };
  return (
    <Card
      id="regions"
      title={t("regions")}
      aside={
        <div className="row no-print">
          <div className="tabs" role="group" aria-label={t("regions")}>
            {views.map((v) => (
              <button key={v} type="button" aria-pressed={v === view} onClick={() => set({ show: v === "promises" ? undefined : v })}>{t(word[v])}</button>
            ))}
          </div>
          {!outline.error && (
            <div className="tabs" role="group" aria-label={c("asTable")}>
              <button type="button" aria-pressed={!table} onClick={() => set({ view: undefined })}>{c("asMap")}</button>
              <button type="button" aria-pressed={table} onClick={() => set({ view: "table" })}>{c("asTable")}</button>
            </div>
          )}
        </div>
      }
    >
      <div className="regions">
        <div ref={box} className="regions-map">
          {table ? <RegionTable rows={regions} /> : outline.data ? <RegionMap data={outline.data} rows={regions} view={view} /> : seen ? <Waiting rows={8} /> : null}
          {outline.error && <p className="note">{t("noOutlines")}</p>}
          {national > 0 && <p className="card-hint">{t("national", { n: national })}</p>}
          <Downloads path="/promises">
            {!table && <li><button type="button" className="button button-small" onClick={() => void png()}><Icon name="down" />PNG</button></li>}
          </Downloads>
        </div>
        <Priority board={board} />
      </div>
    </Card>
  );
}

function RegionMap({ data, rows, view }: { data: Collection; rows: RegionCounts[]; view: View }) {
  const words = useWords();
  const t = boardWords.use();
  const c = common.use();
  const outlines = useMemo(() => readOutlines(data), [data]);
  const classes = useMemo(() => counts(rows.map((r) => r[view])), [rows, view]);
  const units = useMemo(
    () => new Map(rows.map((r) => [r.place.code, { code: r.place.code, name: say(r.place.name, words.lang), step: classes.of(r[view]), value: `${formatNumber(r[view], words.lang)} (${t(word[view])})`, short: r[view] > 0 ? String(r[view]) : "" }])),
    [rows, view, words, classes, t],
  );
  const texts = classes.limits.map((l, i) => {
    const next = classes.limits[i + 1];
    return next === undefined ? `${l}${i > 2 ? "+" : ""}` : next - 1 > l ? `${l}–${next - 1}` : String(l);
  });
  const tone = view === "overdue" ? "late" : "brand";
  return (
    <Suspense fallback={<Waiting rows={8} />}>
      <Choropleth outlines={outlines} units={units} label={t("mapLabel", { what: t(word[view]) })} steps={classes.limits.length} tone={tone} unknown={c("unknown")} name={(code) => words.placeShort(code)} />
      <Legend texts={texts} tone={tone} />
      {outlines.schematic && <p className="card-hint">{t("schematic")}</p>}
    </Suspense>
  );
}

function RegionTable({ rows }: { rows: RegionCounts[] }) {
  const words = useWords();
  const t = boardWords.use();
  const c = common.use();
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={t("regions")}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{c("region")}</th>
            {views.map((v) => <th key={v} scope="col" className="r">{t(word[v])}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((r) => (
            <tr key={r.place.code}>
              <th scope="row"><A to={`/places/${r.place.code}`}>{say(r.place.name, words.lang)}</A></th>
              {views.map((v) => <td key={v} className="r nums">{r[v] || <span className="quiet">0</span>}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Priority({ board }: { board: Board }) {
  const words = useWords();
  const t = boardWords.use();
  if (board.priority.length === 0) return null;
  return (
    <section className="priority">
      <h3>{t("priority")}</h3>
      <ul>
        {board.priority.map((p) => (
          <li key={p.place}>
            <A to={`/places/${p.place}`} className="plain-link">{words.placeShort(p.place)}</A>
            <span className={`tag ${p.has ? "tag-good" : "tag-wait"}`}><Icon name={p.has ? "done" : "blank"} />{t(p.has ? "priorityHas" : "priorityNot")}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
