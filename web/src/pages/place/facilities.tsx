// Facilities that documents name, and what they can do.
import type { PlacePage as Page } from "../../api/types.ts";
import { sortBy } from "../../format/collate.ts";
import { formatDateShort, formatPeriod } from "../../format/date.ts";
import { formatNumber } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { common } from "../../i18n/words.ts";
import { A, useSearchParams } from "../../route.tsx";
import { accessLinkWords } from "../../ui/access-link-words.ts";
import { Card } from "../../ui/page.tsx";
import { useWords, type Words } from "../../words.tsx";
import { placeWords } from "./words.ts";
import { useEffect, useState } from "react";

type Key = Extract<keyof typeof placeWords.dict, string>;

const statusColor: Record<string, string> = { operating: "tag-good", open: "tag-good", planned: "", construction: "tag-wait", modernisation: "tag-wait", built: "tag-brand", licensed: "tag-brand", closed: "tag-late", suspended: "tag-late" };
const shownAtFirst = 12;

/** A word of this page, or the code itself when a country brings a new one. */
function word(t: (k: Key) => string, prefix: string, code: string): string {
  const key = `${prefix}_${code}`;
  return key in placeWords.dict ? t(key as Key) : code.replaceAll("_", " ");
}

function Source({ name, words }: { name: string; words: Words }) {
  return words.documents.has(name) ? <A to={`/documents/${name}`} className="plain-link">{words.publisher(name)}</A> : name;
}

export function Facilities({ page }: { page: Page }) {
  const words = useWords();
  const t = placeWords.use();
  const c = common.use();
  const a = accessLinkWords.use();
  const s = useSearchParams();
  const [all, setAll] = useState(Boolean(s.show));
  useEffect(() => {
    if (s.show) document.getElementById(s.show)?.scrollIntoView({ block: "center" });
  }, [s.show]);
  if (page.facilities.length === 0) return null;
  const list = sortBy(words.lang, page.facilities, (f) => say(f.name, words.lang));
  const cut = all ? list : list.slice(0, shownAtFirst);
  return (
    <Card id="facilities" title={t("facilities")} aside={<p>{t("facilitiesHint")}</p>}>
      <div className="table-box" tabIndex={0} role="region" aria-label={t("facilities")}>
        <table className="table folds">
          <thead><tr><th scope="col">{t("facility")}</th><th scope="col">{c("kind")}</th><th scope="col">{c("place")}</th><th scope="col">{c("state")}</th><th scope="col" className="r">{t("beds")}</th><th scope="col">{c("source")}</th></tr></thead>
          <tbody>
            {cut.map((f) => (
              <tr key={f.code} id={f.code} className={f.code === s.show ? "row-on" : undefined}>
                <th scope="row">{say(f.name, words.lang)} <A to="/access" search={{ on: f.code }} className="small switch-on no-print" aria-label={a("switchOnOf", { name: say(f.name, words.lang) })}>{a("switchOn")}</A></th>
                <td data-label={c("kind")}>{word(t, "fk", f.kind)}</td>
                <td data-label={c("place")}><A to={`/places/${f.place}`} className="plain-link">{words.placeShort(f.place)}</A></td>
                <td data-label={c("state")}><span className={`tag ${statusColor[f.status] ?? ""}`}>{word(t, "status", f.status)}</span></td>
                <td className="r nums" data-label={t("beds")}>{f.beds === null ? <span className="quiet">—</span> : formatNumber(f.beds, words.lang)}</td>
                <td data-label={c("source")}><Source name={f.source} words={words} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {list.length > shownAtFirst && <button type="button" className="button button-small plist-more no-print" aria-expanded={all} onClick={() => setAll(!all)}>{all ? c("showLess") : c("showAll", { n: list.length })}</button>}
    </Card>
  );
}

export function Capacity({ page }: { page: Page }) {
  const words = useWords();
  const t = placeWords.use();
  const c = common.use();
  if (page.capacity.length === 0) return null;
  const name = new Map(page.facilities.map((f) => [f.code, say(f.name, words.lang)]));
  const day = (d: string | null) => (d ? (d.length < 10 ? formatPeriod(d, words.lang) : formatDateShort(d, words.lang)) : "—");
  return (
    <Card id="capacity" title={t("capacity")}>
      <div className="table-box" tabIndex={0} role="region" aria-label={t("capacity")}>
        <table className="table folds">
          <thead><tr><th scope="col">{t("facility")}</th><th scope="col">{t("item")}</th><th scope="col">{t("service")}</th><th scope="col" className="r">{t("count")}</th><th scope="col">{c("state")}</th><th scope="col">{t("since")}</th><th scope="col">{c("source")}</th></tr></thead>
          <tbody>
            {page.capacity.map((x) => (
              <tr key={`${x.facility}${x.item}${x.service}${x.age}${x.status}${x.from}`}>
                <th scope="row">{name.get(x.facility) ?? x.facility}</th>
                <td data-label={t("item")}>{word(t, "item", x.item)}</td>
                <td data-label={t("service")}>{x.service ? words.dimensionValue("service", x.service) : <span className="quiet">—</span>}{x.age && <span className="quiet"> · {words.dimensionValue("age", x.age)}</span>}</td>
                <td className="r nums" data-label={t("count")}>{x.count === null ? <span className="unknown">{c("unknown")}</span> : formatNumber(x.count, words.lang)}</td>
                <td data-label={c("state")}><span className={`tag ${statusColor[x.status] ?? ""}`}>{word(t, "status", x.status)}</span></td>
                <td className="nums" data-label={t("since")}>{day(x.from)}</td>
                <td data-label={c("source")}><Source name={x.source} words={words} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
