// The regions side by side: how many people are inside, in towns and villages,
// and how much of it is assumed.
import type { AccessPage, AccessSum } from "../../api/access.ts";
import { questionParams } from "../../api/access.ts";
import { compare } from "../../format/collate.ts";
import { formatNumber, formatPercent } from "../../format/number.ts";
import { useLang, useSearchParams, useSetSearch } from "../../route.tsx";
import { Downloads } from "../../ui/download.tsx";
import { Card } from "../../ui/page.tsx";
import { readOrder, SortHead } from "../../ui/sortable.tsx";
import { useWords } from "../../words.tsx";
import { accessMapWords } from "./map-words.ts";
import { shortPeople, shortShare, wholeMinutes } from "./sentence.ts";
import { accessWords } from "./words.ts";

export const regionColumns = ["place", "people", "inside", "share", "urban", "rural", "median", "p90", "presumed"] as const;
type Column = (typeof regionColumns)[number];

const part = (a: number, b: number) => (b > 0 ? a / b : -1);

/** The number by which a column sorts; no way is longer than any. */
export function sortValue(s: AccessSum, col: Column): number {
  switch (col) {
    case "people": return s.people;
    case "inside": return s.inside;
    case "urban": return part(s.urban_inside, s.urban);
    case "rural": return part(s.rural_inside, s.rural);
    case "median": return s.median_minutes ?? Infinity;
    case "p90": return s.p90_minutes ?? Infinity;
    case "presumed": return part(s.inside_on_presumed, s.inside);
    default: return s.inside_percent ?? -1;
  }
}

export function Regions({ data }: { data: AccessPage }) {
  const t = accessMapWords.use();
  const words = useWords();
  const lang = useLang();
  const s = useSearchParams();
  const order = readOrder(s.sort, regionColumns);
  const sign = order?.down ? -1 : 1;
  const list = [...data.regions].sort((a, b) => (order?.key === "place" ? sign * compare(lang, words.place(a.place), words.place(b.place)) : sign * (sortValue(a, order?.key ?? "share") - sortValue(b, order?.key ?? "share") || 0)));
  return (
    <Card id="regions" title={t("regions")} aside={<Downloads path="/access/regions" params={questionParams(s)} />}>
      <p className="small quiet acc-hint no-print">{t("regionsHint")}</p>
      <div className="table-box" tabIndex={0} role="region" aria-label={t("regions")}>
        <table className="table folds acc-regions">
          <thead>
            <tr>
              <SortHead col="place" order={order}>{t("region")}</SortHead>
              <SortHead col="people" order={order} right>{t("people")}</SortHead>
              <SortHead col="share" order={order} right>{t("col_percent")}</SortHead>
              <SortHead col="inside" order={order} right>{t("col_inside")}</SortHead>
              <th scope="col" className="r">{t("col_range")}</th>
              <SortHead col="urban" order={order} right>{t("col_urban")}</SortHead>
              <SortHead col="rural" order={order} right>{t("col_rural")}</SortHead>
              <SortHead col="median" order={order} right>{t("col_median")}</SortHead>
              <SortHead col="p90" order={order} right>{t("p90")}</SortHead>
              <SortHead col="presumed" order={order} right>{t("col_presumed")}</SortHead>
            </tr>
          </thead>
          <tbody>
            <Row s={data.whole} whole />
            {list.map((r) => <Row key={r.place} s={r} />)}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function Row({ s, whole }: { s: AccessSum; whole?: boolean }) {
  const t = accessMapWords.use();
  const a = accessWords.use();
  const words = useWords();
  const { lang } = words;
  const { place } = useSearchParams();
  const set = useSetSearch();
  const minutes = (m: number | null) => (m === null ? a("noWay") : formatNumber(wholeMinutes(m), lang));
  const name = whole ? t("wholeCountry") : words.place(s.place);
  const on = whole ? !place : place === s.place;
  const none = <span className="quiet" aria-hidden="true">—</span>;
  return (
    <tr className={whole ? "acc-whole" : undefined}>
      <th scope="row"><button type="button" className="acc-link" aria-pressed={on} onClick={() => set({ place: whole || on ? undefined : s.place, page: undefined })}>{name}</button></th>
      <td data-label={t("people")} className="r nums">{formatNumber(s.people, lang)}</td>
      <td data-label={t("col_percent")} className="r nums"><span className="acc-bar"><i style={{ width: `${s.inside_percent ?? 0}%` }} /></span> <strong className="acc-share">{formatPercent(Math.round((s.inside_percent ?? 0) * 10) / 10, lang)}</strong></td>
      <td data-label={t("col_inside")} className="r nums">{formatNumber(s.inside, lang)}</td>
      <td data-label={t("col_range")} className="r nums small">{shortPeople(s.inside_low, lang)} – {shortPeople(s.inside_high, lang)}</td>
      <td data-label={t("col_urban")} className="r nums">{s.urban > 0 ? shortShare(s.urban_inside, s.urban, lang) : none}</td>
      <td data-label={t("col_rural")} className="r nums">{s.rural > 0 ? shortShare(s.rural_inside, s.rural, lang) : none}</td>
      <td data-label={t("col_median")} className="r nums">{minutes(s.median_minutes)}</td>
      <td data-label={t("p90")} className="r nums">{minutes(s.p90_minutes)}</td>
      <td data-label={t("col_presumed")} className="r nums">{s.inside > 0 ? shortShare(s.inside_on_presumed, s.inside, lang) : none}</td>
    </tr>
  );
}
