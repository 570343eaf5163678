// How an amount burns against its months, what it makes for each patient, and
// what the money of a work is worth in prices of one December.
import type { ReactNode } from "react";
import type { components } from "../../api/schema.ts";
import type { WorkPage } from "../../api/works.ts";
import { formatDate } from "../../format/date.ts";
import { formatMoney, formatNumber, formatPercent } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { common } from "../../i18n/words.ts";
import { FigureById } from "../../ui/figure-by-id.tsx";
import { Card } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { useWorkNames } from "./by-line.tsx";
import { budgetWords } from "./budget-words.ts";
import type { WorkKey } from "./words.ts";

type Budget = components["schemas"]["WorkBudget"];
type Real = components["schemas"]["RealMoney"];

export function BudgetCards({ page }: { page: WorkPage }) {
  return (
    <>
      {page.budget && <Burn b={page.budget} />}
      {page.real && <InPrices r={page.real} page={page} />}
    </>
  );
}

function Burn({ b }: { b: Budget }) {
  const t = budgetWords.use();
  const c = common.use();
  const words = useWords();
  const names = useWorkNames();
  const { lang } = words;
  const money = (v: number | null) => (v === null ? null : formatMoney(v, words.currency, lang));
  const one = (v: number) => formatNumber(Math.round(10 * v) / 10, lang);
  const rows: { k: string; v: ReactNode }[] = [];
  const add = (k: string, v: ReactNode) => rows.push({ k, v });
  add(t("time"), <>{formatDate(b.from, lang)} – {formatDate(b.to, lang)}. {t("months", { n: one(b.months), all: one(b.months_all) })}</>);
  add(t("spent"), b.spent ? <>{names.stated(b.spent)}{b.spent_share !== null && ` (${formatPercent(Math.round(100 * b.spent_share), lang)})`}</> : <span className="unknown">{c("unknown")}</span>);
  if (b.even !== null) add(t("even"), money(b.even));
  if (b.pace !== null) add(t("pace"), <>{formatNumber(Math.round(100 * b.pace) / 100, lang)} <span className="small quiet">{t("paceText")}</span></>);
  if (b.left !== null) add(t("left"), money(b.left));
  if (b.left_per_month !== null) add(t("leftMonth"), money(b.left_per_month));
  if (b.used_up !== null) add(t("usedUp"), formatDate(b.used_up, lang));
  if (b.patients) {
    const many = t(b.patients.qualifier === "exact" ? "patients" : "patientsAbout", { n: formatNumber(b.patients.count, lang) });
    add(t("each"), <>{b.patients.each === null ? "—" : `${b.patients.qualifier === "exact" ? "" : "≈ "}${money(b.patients.each)}`} <span className="small quiet">{many}</span> <FigureById id={b.patients.figure} /></>);
  }
  if (b.served !== null) add(t("served"), formatNumber(b.served, lang));
  if (b.per_served !== null) add(t("perServed"), money(b.per_served));
  return (
    <Card id="budget" title={t("title")} aside={<span className="small quiet">{t(`of_${b.of}` as "of_cost")}: {names.stated(b.amount)}</span>}>
      {b.time_share !== null && <Bars b={b} />}
      <dl className="pairs">{rows.map(({ k, v }) => <div key={k}><dt>{k}</dt><dd>{v}</dd></div>)}</dl>
      {b.notes.map((n) => <p key={say(n, "en")} className="small quiet">{say(n, lang)}</p>)}
    </Card>
  );
}

/** The share of the time above the share of the money. */
function Bars({ b }: { b: Budget }) {
  return (
    <svg className="burn-bars" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">
      <rect className="burn-base" x="0" y="0" width="100" height="5" />
      <rect className="burn-time" x="0" y="0" width={100 * (b.time_share ?? 0)} height="5" />
      <rect className="burn-base" x="0" y="8" width="100" height="5" />
      {b.spent_share !== null && <rect className="burn-spent" x="0" y="8" width={Math.min(100, 100 * b.spent_share)} height="5" />}
    </svg>
  );
}

const kinds = ["cost", "planned", "approved", "transferred", "contracted", "paid", "accepted"] as const;

/** An estimate is not shown to the tiyn: four digits say all that it knows. */
function roughly(v: number): number {
  return v === 0 ? 0 : Number(v.toPrecision(4));
}

function InPrices({ r, page }: { r: Real; page: WorkPage }) {
  const t = budgetWords.use();
  const names = useWorkNames();
  const rows = kinds.filter((k) => r.money[k]);
  if (rows.length === 0) return null;
  return (
    <Card id="real" title={t("real", { year: r.base })}>
      <dl className="pairs">
        {rows.map((k) => {
          const s = r.money[k];
          const said = page.money[k];
          return <div key={k}><dt>{names.t(`m_${k}` as WorkKey)}</dt><dd>{s && names.stated({ ...s, value: roughly(s.value) })} {said && <span className="small quiet">({t("nominal")}: {names.stated(said)})</span>}</dd></div>;
        })}
      </dl>
      <p className="small quiet">{t("realText")}</p>
      {r.beyond.length > 0 && <p className="small quiet">{t("beyond", { n: r.beyond.length })}</p>}
      <p className="small">{r.figures.map((f) => <span key={f} className="real-figure"><FigureById id={f} /></span>)}</p>
    </Card>
  );
}
