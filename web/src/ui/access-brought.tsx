// What a promise or a work changes for who reaches care: minutes before and
// after for its settlements, and the people who come inside the limit.
import { useApi } from "../api/queries.ts";
import type { AccessBrought as Answer, AccessBroughtTo } from "../api/access.ts";
import { formatNumber } from "../format/number.ts";
import { say } from "../format/text.ts";
import { A, type Search } from "../route.tsx";
import { useWords } from "../words.tsx";
import { accessLinkWords } from "./access-link-words.ts";
import { Card } from "./page.tsx";

const shownSites = 4;

export default function AccessBrought({ promise, work }: { promise?: string; work?: string }) {
  const t = accessLinkWords.use();
  const { lang } = useWords();
  const q = useApi<Answer>("/access/brought", { promise, work });
  if (!q.data || q.data.items.length + q.data.left_out.length === 0) return null;
  const { items, left_out: left } = q.data;
  const open = items.length > 0 && items.every((x) => x.switch === "off");
  const presumed = [...new Set(items.flatMap((x) => x.facilities.filter((f) => f.presumed && x.gained === 0).map((f) => say(f.place?.name, lang))))];
  return (
    <Card id="brings" title={t("changes")}>
      {items.length > 0 && (
        <div className="stack-s">
          {open && <p className="small">{t("openNow")}</p>}
          <div className="table-box" tabIndex={0} role="region" aria-label={t("changes")}>
            <table className="table folds">
              <thead><tr><th scope="col">{t("service")}</th><th scope="col">{t("minutes")}</th><th scope="col">{t("inside")}</th></tr></thead>
              <tbody>{items.map((x) => <Row key={x.question.service} of={x} />)}</tbody>
            </table>
          </div>
          {presumed.length > 0 && <p className="small">{presumed.slice(0, shownSites).map((p) => t("presumed", { place: p })).join(" ")}</p>}
          <p className="small quiet">{t("note")}</p>
        </div>
      )}
      {left.length > 0 && <p className="small quiet">{t("notAsked", { list: left.map((x) => say(x.title, lang)).join("; ") })}</p>}
    </Card>
  );
}

/** The question of the full answer. */
export function askOf(x: AccessBroughtTo): Search {
  return { service: x.question.service, on: x.question.on.join(",") || undefined, off: x.question.off.join(",") || undefined };
}

function Row({ of: x }: { of: AccessBroughtTo }) {
  const t = accessLinkWords.use();
  const { lang } = useWords();
  const name = say(x.question.service_name, lang);
  const limit = x.question.limit_minutes;
  const whole = (m: number) => formatNumber(Math.round(m), lang);
  return (
    <tr>
      <th scope="row"><A to="/access" search={askOf(x)} aria-label={t("fullOf", { what: name })}>{name}</A></th>
      <td data-label={t("minutes")}>
        <ul className="stack-s">
          {x.facilities.slice(0, shownSites).map((f) => (
            <li key={`${f.work}${f.facility}`}>
              {f.place && <A to={`/access/places/${f.place.id}`} search={askOf(x)} className="plain-link">{say(f.place.name, lang)}</A>}{" "}
              {f.before_minutes !== null && f.after_minutes !== null && <span className="nums">{Math.round(f.before_minutes) === Math.round(f.after_minutes) ? t("same", { a: whole(f.after_minutes) }) : t("fromTo", { a: whole(f.before_minutes), b: whole(f.after_minutes) })}</span>}
            </li>
          ))}
          {x.facilities.length > shownSites && <li className="quiet">{t("moreN", { n: x.facilities.length - shownSites })}</li>}
        </ul>
      </td>
      <td data-label={t("inside")} className="nums">{x.gained > 0 ? <strong>{t("gained", { n: x.gained, limit })}</strong> : <span className="quiet">{t("nobody", { limit })}</span>}</td>
    </tr>
  );
}
