// What the works of a filter add up to: how many, what is wrong with them,
// money on its way, and capacity.
import { useState } from "react";
import type { WorkList, WorkMoney, WorkSums } from "../../api/portfolio.ts";
import { formatNumber } from "../../format/number.ts";
import { common } from "../../i18n/words.ts";
import { useSearchParams, useSetSearch } from "../../route.tsx";
import { Card } from "../../ui/page.tsx";
import { Amount } from "../../ui/works-parts.tsx";
import { worksWords, type WorksKey } from "../../ui/works-words.ts";
import { useWords } from "../../words.tsx";
import { portfolioWords, type PortfolioKey } from "./words.ts";

/** All of it above the table; above a drawing only the counts, so that the drawing is seen at once. */
export function Sums({ list, brief }: { list: WorkList; brief: boolean }) {
  const t = portfolioWords.use();
  const { sums } = list;
  return (
    <section className="pf-sums" aria-label={t("sums")}>
      <Counts sums={sums} />
      {!brief && <Card title={t("money")} aside={<p>{t("moneyHint")}</p>}><MoneyBars money={sums.money} /></Card>}
      {!brief && sums.capacity.length > 0 && <Card title={t("capacity")}><Capacity sums={sums} /></Card>}
    </section>
  );
}

function Counts({ sums }: { sums: WorkSums }) {
  const t = portfolioWords.use();
  const { lang } = useWords();
  const s = useSearchParams();
  const set = useSetSearch();
  const watch = (code: string, n: number, late: boolean) => (
    <li>
      <button type="button" className={`pf-count${late && n > 0 ? " pf-late" : ""}`} aria-pressed={s.watch === code} onClick={() => set({ watch: s.watch === code ? undefined : code, page: undefined })}>
        <strong>{formatNumber(n, lang)}</strong> <span>{t(`watch_${code}` as PortfolioKey)}</span>
      </button>
    </li>
  );
  return (
    <ul className="pf-counts">
      <li className="pf-count"><strong>{formatNumber(sums.works, lang)}</strong> <span>{t("works")}</span></li>
      <li className="pf-count"><strong>{formatNumber(sums.sites, lang)}</strong> <span>{t("sites")}</span></li>
      {watch("open", sums.open, false)}
      {watch("late", sums.late, true)}
      {watch("doubted", sums.doubted, true)}
      {watch("no_date", sums.no_date, true)}
    </ul>
  );
}

const stages = ["cost", "planned", "approved", "transferred", "contracted", "paid", "accepted"] as const;

/** Amounts on their way, each beside its bar; the unknown is hatched, not empty. */
export function MoneyBars({ money }: { money: WorkMoney }) {
  const t = worksWords.use();
  const most = Math.max(0, ...stages.map((k) => money[k]?.value ?? 0));
  return (
    <dl className="pf-bars">
      {stages.map((k) => {
        const of = money[k];
        return (
          <div key={k}>
            <dt>{t(`money_${k}` as WorksKey)}</dt>
            <dd>
              <span className={`pf-bar${of ? "" : " pf-bar-unknown"}`} aria-hidden="true">{of && most > 0 && <i style={{ width: `${Math.max(0.5, (100 * of.value) / most)}%` }} />}</span>
              <Amount of={of} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

const shownAtFirst = 5;

function Capacity({ sums }: { sums: WorkSums }) {
  const t = portfolioWords.use();
  const w = worksWords.use();
  const c = common.use();
  const words = useWords();
  const [all, setAll] = useState(false);
  const list = all ? sums.capacity : sums.capacity.slice(0, shownAtFirst);
  return (
    <>
      <ul className="pf-capacity">
        {list.map((y) => (
          <li key={y.item + y.service}>
            <span>{w(`item_${y.item}` as WorksKey)}<span className="quiet"> · {y.service ? words.dimensionValue("service", y.service) : t("anyService")}</span></span>
            <span>
              {y.planned > 0 && <><strong className="nums">{formatNumber(y.planned, words.lang)}</strong> {t("planned")} </>}
              {y.open > 0 && <><strong className="nums">{formatNumber(y.open, words.lang)}</strong> {t("opened")} </>}
              {y.unsaid > 0 && <span className="small quiet">{t("unsaidN", { n: y.unsaid })}</span>}
            </span>
          </li>
        ))}
      </ul>
      {sums.capacity.length > shownAtFirst && (
        <button type="button" className="button button-small" aria-expanded={all} onClick={() => setAll(!all)}>{all ? c("showLess") : c("showAll", { n: sums.capacity.length })}</button>
      )}
    </>
  );
}
