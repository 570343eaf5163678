// What a click on the map offers: the minutes of a place and what can be tried there.
import { questionOf, questionParams, type AccessChain, type AccessHub, type AccessMap, type AccessNetwork } from "../../api/access.ts";
import { useApi } from "../../api/queries.ts";
import { formatNumber, formatPercent } from "../../format/number.ts";
import { A, useLang, useSearchParams, useSetSearch, type Search } from "../../route.tsx";
import { Popover } from "../../ui/popover.tsx";
import { accessMapWords, type AccessMapKey } from "./map-words.ts";
import { pointAdded, pointRemoved, switched, switchOf, writePoint, type Point } from "./question.ts";
import { codeOf, hubName, wholeMinutes } from "./sentence.ts";
import { accessWords } from "./words.ts";

export type Chosen = { kind: "place"; at: number; point: Point } | { kind: "ground"; point: Point } | { kind: "added"; at: number; point: Point };

interface Props {
  chosen: Chosen;
  anchor: HTMLElement;
  net: AccessNetwork;
  map: AccessMap;
  hubs: readonly AccessHub[];
  close: (refocus: boolean) => void;
}

export function Spot({ chosen, anchor, net, map, hubs, close }: Props) {
  const t = accessMapWords.use();
  const s = useSearchParams();
  const set = useSetSearch();
  const act = (patch: Search) => {
    close(false);
    set(patch);
  };
  const label = chosen.kind === "place" ? (net.places[chosen.at]?.name ?? "") : chosen.kind === "added" ? t("newPoint", { at: writePoint(chosen.point) }) : t("addHere");
  return (
    <Popover anchor={anchor} label={label} onClose={close}>
      {chosen.kind === "place" ? <PlaceSpot at={chosen.at} net={net} map={map} hubs={hubs} act={act} /> : (
        <div className="stack-s">
          <h3>{label}</h3>
          <p className="small quiet nums">{writePoint(chosen.point)}</p>
          {chosen.kind === "added"
            ? <button type="button" className="button" onClick={() => act(pointRemoved(s, chosen.at))}>{t("remove")}</button>
            : <button type="button" className="button button-main" onClick={() => act(pointAdded(s, chosen.point))}>{t("addHere")}</button>}
        </div>
      )}
    </Popover>
  );
}

function PlaceSpot({ at, net, map, hubs, act }: { at: number; net: AccessNetwork; map: AccessMap; hubs: readonly AccessHub[]; act: (patch: Search) => void }) {
  const t = accessMapWords.use();
  const a = accessWords.use();
  const lang = useLang();
  const s = useSearchParams();
  const p = net.places[at] as AccessNetwork["places"][number];
  const q = useApi<AccessChain>(`/access/places/${encodeURIComponent(p.id)}`, questionParams(s), false);
  const here = hubs.filter((h) => h.place === p.id);
  const p50 = map.minutes[at] ?? null;
  const p90 = map.p90[at] ?? null;
  const before = map.before[at];
  const row = q.data?.row;
  const own = switchOf(s, p.id);
  return (
    <div className="stack-s">
      <h3>{p.name}</h3>
      <p className="small">{t("peopleN", { n: p.people })}{p.estimated && <span className="quiet" title={t("estimatedHint")}> · {t("estimated")}</span>}</p>
      <p className="acc-minutes">{p50 === null ? a("noWay") : <><strong>{formatNumber(wholeMinutes(p50), lang)}</strong>{p90 !== null && <>–{formatNumber(wholeMinutes(p90), lang)}</>} {a("minute")} <span className="small quiet">P50–P90</span></>}</p>
      {before !== undefined && before !== p50 && <p className="small">{a("fromTo", { a: before === null ? a("noWay") : wholeMinutes(before), b: p50 === null ? a("noWay") : wholeMinutes(p50) })}</p>}
      {row && (
        <p className="small">
          {row.hub && <>{t("nearest")}: {hubName(row.hub, lang)} <span className="quiet">({t(`basis_${row.hub.basis}` as AccessMapKey)}{row.flown && `, ${t("flown")}`})</span>. </>}
          {t("likely", { share: formatPercent(Math.round(100 * row.likely), lang) })}
        </p>
      )}
      <p><A to={`/access/places/${p.id}`} search={questionOf(s)}>{t("legs")}</A></p>
      <ul className="acc-acts">
        {here.map((h) => {
          const code = codeOf(h) as string;
          const taken = switchOf(s, code) === "on";
          return (
            <li key={code}>
              <span className="small">{hubName(h, lang)} <span className="quiet">({t(`basis_${h.basis}` as AccessMapKey)})</span></span>
              <button type="button" className="button button-small" onClick={() => act(switched(s, code, taken ? undefined : "off"))}>{taken ? t("undo") : t("close")}</button>
            </li>
          );
        })}
        {own === "off" && <li><button type="button" className="button button-small" onClick={() => act(switched(s, p.id, undefined))}>{t("undo")}</button></li>}
        {here.length === 0 && own !== "off" && <li><button type="button" className="button button-small" onClick={() => act(switched(s, p.id, "on"))}>{t("upgrade")}</button></li>}
      </ul>
    </div>
  );
}
