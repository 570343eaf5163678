// Money of the works by its sources and years, who has not transferred, and
// shares of co-financing. Every sum leads to its works.
import { Fragment } from "react";
import { useApi } from "../../api/queries.ts";
import type { PortfolioMoney, SourceYears, WorkMoney } from "../../api/portfolio.ts";
import { formatNumber, formatPercent } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { common } from "../../i18n/words.ts";
import { A, useSearchParams, useSetSearch, type Search } from "../../route.tsx";
import { Combo } from "../../ui/combo.tsx";
import { Downloads } from "../../ui/download.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { usePlaceOptions } from "../../ui/options.ts";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { Amount, PhaseTag } from "../../ui/works-parts.tsx";
import { worksWords, type WorksKey } from "../../ui/works-words.ts";
import { useWords } from "../../words.tsx";
import { filterKeys, useWorkFilter } from "./filter.ts";
import { useSourceName } from "./filters.tsx";
import { MoneyBars } from "./sums.tsx";
import { portfolioWords } from "./words.ts";
import "./works.css";

const kinds = ["planned", "approved", "transferred", "contracted", "paid", "accepted"] as const;

export default function MoneyPage() {
  const t = portfolioWords.use();
  const c = common.use();
  const s = useSearchParams();
  const set = useSetSearch();
  const places = usePlaceOptions();
  const filter = useWorkFilter();
  const q = useApi<PortfolioMoney>("/portfolio/money", filter);
  usePageTitle(t("moneyTitle"));
  return (
    <>
      <PageHead title={t("moneyTitle")} above={<ol className="crumbs"><li><A to="/works">{t("title")}</A></li></ol>}><p className="lead">{t("moneyLead")}</p></PageHead>
      <div className="stack">
        <Card className="no-print">
          <div className="filters">
            <Combo label={t("placeOf")} options={places} value={s.place ?? ""} empty={c("country")} onChange={(v) => set({ place: v || undefined })} />
            {filterKeys.some((k) => s[k]) && <button type="button" className="button" onClick={() => set(Object.fromEntries(filterKeys.map((k) => [k, undefined])))}>{c("reset")}</button>}
            <Downloads path="/portfolio/money" params={filter} />
          </div>
        </Card>
        {q.error && <Failure inner error={q.error} retry={() => void q.refetch()} />}
        {!q.data && !q.error && <Waiting rows={12} />}
        {q.data && <Found m={q.data} />}
      </div>
    </>
  );
}

function Found({ m }: { m: PortfolioMoney }) {
  const t = portfolioWords.use();
  const w = worksWords.use();
  return (
    <>
      <Card title={t("money")} aside={<p>{w("worksN", { n: m.works })} · {t("moneyHint")}</p>}><MoneyBars money={m.money} /></Card>
      <Card title={t("bySource")}><Sources m={m} /></Card>
      <Waits m={m} />
      <Shares m={m} />
    </>
  );
}

/** What stays of the filter on the page to which a sum leads. */
function useLeads(): (source: string, more?: Search) => Search {
  const s = useSearchParams();
  return (source, more) => ({ ...Object.fromEntries(filterKeys.map((k) => [k, s[k]])), ...(source ? { source } : {}), ...more });
}

function Sources({ m }: { m: PortfolioMoney }) {
  const t = portfolioWords.use();
  const w = worksWords.use();
  const c = common.use();
  const { lang } = useWords();
  const name = useSourceName();
  const leads = useLeads();
  if (m.sources.length === 0) return <p className="quiet">{c("nothing")}</p>;
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={t("bySource")}>
      <table className="table folds">
        <thead>
          <tr><th scope="col">{c("source")}</th>{kinds.map((k) => <th key={k} scope="col" className="r">{w(`money_${k}` as WorksKey)}</th>)}</tr>
        </thead>
        <tbody>
          {m.sources.map((x) => (
            <Fragment key={x.source}>
              <tr>
                <th scope="row">
                  <strong>{name(x.source)}</strong>
                  <span className="small quiet pf-under">
                    {x.source ? <A to="/works" search={leads(x.source)}>{w("worksN", { n: x.works })}</A> : w("worksN", { n: x.works })}
                    {x.waiting > 0 && <> · <span className="late-text">{t("waitingN", { n: x.waiting })}</span></>}
                  </span>
                </th>
                <Cells money={x} />
              </tr>
              <Years of={x} lang={lang} />
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cells({ money, inner }: { money: WorkMoney; inner?: boolean }) {
  const w = worksWords.use();
  const c = common.use();
  return kinds.map((k) => <td key={k} className="r" data-label={w(`money_${k}` as WorksKey)}>{inner && !money[k] ? <span className="quiet"><span aria-hidden="true">—</span><span className="sr">{c("unknown")}</span></span> : <Amount of={money[k]} />}</td>);
}

function Years({ of, lang }: { of: SourceYears; lang: "kk" | "ru" | "en" }) {
  const t = portfolioWords.use();
  if (of.years.length < 2 && (of.years[0]?.year ?? 0) === 0) return null;
  return of.years.map((y) => (
    <tr key={y.year} className="pf-year">
      <th scope="row">{y.year === 0 ? t("yearUnsaid") : lang === "en" ? y.year : `${y.year}\u00a0${lang === "ru" ? "г." : "ж."}`}</th>
      <Cells money={y} inner />
    </tr>
  ));
}

function Waits({ m }: { m: PortfolioMoney }) {
  const t = portfolioWords.use();
  const w = worksWords.use();
  const c = common.use();
  const { lang } = useWords();
  const name = useSourceName();
  return (
    <Card id="waiting" title={`${t("notGiven")} · ${formatNumber(m.waiting_total, lang)}`} aside={<p>{t("notGivenHint")}</p>}>
      {m.waiting.length === 0 ? <p className="quiet">{t("allGiven")}</p> : (
        <div className="table-box" tabIndex={0} role="region" aria-label={t("notGiven")}>
          <table className="table folds">
            <thead><tr><th scope="col">{t("col_title")}</th><th scope="col">{c("source")}</th><th scope="col" className="r">{w("money_approved")}</th><th scope="col" className="r">{w("money_transferred")}</th><th scope="col" className="r">{t("left")}</th></tr></thead>
            <tbody>
              {m.waiting.map((x) => (
                <tr key={x.id + x.source}>
                  <th scope="row"><A to={`/works/${x.id}`} className="plain-link">{say(x.title, lang)}</A><span className="small quiet pf-under"><PhaseTag phase={x.phase} /></span></th>
                  <td data-label={c("source")}>{name(x.source)}</td>
                  <td data-label={w("money_approved")} className="r"><Amount of={x.approved} /></td>
                  <td data-label={w("money_transferred")} className="r"><Amount of={x.transferred} /></td>
                  <td data-label={t("left")} className="r"><strong><Amount of={x.left} /></strong></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {m.waiting_total > m.waiting.length && <p className="small quiet">{t("andMore", { n: m.waiting_total - m.waiting.length })}</p>}
    </Card>
  );
}

function Shares({ m }: { m: PortfolioMoney }) {
  const t = portfolioWords.use();
  const c = common.use();
  const { lang } = useWords();
  const name = useSourceName();
  return (
    <Card id="shares" title={t("shares")}>
      {m.shares.length === 0 ? <p className="quiet">{t("sharesNone")}</p> : (
        <div className="table-box" tabIndex={0} role="region" aria-label={t("shares")}>
          <table className="table folds">
            <thead><tr><th scope="col">{t("col_title")}</th><th scope="col">{c("source")}</th><th scope="col" className="r">{t("rule")}</th><th scope="col" className="r">{t("actual")}</th><th scope="col">{c("state")}</th></tr></thead>
            <tbody>
              {m.shares.map((x) => (
                <tr key={x.id + x.source}>
                  <th scope="row"><A to={`/works/${x.id}`} className="plain-link">{say(x.title, lang)}</A>{x.basis && <span className="small quiet pf-under">{x.basis}</span>}</th>
                  <td data-label={c("source")}>{name(x.source)}</td>
                  <td data-label={t("rule")} className="r nums">{formatPercent(x.percent, lang)}</td>
                  <td data-label={t("actual")} className="r nums">{x.actual === null ? <span className="unknown">{c("unknown")}</span> : formatPercent(x.actual, lang)}</td>
                  <td data-label={c("state")}><span className={`tag ${x.missed ? "tag-late" : x.actual === null ? "" : "tag-good"}`}>{x.missed ? t("missed") : x.actual === null ? t("unknownShare") : t("kept")}</span></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}
