// Places with their minutes: those that are not reached first, by people.
import { useEffect, useRef, useState } from "react";
import { questionOf, questionParams, type AccessRow, type AccessRows } from "../../api/access.ts";
import { useApi } from "../../api/queries.ts";
import { sortBy } from "../../format/collate.ts";
import { formatNumber } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { common } from "../../i18n/words.ts";
import { A, useSearchParams, useSetSearch } from "../../route.tsx";
import { Downloads } from "../../ui/download.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Card } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { accessMapWords, type AccessMapKey } from "./map-words.ts";
import { hubName, wholeMinutes } from "./sentence.ts";
import { accessWords } from "./words.ts";

const pageSize = 20;
const typingMs = 300;
const orders = ["people", "minutes", "p90", "name"] as const;
const sides = ["no", "yes", "all"] as const;

/** The list of the page; the table of the map shows all places. */
export function PlacesCard() {
  const t = accessMapWords.use();
  const s = useSearchParams();
  const which = sides.find((x) => x === s.show) ?? "no";
  return (
    <Card id="places" title={which === "no" ? t("places") : t("placesAll")}>
      <PlacesTable which={which} choose />
    </Card>
  );
}

export function PlacesTable({ which, choose }: { which: (typeof sides)[number]; choose?: boolean }) {
  const t = accessMapWords.use();
  const c = common.use();
  const s = useSearchParams();
  const page = Math.max(1, Number(s.page) || 1);
  const order = orders.find((o) => o === s.by) ?? "people";
  const filter = { ...questionParams(s), inside: which === "all" ? undefined : which, place: s.place, q: s.q, sort: order };
  const q = useApi<AccessRows>("/access/places", { ...filter, rows: pageSize, cursor: page > 1 ? String((page - 1) * pageSize) : undefined });
  return (
    <>
      <div className="acc-list-head no-print">
        <Sieve choose={choose} which={which} />
        {choose && <Downloads path="/access/places" params={filter} />}
      </div>
      {q.error ? <Failure inner error={q.error} retry={() => void q.refetch()} /> : !q.data ? <Waiting rows={8} /> : (
        <>
          <p className="small quiet acc-hint">{t("placesN", { n: q.data.count })} · {t("peopleN", { n: q.data.people })}</p>
          {q.data.items.length === 0 ? <p className="note">{c("noMatch")}</p> : (
            <div className="table-box" tabIndex={0} role="region" aria-label={which === "no" ? t("places") : t("placesAll")}>
              <table className="table folds">
                <thead><tr><th scope="col">{t("place")}</th><th scope="col">{t("district")}</th><th scope="col" className="r">{t("people")}</th><th scope="col" className="r">{t("p50")}</th><th scope="col" className="r">{t("p90")}</th><th scope="col">{t("nearest")}</th></tr></thead>
                <tbody>{q.data.items.map((r) => <Row key={r.place.id} r={r} />)}</tbody>
              </table>
            </div>
          )}
          {q.data.count > pageSize && <Pages page={page} total={q.data.count} />}
        </>
      )}
    </>
  );
}

function Row({ r }: { r: AccessRow }) {
  const t = accessMapWords.use();
  const a = accessWords.use();
  const words = useWords();
  const { lang } = words;
  const s = useSearchParams();
  const minutes = (m: number | null) => (m === null ? <span className="late-text">{a("noWay")}</span> : formatNumber(wholeMinutes(m), lang));
  return (
    <tr>
      <th scope="row"><A to={`/access/places/${r.place.id}`} search={questionOf(s)} className="plain-link">{say(r.place.name, lang)}</A>{r.flown && <span className="small quiet"> · {t("flown")}</span>}</th>
      <td data-label={t("district")}>{say(r.place.district_name, lang)}<span className="small quiet acc-under">{words.placeShort(r.place.region)}</span></td>
      <td data-label={t("people")} className="r nums">{formatNumber(r.place.people, lang)}{r.place.estimated && <span className="small quiet acc-under" title={t("estimatedHint")}>{t("estimated")}</span>}</td>
      <td data-label={t("p50")} className="r nums">{minutes(r.p50_minutes)}</td>
      <td data-label={t("p90")} className="r nums">{minutes(r.p90_minutes)}</td>
      <td data-label={t("nearest")} className="wide">{r.hub ? <>{hubName(r.hub, lang)} <span className="small quiet acc-under">{t(`basis_${r.hub.basis}` as AccessMapKey)}{r.off_road_km >= 0.5 && <> · {t("offRoad", { n: Math.round(r.off_road_km) })}</>}</span></> : <span className="quiet" aria-hidden="true">—</span>}</td>
    </tr>
  );
}

function Sieve({ choose, which }: { choose?: boolean; which: string }) {
  const t = accessMapWords.use();
  const c = common.use();
  const words = useWords();
  const s = useSearchParams();
  const set = useSetSearch();
  const [text, setText] = useState(s.q ?? "");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const typed = (v: string) => {
    setText(v);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => set({ q: v.trim() || undefined, page: undefined }, true), typingMs);
  };
  return (
    <div className="filters acc-sieve" role={choose ? "search" : undefined} aria-label={choose ? t("search") : undefined}>
      <label className="field"><span>{t("search")}</span><input className="input" type="search" maxLength={80} value={text} onChange={(e) => typed(e.target.value)} /></label>
      <label className="field">
        <span>{t("region")}</span>
        <select className="input" value={s.place ?? ""} onChange={(e) => set({ place: e.target.value || undefined, page: undefined })}>
          <option value="">{c("all")}</option>
          {sortBy(words.lang, words.regions(), (p) => say(p.name, words.lang)).map((p) => <option key={p.code} value={p.code}>{say(p.name, words.lang)}</option>)}
        </select>
      </label>
      {choose && (
        <label className="field">
          <span>{t("which")}</span>
          <select className="input" value={which} onChange={(e) => set({ show: e.target.value === "no" ? undefined : e.target.value, page: undefined })}>
            {sides.map((x) => <option key={x} value={x}>{t(`which_${x}` as AccessMapKey)}</option>)}
          </select>
        </label>
      )}
      <label className="field">
        <span>{t("order")}</span>
        <select className="input" value={s.by ?? "people"} onChange={(e) => set({ by: e.target.value === "people" ? undefined : e.target.value, page: undefined })}>
          {orders.map((o) => <option key={o} value={o}>{t(`order_${o}` as AccessMapKey)}</option>)}
        </select>
      </label>
    </div>
  );
}

function Pages({ page, total }: { page: number; total: number }) {
  const t = accessMapWords.use();
  const set = useSetSearch();
  const to = (n: number) => set({ page: n > 1 ? String(n) : undefined });
  return (
    <div className="row no-print acc-pages">
      <span className="small quiet">{t("shownN", { from: Math.min(total, (page - 1) * pageSize + 1), to: Math.min(total, page * pageSize), total })}</span>
      {page > 1 && <button type="button" className="button button-small" onClick={() => to(page - 1)}>{t("prev")}</button>}
      {page * pageSize < total && <button type="button" className="button button-small" onClick={() => to(page + 1)}>{t("next")}</button>}
    </div>
  );
}
