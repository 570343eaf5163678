// The legs of one way as a table: minutes, range, kilometres by class and the
// numbers that each rests on.
import type { AccessLeg, AccessParameter } from "../../api/access.ts";
import { formatNumber } from "../../format/number.ts";
import { useWords } from "../../words.tsx";
import { capital, useLegNames } from "./leg-words.ts";
import { sayKm, sayMinutes } from "./minutes.ts";
import type { Way } from "./timeline.tsx";
import { placeAccessWords } from "./words.ts";

export interface Numbers {
  of: ReadonlyMap<string, AccessParameter>;
  limit: number;
}

/** The legs from the one at which the way leaves the one above. */
export function Legs({ way, skip, numbers }: { way: Way; skip: number; numbers: Numbers }) {
  const t = placeAccessWords.use();
  const { lang } = useWords();
  const names = useLegNames();
  const say = (m: number) => sayMinutes(m, numbers.limit, lang);
  const shared = way.legs.slice(0, skip);
  const sum = (list: readonly AccessLeg[], key: "minutes" | "low" | "high") => list.reduce((n, l) => n + l[key], 0);
  const km = way.legs.reduce((n, l) => n + l.main_km + l.other_km + l.off_road_km + l.air_km, 0);
  const row = (list: readonly AccessLeg[]) => (
    <>
      <td className="r nums ap-min" data-label={t("minutes")}>{say(sum(list, "minutes"))}</td>
      <td className="r nums quiet" data-label={t("range")}>{say(sum(list, "low"))}–{say(sum(list, "high"))}</td>
    </>
  );
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={`${t("legs")}: ${t(way.key)}`}>
      <table className="table folds ap-legs">
        <thead><tr><th scope="col">{t("leg")}</th><th scope="col" className="r">{t("minutes")}</th><th scope="col" className="r">{t("range")}</th><th scope="col">{t("way")}</th><th scope="col">{t("rests")}</th></tr></thead>
        <tbody>
          {shared.length > 0 && <tr><th scope="row">{t("until")}</th>{row(shared)}<td colSpan={2} className="wide quiet">—</td></tr>}
          {way.legs.slice(skip).map((l) => (
            <tr key={l.code}>
              <th scope="row"><svg className="ap-key" width="10" height="10" aria-hidden="true"><rect className={`ap-seg ap-${l.code}`} width="10" height="10" /></svg>{capital(names.leg(l.code))}</th>
              {row([l])}
              <td className="wide" data-label={t("way")}><WayText leg={l} numbers={numbers} /></td>
              <td className="wide" data-label={t("rests")}><Rests codes={l.parameters.filter((code) => code !== "inside_place" || l.main_km + l.other_km + l.off_road_km < farKm)} numbers={numbers} /></td>
            </tr>
          ))}
          <tr className="ap-sum"><th scope="row">{t("total")}</th>{row(way.legs)}<td colSpan={2} className="wide small quiet">{km > 0 ? t("kmAll", { km: sayKm(km, lang) }) : "—"}</td></tr>
        </tbody>
      </table>
    </div>
  );
}

/** From here on the way inside a place does not bind: no drive is so quick. */
const farKm = 60;
const driven = ["response", "transport", "drive", "onward_transport"];

function WayText({ leg, numbers }: { leg: AccessLeg; numbers: Numbers }) {
  const t = placeAccessWords.use();
  const { lang } = useWords();
  const parts = [
    leg.main_km > 0 && t("kmMain", { km: sayKm(leg.main_km, lang) }),
    leg.other_km > 0 && t("kmOther", { km: sayKm(leg.other_km, lang) }),
    leg.off_road_km > 0 && t("kmOff", { km: sayKm(leg.off_road_km, lang), detour: formatNumber(numbers.of.get("detour")?.value ?? 1, lang) }),
    leg.air_km > 0 && t("kmAir", { km: sayKm(leg.air_km, lang) }),
  ].filter(Boolean);
  if (parts.length > 0) return <>{parts.join("; ")}</>;
  return driven.includes(leg.code) ? <>{t("inPlace")}</> : <span className="quiet">—</span>;
}

function Rests({ codes, numbers }: { codes: readonly string[]; numbers: Numbers }) {
  const { lang } = useWords();
  const names = useLegNames();
  return (
    <ul className="ap-rests">
      {codes.map((code) => {
        const p = numbers.of.get(code);
        return <li key={code}><a href={`#n-${code}`} className="plain-link">{names.number(code)}</a>{p && <span className="quiet nums"> {sayNumber(p.value, lang)}</span>}</li>;
      })}
    </ul>
  );
}

const places = 3;

export function sayNumber(v: number, lang: "kk" | "ru" | "en"): string {
  return formatNumber(Number(v.toFixed(places)), lang);
}
