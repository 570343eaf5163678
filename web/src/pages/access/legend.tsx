// What the colours and signs of the map mean.
import { minuteClasses } from "../../map/field.ts";
import { accessMapWords, type AccessMapKey } from "./map-words.ts";
import { classNames, hubSigns } from "./paint.ts";

export function Legend({ crossed, bases }: { crossed: boolean; bases: boolean }) {
  const t = accessMapWords.use();
  return (
    <>
      <ul className="map-legend">
        {classNames.map((name, i) => (
          <li key={name}>
            <svg viewBox="0 0 18 14" aria-hidden="true"><rect width="18" height="14" rx="2" style={{ fill: `var(${name})` }} /></svg>
            {i < minuteClasses.length ? t("upTo", { n: minuteClasses[i] as number }) : t("beyond", { n: minuteClasses.at(-1) as number })}
          </li>
        ))}
      </ul>
      <ul className="map-legend acc-signs">
        <li><svg viewBox="-9 -7 18 14" aria-hidden="true"><circle r="5.5" className="acc-in" /></svg>{t("inside")}</li>
        <li><svg viewBox="-9 -7 18 14" aria-hidden="true"><circle r="5" className="acc-out" /></svg>{t("outside")}</li>
        {Object.entries(hubSigns).map(([basis, d]) => <li key={basis}><svg viewBox="-9 -7 18 14" aria-hidden="true"><path d={d} className={`acc-sign acc-${basis}`} /></svg>{t(`basis_${basis}` as AccessMapKey)}</li>)}
        {crossed && <li><svg viewBox="-9 -7 18 14" aria-hidden="true"><circle r="5.2" className="acc-gain" /></svg>{t("crossed")}</li>}
        {crossed && <li><svg viewBox="-9 -7 18 14" aria-hidden="true"><circle r="5.2" className="acc-loss" /></svg>{t("fellOut")}</li>}
        {bases && <li><svg viewBox="-9 -7 18 14" aria-hidden="true"><rect x="-1.5" y="-1.5" width="3" height="3" className="acc-base" /></svg>{t("bases")}</li>}
        {bases && <li><svg viewBox="-9 -7 18 14" aria-hidden="true"><path d="M-5 -5L5 5M5 -5L-5 5" className="acc-air" /></svg>{t("air")}</li>}
      </ul>
    </>
  );
}
