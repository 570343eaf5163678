// The answer in words, how much of it rests on assumptions, and what the
// switches change.
import type { AccessPage, AccessSum } from "../../api/access.ts";
import { questionOf } from "../../api/access.ts";
import { formatNumber, formatPercent } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { A, useLang, useSearchParams, useSetSearch } from "../../route.tsx";
import { Card } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { accessMapWords } from "./map-words.ts";
import { switchKeys } from "./question.ts";
import { hubName, sayAnswer, sayDifference, saySwitched, shortPeople, shortShare, wholeMinutes } from "./sentence.ts";
import { accessWords } from "./words.ts";

export function Answer({ data }: { data: AccessPage }) {
  const t = accessWords.use();
  const lang = useLang();
  const words = useWords();
  const s = useSearchParams();
  const region = data.regions.find((r) => r.place === s.place);
  const sum = region ?? data.whole;
  return (
    <Card className="acc-answer" id="answer">
      <h2 className="sr">{t("answer")}</h2>
      <p className="acc-sentence" aria-live="polite">{sayAnswer(data.question, sum, lang, region ? words.place(region.place) : "")}</p>
      {data.hubs.length === 0 && <p className="note">{t("nobody")}</p>}
      {sum.inside > 0 && <p className="acc-range">{t("range", { low: shortPeople(sum.inside_low, lang), high: shortPeople(sum.inside_high, lang) })} {sum.inside_on_presumed > 0 ? <strong className="acc-doubt">{t("assumed", { share: shortShare(sum.inside_on_presumed, sum.inside, lang) })}</strong> : t("assumedNone")}</p>}
      <Counts sum={sum} data={data} />
      {data.difference && <Difference data={data} region={Boolean(region)} />}
    </Card>
  );
}

function Counts({ sum, data }: { sum: AccessSum; data: AccessPage }) {
  const t = accessWords.use();
  const lang = useLang();
  const minutes = (m: number | null) => (m === null ? t("noWay") : t("minutesN", { n: wholeMinutes(m) }));
  return (
    <>
      <dl className="acc-counts">
        <div><dt>{t("insideShare")}</dt><dd><strong>{formatPercent(Math.round((sum.inside_percent ?? 0) * 10) / 10, lang)}</strong><span className="small quiet">{formatNumber(sum.inside, lang)}</span></dd></div>
        <div><dt>{t("townsInside")}</dt><dd><strong>{shortShare(sum.urban_inside, sum.urban, lang)}</strong><span className="small quiet">{formatNumber(sum.urban_inside, lang)}</span></dd></div>
        <div><dt>{t("ruralInside")}</dt><dd><strong>{shortShare(sum.rural_inside, sum.rural, lang)}</strong><span className="small quiet">{formatNumber(sum.rural_inside, lang)}</span></dd></div>
        <div><dt>{t("halfWithin")}</dt><dd><strong>{minutes(sum.median_minutes)}</strong><span className="small quiet">{t("nineTenths")}: {minutes(sum.p90_minutes)}</span></dd></div>
      </dl>
      <p className="row small quiet acc-also">
        <span>{t("outsideN", { n: sum.people - sum.inside })}</span>
        {sum.stranded > 0 && <span className="late-text">{t("strandedN", { n: sum.stranded })}</span>}
        <span>{t("surely", { n: sum.surely_inside })}</span>
        <a href="#decides">{t("assumptionsN", { n: data.assumed_parameters, total: data.parameters.length })}</a>
      </p>
    </>
  );
}

const shownChanges = 4;

function Difference({ data, region }: { data: AccessPage; region: boolean }) {
  const t = accessWords.use();
  const m = accessMapWords.use();
  const lang = useLang();
  const s = useSearchParams();
  const set = useSetSearch();
  const d = data.difference;
  if (!d) return null;
  const minutes = (v: number | null) => (v === null ? t("noWay") : String(wholeMinutes(v)));
  const nameOf = (code: string) => {
    const h = [...data.promised, ...data.hubs].find((x) => x.facility === code) ?? data.hubs.find((x) => x.place === code);
    return h ? hubName(h, lang) : code;
  };
  return (
    <div className="acc-change">
      <p>{region && <span className="quiet">{m("wholeCountry")}. </span>}<strong>{t("withThem", { list: saySwitched(data, lang, nameOf) })}</strong> {sayDifference(d, lang).join("; ")}.</p>
      {d.changes.length > 0 && (
        <ul className="row">
          {d.changes.slice(0, shownChanges).map((x) => (
            <li key={x.place.id} className={x.crossed ? "tag tag-good" : "tag"}>
              <A to={`/access/places/${x.place.id}`} search={questionOf(s)} className="plain-link">{say(x.place.name, lang)}</A> {t("fromTo", { a: minutes(x.before_minutes), b: minutes(x.after_minutes) })}
            </li>
          ))}
        </ul>
      )}
      <p className="no-print"><button type="button" className="button button-small" onClick={() => set(Object.fromEntries(switchKeys.map((k) => [k, undefined])))}>{t("takeBack")}</button></p>
    </div>
  );
}
