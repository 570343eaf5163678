// Who stands beside the minutes: the facility, the place and its people, and
// the four answers for season and promises.
import { useApi } from "../../api/queries.ts";
import { questionOf, type AccessChain, type AccessHub, type AccessPlace, type AccessRows } from "../../api/access.ts";
import { formatNumber } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { A, useSearchParams, type Search } from "../../route.tsx";
import { Card } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { sayKm, sayMinutes } from "./minutes.ts";
import { useChain } from "./use-chain.ts";
import { placeAccessWords, type PlaceAccessKey } from "./words.ts";

const basisTone: Record<string, string> = { stated: "tag-good", promised: "tag-brand", presumed: "tag-wait", supposed: "tag-odd" };

export function HubText({ hub }: { hub: AccessHub }) {
  const t = placeAccessWords.use();
  const words = useWords();
  const name = say(hub.name, words.lang) || `${sayKm(hub.lat, words.lang)}, ${sayKm(hub.lon, words.lang)}`;
  const place = hub.place ? words.placeShort(hub.place) : "";
  return (
    <div className="stack-s">
      <p>
        <strong>{name}</strong>
        {hub.facility && place && place !== name && <span className="quiet"> · {place}</span>}
        {!hub.facility && hub.basis === "presumed" && <span className="quiet"> · {t("seatOnly")}</span>}
      </p>
      <p className="row small">
        <span className={`tag ${basisTone[hub.basis] ?? ""}`}>{t(`basis_${hub.basis}` as PlaceAccessKey)}</span>
        {words.documents.has(hub.source) ? <A to={`/documents/${hub.source}`}>{words.publisher(hub.source)}</A> : !["assumption", "asked"].includes(hub.source) && <span>{words.office(hub.source)}</span>}
      </p>
      {hub.works.length > 0 && <p className="row small">{hub.works.map((w) => <A key={w} to={`/works/${w}`} title={w}>{t("workOf")}</A>)}</p>}
    </div>
  );
}

export function Facilities({ chain }: { chain: AccessChain }) {
  const t = placeAccessWords.use();
  const words = useWords();
  const { row } = chain;
  const named = (p: AccessPlace) => say(p.name, words.lang);
  return (
    <Card id="facility" title={t("nearest")}>
      {row.hub ? <HubText hub={row.hub} /> : <p className="unknown">{t("noWay")}</p>}
      {chain.air_hub && chain.air.length > 0 && <><h3 className="st-h">{t("nearestAir")}</h3><HubText hub={chain.air_hub} /></>}
      {chain.first_hub && <><h3 className="st-h">{t("firstCare")}</h3><HubText hub={chain.first_hub} /></>}
      {chain.base && <><h3 className="st-h">{t("crew")}</h3><p>{named(chain.base)} <span className="tag tag-wait">{t("assumption")}</span></p></>}
      {chain.next_base && chain.next_way && <p className="small quiet">{t("nextCrew", { place: named(chain.next_base), km: sayKm(chain.next_way.main_km + chain.next_way.other_km + chain.next_way.off_road_km, words.lang) })}</p>}
      {chain.air_base && chain.air.length > 0 && <><h3 className="st-h">{t("airBase")}</h3><p>{named(chain.air_base)} <span className="tag tag-wait">{t("assumption")}</span></p></>}
    </Card>
  );
}

export function PlaceCard({ place }: { place: AccessPlace }) {
  const t = placeAccessWords.use();
  const words = useWords();
  const s = useSearchParams();
  const all = useApi<AccessRows>("/access/places", { service: s.service, place: place.district, rows: 1 });
  const district = say(place.district_name, words.lang) || words.place(place.district);
  return (
    <Card id="place" title={t("place")}>
      <p>
        <strong className="nums">{t("peopleN", { n: place.people })}</strong> {place.estimated && <span className="tag tag-wait">{t("estimated")}</span>}
      </p>
      {all.data && <p className="small ap-hint">{t(place.estimated ? "estimatedHow" : "countedHow", { district, people: formatNumber(all.data.people, words.lang), n: all.data.count })}</p>}
      <ul className="stack-s small ap-links">
        <li><A to={`/places/${place.district}`}>{t("toDistrict")}: {district}</A></li>
        <li><A to="/access" search={{ ...questionOf(s), place: place.region }}>{t("outsideHere")}: {words.place(place.region)}</A></li>
      </ul>
    </Card>
  );
}

const seasons = ["summer", "winter"] as const;

/** Summer and winter, as today and with the promised, side by side. */
export function Versions({ id, chain }: { id: string; chain: AccessChain }) {
  const t = placeAccessWords.use();
  const s = useSearchParams();
  return (
    <Card id="versions" title={t("versions")}>
      <table className="table ap-versions">
        <thead><tr><th scope="col">{t("seasonOf")}</th><th scope="col" className="r">{t("today")}</th><th scope="col" className="r">{t("withPromised")}</th></tr></thead>
        <tbody>
          {seasons.map((season) => (
            <tr key={season}>
              <th scope="row">{t(`season_${season}`)}</th>
              {[false, true].map((promised) => (
                <Version key={String(promised)} id={id} here={chain.question.season === season && chain.question.promised === promised} search={{ ...questionOf(s), season, promised: promised ? "true" : undefined }} label={`${t(`season_${season}`)}, ${t(promised ? "withPromised" : "today")}`} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="chart-source">{t("versionsHint")}</p>
    </Card>
  );
}

function Version({ id, search, here, label }: { id: string; search: Search; here: boolean; label: string }) {
  const t = placeAccessWords.use();
  const { lang } = useWords();
  const q = useChain(id, search);
  const limit = q.data?.question.limit_minutes ?? 0;
  const show = (m: number | null | undefined) => (m === null || m === undefined ? "—" : sayMinutes(m, limit, lang));
  const row = q.data?.row;
  const said = row ? `${label}: ${t("n", { n: show(row.p50_minutes) })}` : label;
  return (
    <td className={`r nums${here ? " ap-here" : ""}`}>
      <A to={`/access/places/${id}`} search={search} aria-label={said} aria-current={here ? "page" : undefined} className={row?.inside ? "ap-good" : "ap-late"}>{row ? show(row.p50_minutes) : "…"}</A>
      {row && <span className="small quiet"> / {show(row.p90_minutes)}</span>}
    </td>
  );
}
