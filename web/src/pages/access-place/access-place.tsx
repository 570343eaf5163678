// One place and its minutes to a service, leg by leg: by road, by air, to the
// first treatment and onward; what decides them and what they rest on.
import { Fragment, useRef } from "react";
import { questionOf, type AccessChain, type AccessParameter } from "../../api/access.ts";
import { savePng } from "../../chart/export.ts";
import { formatDate } from "../../format/date.ts";
import { formatNumber } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { common as words3 } from "../../i18n/words.ts";
import { A, usePathId, useSearchParams, useSetSearch } from "../../route.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Icon } from "../../ui/icons.tsx";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { ValidationLink } from "../access-validation/link.tsx";
import { useLegNames } from "./leg-words.ts";
import { Legs, type Numbers } from "./legs.tsx";
import { common, sayKm, sayMinutes } from "./minutes.ts";
import { NumbersCard } from "./numbers.tsx";
import { Facilities, PlaceCard, Versions } from "./side.tsx";
import { Timeline, type Way } from "./timeline.tsx";
import { useChain } from "./use-chain.ts";
import { placeAccessWords } from "./words.ts";
import "./access-place.css";

export default function AccessPlacePage() {
  const id = usePathId();
  const s = useSearchParams();
  const { lang } = useWords();
  const q = useChain(id, s);
  const t = placeAccessWords.use();
  usePageTitle(q.data ? `${say(q.data.row.place.name, lang)}: ${t("eyebrow").toLowerCase()}` : id);
  // The way by air belongs to the answer also where the question is of roads.
  const ask = q.data?.question;
  const also = useChain(ask?.kind === "emergency" && ask.mode === "road" && ask.span !== "drive_only" ? id : "", { ...s, mode: "best" });
  if (q.error) return <Failure error={q.error} retry={() => void q.refetch()} />;
  if (!q.data || q.data.row.place.id !== id) return <Waiting rows={12} />;
  return <Content chain={q.data} flown={ask?.mode === "road" ? also.data : q.data} />;
}

function Content({ chain, flown }: { chain: AccessChain; flown: AccessChain | undefined }) {
  const t = placeAccessWords.use();
  const c = words3.use();
  const words = useWords();
  const s = useSearchParams();
  const { row, question } = chain;
  const p = row.place;
  return (
    <>
      <PageHead
        above={
          <ol className="crumbs">
            <li><A to="/access" search={questionOf(s)}>{t("access")}</A></li>
            <li><A to={`/places/${p.region}`}>{words.place(p.region)}</A></li>
            {p.district !== p.region && <li><A to={`/places/${p.district}`}>{say(p.district_name, words.lang) || words.place(p.district)}</A></li>}
          </ol>
        }
        eyebrow={`${t("eyebrow")} · ${say(question.service_name, words.lang)}`}
        title={say(p.name, words.lang)}
      >
        <Answer chain={chain} />
        <p className="small quiet">{c("asOf")}: {formatDate(chain.as_of, words.lang)}. {t("lead")}</p>
        <p className="no-print"><A to="/access" search={questionOf(s)}>{t("back")}</A> · <ValidationLink /></p>
      </PageHead>
      <div className="columns ap-columns">
        <div className="stack">
          <Ways chain={chain} flown={flown} />
          <NumbersCard list={numbersOf(chain, flown)} />
        </div>
        <div className="stack">
          <Versions id={p.id} chain={chain} />
          <Facilities chain={flown ? { ...chain, air: flown.air, air_hub: flown.air_hub, air_base: flown.air_base } : chain} />
          <PlaceCard place={p} />
        </div>
      </div>
    </>
  );
}

/** The minutes, whether they are inside, and what decides them. */
function Answer({ chain }: { chain: AccessChain }) {
  const t = placeAccessWords.use();
  const { lang } = useWords();
  const names = useLegNames();
  const { row, question } = chain;
  const limit = question.limit_minutes;
  const legs = row.flown ? chain.air : chain.road;
  const longest = legs.find((l) => l.code === chain.decides);
  if (row.p50_minutes === null) return <p className="lead">{t("noWay")}</p>;
  const km = longest ? longest.main_km + longest.other_km + longest.off_road_km + longest.air_km : 0;
  const values = longest && row.stated_minutes !== null && { leg: names.leg(longest.code), n: sayMinutes(longest.minutes, limit, lang), total: sayMinutes(row.stated_minutes, limit, lang), km: sayKm(km, lang) };
  return (
    <>
      <div className="ap-answer">
        <p className="ap-big"><span className="ap-word">{t("typical")}</span> <strong className="nums">{t("n", { n: sayMinutes(row.p50_minutes, limit, lang) })}</strong></p>
        <p className="ap-big ap-second"><span className="ap-word">{t("slow")}</span> <strong className="nums">{row.p90_minutes === null ? "—" : t("n", { n: sayMinutes(row.p90_minutes, limit, lang) })}</strong></p>
        <p><span className={`tag ${row.inside ? "tag-good" : "tag-late"}`}>{t(row.inside ? "inside" : "outside", { n: limit })}</span></p>
      </div>
      <p className="lead">
        {t(`season_${question.season}`)}, {t(`mode_${question.mode}`)}, {t(`span_${question.span}`)}{question.promised && ` · ${t("withPromised").toLowerCase()}`}. {values && t(km > 0 ? "decidesKm" : "decides", values)} {t("draws", { n: Math.round(100 * row.likely) })}
      </p>
    </>
  );
}

/** The numbers of both answers, each once. */
function numbersOf(chain: AccessChain, flown: AccessChain | undefined): AccessParameter[] {
  const known = new Set(chain.parameters.map((p) => p.code));
  return [...chain.parameters, ...(flown?.parameters ?? []).filter((p) => !known.has(p.code))];
}

function waysOf(chain: AccessChain, flown: AccessChain | undefined): Way[] {
  const out: Way[] = [];
  const put = (key: Way["key"], legs: Way["legs"], total: number | null | undefined, p90?: number | null) => {
    if (legs.length > 0 && total) out.push({ key, legs, total, p90 });
  };
  const byRoad = chain.question.mode === "road";
  put(chain.question.kind === "emergency" ? "road" : "drive", chain.road, chain.road_minutes, byRoad ? chain.row.p90_minutes : undefined);
  put("air", flown?.air ?? [], flown?.air_minutes, chain.question.mode === "air" ? chain.row.p90_minutes : undefined);
  put("first", chain.first, chain.first_minutes);
  put("onward", chain.onward, chain.onward_minutes);
  return out;
}

function Ways({ chain, flown }: { chain: AccessChain; flown: AccessChain | undefined }) {
  const t = placeAccessWords.use();
  const c = words3.use();
  const { lang } = useWords();
  const s = useSearchParams();
  const set = useSetSearch();
  const svg = useRef<SVGSVGElement>(null);
  const ways = waysOf(chain, flown);
  const limit = chain.question.limit_minutes;
  const numbers: Numbers = { of: new Map(numbersOf(chain, flown).map((p) => [p.code, p])), limit };
  const table = s.show === "table";
  const name = say(chain.row.place.name, lang);
  const png = () => {
    if (svg.current) void savePng(svg.current, { title: `${name}: ${t("eyebrow").toLowerCase()}, ${say(chain.question.service_name, lang)}`, subtitle: `${formatDate(chain.as_of, lang)}. ${t("lead")}`, source: window.location.href }, `access-${chain.row.place.id}.png`);
  };
  if (ways.length === 0) return <Card id="legs" title={t("legs")}><p className="note">{t("noWay")}</p></Card>;
  return (
    <>
      <Card id="legs" title={t("legs")}>
        <div className="chart-head no-print">
          <div className="tabs" role="group" aria-label={t("legs")}>
            <button type="button" aria-pressed={!table} onClick={() => set({ show: undefined })}>{c("asChart")}</button>
            <button type="button" aria-pressed={table} onClick={() => set({ show: "table" })}>{c("asTable")}</button>
          </div>
          {!table && <button type="button" className="button button-small" onClick={png}><Icon name="down" />PNG</button>}
        </div>
        {table ? <Short ways={ways} limit={limit} /> : <Timeline ways={ways} limit={limit} svg={svg} />}
        <AirNote chain={chain} flown={flown} />
      </Card>
      <Card id="ways" title={t("ways")}>
        <div className="stack">
          {ways.map((w, i) => (
            <section key={w.key}>
              <h3 className="ap-h">{t(w.key)}</h3>
              <Legs way={w} skip={i === 0 ? 0 : common(ways[0]?.legs ?? [], w.legs)} numbers={numbers} />
            </section>
          ))}
        </div>
      </Card>
    </>
  );
}

/** Whether an aircraft comes, and how often. */
function AirNote({ chain, flown }: { chain: AccessChain; flown: AccessChain | undefined }) {
  const t = placeAccessWords.use();
  const { lang } = useWords();
  if (chain.question.kind !== "emergency" || !flown) return null;
  const range = flown.parameters.find((p) => p.code === "air_range")?.value;
  const text = flown.air.length > 0 ? t("flies", { n: Math.round(100 * (flown.flies ?? 0)) }) : flown.air_base_km !== null && flown.air_hub_km !== null ? t("outOfRange", { km: sayKm(flown.air_base_km + flown.air_hub_km, lang), range: formatNumber(range ?? 0, lang) }) : t("noAir");
  return <p className="small ap-hint"><strong>{t("air")}.</strong> {text}</p>;
}

/** The chart as a table: the legs of every way one under another. */
function Short({ ways, limit }: { ways: readonly Way[]; limit: number }) {
  const t = placeAccessWords.use();
  const { lang } = useWords();
  const names = useLegNames();
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={t("legs")}>
      <table className="table">
        <thead><tr><th scope="col">{t("leg")}</th><th scope="col" className="r">{t("minutes")}</th></tr></thead>
        <tbody>
          {ways.map((w) => (
            <Fragment key={w.key}>
              <tr className="ap-sum"><th scope="row">{t(w.key)}</th><td className="r nums">{sayMinutes(w.total, limit, lang)}</td></tr>
              {w.legs.map((l) => <tr key={l.code}><td className="ap-sub">{names.leg(l.code)}</td><td className="r nums">{sayMinutes(l.minutes, limit, lang)}</td></tr>)}
            </Fragment>
          ))}
        </tbody>
      </table>
      <p className="chart-source">{t("limit", { n: limit })}</p>
    </div>
  );
}
