// Every journey with what was observed and what is computed, the largest error
// first.
import { useState } from "react";
import type { AccessObserved, AccessValidation } from "../../api/access.ts";
import { formatPeriod } from "../../format/date.ts";
import { say } from "../../format/text.ts";
import { A, useLang } from "../../route.tsx";
import { Card } from "../../ui/page.tsx";
import { about, byError, groupName, signed } from "./sentence.ts";
import { validationWords } from "./words.ts";

const first = 50;

export function Journeys({ v }: { v: AccessValidation }) {
  const t = validationWords.use();
  const [all, setAll] = useState(false);
  const list = byError(v.rows);
  return (
    <Card id="journeys" title={t("rows")}>
      <div className="table-box" tabIndex={0} role="region" aria-label={t("rows")}>
        <table className="table folds val-rows">
          <thead>
            <tr>
              <th scope="col">{t("journey")}</th>
              {(["observed", "computed", "range", "error", "ratio"] as const).map((k) => <th key={k} scope="col" className="r">{t(k)}</th>)}
              <th scope="col">{t("within")}</th>
              <th scope="col">{t("way")}</th>
              <th scope="col">{t("source")}</th>
            </tr>
          </thead>
          <tbody>{(all ? list : list.slice(0, first)).map((r, i) => <Row key={`${r.row ?? "p"} ${i}`} r={r} published={v.published} />)}</tbody>
        </table>
      </div>
      {!all && list.length > first && <p className="val-more no-print"><button type="button" className="button" onClick={() => setAll(true)}>{t("showAll", { n: list.length })}</button></p>}
    </Card>
  );
}

function Row({ r, published }: { r: AccessObserved; published: boolean }) {
  const t = validationWords.use();
  const lang = useLang();
  const none = <span className="quiet" aria-hidden="true">—</span>;
  const alike = Math.max(r.from.alike, r.to.alike);
  const name = (s: AccessObserved["from"]) => <A to={`/access/places/${s.id}`} title={say(s.district_name, lang)}>{say(s.name, lang)}</A>;
  return (
    <tr>
      <th scope="row">
        {name(r.from)} – {name(r.to)}
        <span className="val-under small quiet">{groupName({ vehicle: r.vehicle, class: null, season: r.season }, lang)}{r.date && `, ${formatPeriod(r.date, lang)}`}{r.row !== null && `, ${t("row", { n: r.row })}`}</span>
        {alike > 0 && <span className="val-under small val-doubt">{t("alike", { n: alike })}</span>}
      </th>
      <td data-label={t("observed")} className="r nums">{about(r.observed_minutes, lang, 1)}</td>
      <td data-label={t("computed")} className="r nums">{r.computed_minutes === null ? <span className="tag tag-late">{t("noWay")}</span> : <strong>{about(r.computed_minutes, lang)}</strong>}</td>
      <td data-label={t("range")} className="r nums">{r.low_minutes === null || r.high_minutes === null ? none : `${about(r.low_minutes, lang)} – ${about(r.high_minutes, lang)}`}</td>
      <td data-label={t("error")} className="r nums">{r.error_minutes === null ? none : signed(r.error_minutes, lang)}</td>
      <td data-label={t("ratio")} className="r nums">{r.ratio === null ? none : about(r.ratio, lang, 2)}</td>
      <td data-label={t("within")}>{r.within === null ? none : <span className={`tag ${r.within ? "tag-good" : "tag-wait"}`}>{t(r.within ? "yes" : "no")}</span>}</td>
      <td data-label={t("way")} className="nums">{r.km === null ? none : t("km", { n: Math.round(r.km) })}{r.class && <span className="val-under small quiet">{t(r.class)}</span>}</td>
      <td data-label={t("source")} className="small wide val-source">{published ? <A to={`/documents/${r.source}`}>{r.source}</A> : r.source}</td>
    </tr>
  );
}
