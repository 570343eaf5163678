// The map of the answer, what a click on it offers, and the same as a table.
import { useCallback, useMemo, useRef, useState } from "react";
import { useApi } from "../../api/queries.ts";
import type { AccessHub, AccessMap, AccessNetwork, AccessPage } from "../../api/access.ts";
import { questionParams } from "../../api/access.ts";
import { savePng } from "../../chart/export.ts";
import { chartWords } from "../../chart/words.ts";
import { formatDate } from "../../format/date.ts";
import { common } from "../../i18n/words.ts";
import { MapCanvas, type Colour, type Frame } from "../../map/canvas.tsx";
import { nearest, unput } from "../../map/field.ts";
import { readOutlines, type Collection } from "../../map/outline.ts";
import { useLang, useSearchParams, useSetSearch } from "../../route.tsx";
import { Combo } from "../../ui/combo.tsx";
import { Downloads } from "../../ui/download.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Icon } from "../../ui/icons.tsx";
import { Card } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { Legend } from "./legend.tsx";
import { accessMapWords } from "./map-words.ts";
import { bandLimits, bandsOf, groundOf, paintScene, radiusAt, type Scene } from "./paint.ts";
import { pointAdded, readPoint, type Point } from "./question.ts";
import { sayAnswer } from "./sentence.ts";
import { Spot, type Chosen } from "./spot.tsx";
import { PlacesTable } from "./places.tsx";

const leastReach = 8; // pixels around a small circle that still mean it
const hubReach = 10;

export function MapCard({ data, limit }: { data: AccessPage; limit: number }) {
  const t = accessMapWords.use();
  const x = chartWords.use();
  const c = common.use();
  const words = useWords();
  const lang = useLang();
  const s = useSearchParams();
  const set = useSetSearch();
  const box = useRef<HTMLDivElement>(null);
  const [roads, setRoads] = useState(true);
  const [areas, setAreas] = useState(true);
  const [bases, setBases] = useState(false);
  const outline = useApi<Collection>("/boundaries/regions");
  const net = useApi<AccessNetwork>("/access/network", { lang });
  const map = useApi<AccessMap>("/access/map", { ...questionParams(s), minutes: bandLimits(data.question.limit_minutes) });
  const table = s.view === "table" || Boolean(outline.error);
  const failed = net.error ?? map.error;
  const png = () => {
    const drawing = box.current?.querySelector("canvas");
    if (drawing) void savePng(drawing, { title: sayAnswer(data.question, data.whole, lang), subtitle: formatDate(data.as_of, lang), source: window.location.href, legend: box.current?.querySelector(".map-legend") }, "access-map.png");
  };
  return (
    <Card id="map" title={t("mapTitle")} className="acc-map">
      <div className="chart-head no-print">
        <div className="row">
          {!outline.error && (
            <div className="tabs" role="group" aria-label={t("views")}>
              <button type="button" aria-pressed={!table} onClick={() => set({ view: undefined })}>{c("asMap")}</button>
              <button type="button" aria-pressed={table} onClick={() => set({ view: "table" })}>{c("asTable")}</button>
            </div>
          )}
          {!table && (
            <div className="row" role="group" aria-label={t("layers")}>
              <label className="check"><input type="checkbox" checked={areas} onChange={(e) => setAreas(e.target.checked)} />{t("bands")}</label>
              <label className="check"><input type="checkbox" checked={roads} onChange={(e) => setRoads(e.target.checked)} />{t("roads")}</label>
              <label className="check"><input type="checkbox" checked={bases} onChange={(e) => setBases(e.target.checked)} />{t("bases")}</label>
            </div>
          )}
        </div>
        <Downloads path="/access/places" params={questionParams(s)}>
          {!table && <li><button type="button" className="button button-small" onClick={png}><Icon name="down" />{x("png")}</button></li>}
        </Downloads>
      </div>
      {failed ? <Failure inner error={failed} retry={() => { void net.refetch(); void map.refetch(); }} /> : table ? <PlacesTable which="all" /> : outline.data && net.data && map.data ? (
        <div ref={box}>
          <Drawing outline={outline.data} net={net.data} map={map.data} hubs={data.hubs} limit={limit} layers={{ areas, roads, bases }} />
          <Legend crossed={map.data.before.length > 0} bases={bases} />
          <p className="card-hint small quiet">{t("sizeHint")} {t("hint")}</p>
        </div>
      ) : <Waiting rows={10} />}
      {data.question.add.length > 0 && <p className="sr" role="status">{words.lang && t("newPoint", { at: data.question.add.map((p) => `${p.lat}, ${p.lon}`).join("; ") })}</p>}
    </Card>
  );
}

interface DrawingProps {
  outline: Collection;
  net: AccessNetwork;
  map: AccessMap;
  hubs: readonly AccessHub[];
  limit: number;
  layers: { areas: boolean; roads: boolean; bases: boolean };
}

function Drawing({ outline, net, map, hubs, limit, layers }: DrawingProps) {
  const t = accessMapWords.use();
  const words = useWords();
  const s = useSearchParams();
  const [chosen, setChosen] = useState<Chosen>();
  const [pin, setPin] = useState<HTMLSpanElement | null>(null);
  const outlines = useMemo(() => readOutlines(outline), [outline]);
  // The ground is laid out once for a width; the canvas tells which.
  const laid = useRef<{ width: number; of: unknown[]; scene: Pick<Scene, "ground" | "bands"> }>(undefined);
  const lay = useCallback((f: Frame) => {
    const of = [net, outlines, map];
    const was = laid.current;
    if (was && was.width === f.size.width && of.every((v, i) => v === was.of[i])) return was.scene;
    const same = was && was.width === f.size.width && was.of[0] === net && was.of[1] === outlines;
    const scene = { ground: same ? was.scene.ground : groundOf(net, outlines, f.sheet), bands: bandsOf(map, f.sheet) };
    laid.current = { width: f.size.width, of, scene };
    return scene;
  }, [net, outlines, map]);
  const at = chosen?.kind === "place" ? chosen.at : -1;
  const region = s.place;
  const paint = useCallback((g: CanvasRenderingContext2D, f: Frame, colour: Colour) => {
    const { ground, bands } = lay(f);
    const font = getComputedStyle(g.canvas).fontFamily;
    paintScene(g, f, colour, { ground, bands: layers.areas ? bands : [], net, minutes: map.minutes, before: map.before, limit, hubs, roads: layers.roads, bases: layers.bases, chosen: at, region, font });
  }, [lay, layers, net, map, limit, hubs, at, region]);
  const pick = useCallback((x: number, y: number, f: Frame) => {
    const { ground } = lay(f);
    const free = hubs.filter((h) => !h.place);
    const put = (p: Point) => { const [a, b] = f.sheet.put([p.lon, p.lat]); return [a * f.view.k + f.view.x, b * f.view.k + f.view.y] as const; };
    const added = free.findIndex((h) => { const [a, b] = put(h); return Math.hypot(a - x, b - y) <= hubReach; });
    if (added >= 0) return setChosen({ kind: "added", at: added, point: free[added] as Point });
    const i = nearest(ground.at, f.view, x, y, (n) => Math.max(leastReach, radiusAt({ ground, net }, n, f)));
    if (i >= 0) return setChosen({ kind: "place", at: i, point: net.places[i] as Point });
    const near = nearest(ground.at, f.view, x, y, () => Infinity);
    const start = net.places[near];
    return start && setChosen({ kind: "ground", point: unput(f.sheet, (x - f.view.x) / f.view.k, (y - f.view.y) / f.view.k, start) });
  }, [lay, net, hubs]);
  const close = useCallback(() => setChosen(undefined), []);
  const field = useRef<HTMLDivElement>(null);
  const options = useMemo(() => [...net.places].sort((a, b) => b.people - a.people).map((p) => ({ value: p.id, text: p.name, hint: words.placeShort(p.region) })), [net, words]);
  return (
    <>
      <div className="acc-tools no-print">
        <Combo label={t("find")} options={options} value="" onChange={(id) => {
          const i = net.places.findIndex((p) => p.id === id);
          if (i < 0) return;
          field.current?.scrollIntoView({ block: "center" });
          setChosen({ kind: "place", at: i, point: net.places[i] as Point });
        }} />
        <AddPoint />
      </div>
      <div ref={field}>
        <MapCanvas
          outlines={outlines}
          label={t("mapLabel")}
          paint={paint}
          pick={pick}
          focus={s.place}
          words={{ zoomIn: t("zoomIn"), zoomOut: t("zoomOut"), all: t("zoomAll") }}
          over={(f) => {
            if (!chosen) return null;
            const [a, b] = f.sheet.put([chosen.point.lon, chosen.point.lat]);
            return <span ref={setPin} className="map-pin" style={{ left: a * f.view.k + f.view.x, top: b * f.view.k + f.view.y }} />;
          }}
        />
      </div>
      {chosen && pin && <Spot key={`${chosen.kind}${chosen.point.lat},${chosen.point.lon}`} chosen={chosen} anchor={pin} net={net} map={map} hubs={hubs} close={close} />}
    </>
  );
}

/** A new facility by its position: what a click on the map does, for the keyboard. */
function AddPoint() {
  const t = accessMapWords.use();
  const s = useSearchParams();
  const set = useSetSearch();
  const [text, setText] = useState("");
  const [bad, setBad] = useState(false);
  return (
    <form className="acc-add" onSubmit={(e) => {
      e.preventDefault();
      const p = readPoint(text);
      setBad(!p);
      if (!p) return;
      set(pointAdded(s, p));
      setText("");
    }}>
      <label className="field">
        <span>{t("addAt")}</span>
        <input className="input" value={text} maxLength={40} placeholder={t("addHint")} aria-invalid={bad || undefined} aria-describedby={bad ? "acc-add-bad" : undefined} onChange={(e) => { setText(e.target.value); setBad(false); }} />
      </label>
      <button type="submit" className="button">{t("add")}</button>
      {bad && <p id="acc-add-bad" className="small late-text" role="alert">{t("addBad")}</p>}
    </form>
  );
}

