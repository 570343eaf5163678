// Money on its way: what the work costs, who gives how much of it, and how far
// that has come. Where nobody named an amount, it is unknown and not zero.
import type { Stated, WorkMoney, WorkPage } from "../../api/works.ts";
import { formatPeriod } from "../../format/date.ts";
import { say } from "../../format/text.ts";
import { common } from "../../i18n/words.ts";
import { A } from "../../route.tsx";
import { Card } from "../../ui/page.tsx";
import { ByLine, useWorkNames } from "./by-line.tsx";
import type { WorkKey } from "./words.ts";

type Step = "cost" | "planned" | "approved" | "transferred" | "contracted" | "paid" | "accepted";
const steps: readonly Step[] = ["cost", "planned", "approved", "transferred", "contracted", "paid", "accepted"];
const flow: readonly Step[] = ["planned", "approved", "transferred", "contracted", "paid", "accepted"];

export function Money({ page }: { page: WorkPage }) {
  const names = useWorkNames();
  const { t } = names;
  const m = page.money;
  const said = steps.some((k) => m[k]);
  const shares = page.record.shares ?? [];
  if (!said && shares.length === 0) return <Card id="money" title={t("money")}><p className="unknown">{t("moneyNone")}</p></Card>;
  const years = page.by_year.some((y) => y.year !== 0);
  return (
    <Card id="money" title={t("money")}>
      <Fall money={m} />
      <Sums title={t("bySource")} rows={page.by_source.map((s) => ({ key: s.source, name: names.source(s.source), money: s }))} />
      {years && <Sums title={t("byYear")} rows={page.by_year.map((y) => ({ key: String(y.year), name: y.year ? String(y.year) : t("noYear"), money: y }))} />}
      {page.by_package.length > 0 && <Sums title={t("byPackage")} rows={page.by_package.map((p) => ({ key: p.package, name: packageName(page, p.package, names.lang), link: `/works/${p.package}`, money: p }))} />}
      {page.months.length > 0 && <Months page={page} />}
      {shares.length > 0 && (
        <>
          <h3 className="money-h">{t("shares")}</h3>
          <ul className="stack-s">{shares.map((s) => <li key={s.source}>{names.source(s.source)}: {names.percent(s.percent)}{s.basis && <span className="small quiet"> · {s.basis}</span>}</li>)}</ul>
        </>
      )}
      <Contract page={page} />
    </Card>
  );
}

function packageName(page: WorkPage, id: string, lang: "kk" | "ru" | "en"): string {
  return say(page.parts.find((p) => p.id === id)?.title, lang) || id;
}

/** From the cost down to the works that were accepted: a bar for each step that somebody spoke of. */
function Fall({ money }: { money: WorkMoney }) {
  const names = useWorkNames();
  const c = common.use();
  const { t } = names;
  const most = Math.max(...steps.map((k) => money[k]?.value ?? 0), 1);
  const shown = steps.filter((k) => k !== "planned" || money.planned);
  return (
    <dl className="fall">
      {shown.map((k) => {
        const s = money[k];
        return (
          <div key={k} className={`fall-row fall-${k}`}>
            <dt>{t(`m_${k}` as WorkKey)}{k === "paid" && money.advance && <span className="small quiet"> ({t("paidHint")})</span>}</dt>
            <dd className="fall-n">{s ? <Amount s={s} /> : <span className="unknown">{c("unknown")}</span>}</dd>
            <dd className="fall-track" aria-hidden="true">{s ? <span className={`fall-bar${s.qualifier === "exact" ? "" : " fall-vague"}`} style={{ width: `${Math.max(0.6, (100 * s.value) / most)}%` }} /> : <span className="fall-none" />}</dd>
          </div>
        );
      })}
    </dl>
  );
}

function Amount({ s }: { s: Stated }) {
  const names = useWorkNames();
  return <ByLine ids={s.lines ?? []} className="nums">{names.stated(s)}</ByLine>;
}

interface SumRow {
  key: string;
  name: string;
  link?: string;
  money: WorkMoney;
}

function Sums({ title, rows }: { title: string; rows: SumRow[] }) {
  const names = useWorkNames();
  const { t } = names;
  const kinds = flow.filter((k) => rows.some((r) => r.money[k]));
  const extra = (["returned", "retained"] as const).filter((k) => rows.some((r) => r.money[k]));
  if (rows.length === 0 || kinds.length === 0) return null;
  return (
    <>
      <h3 className="money-h">{title}</h3>
      <div className="table-box" tabIndex={0} role="region" aria-label={title}>
        <table className="table folds">
          <thead><tr><th scope="col"><span className="sr">{title}</span></th>{[...kinds, ...extra].map((k) => <th key={k} scope="col" className="r">{t(`m_${k}` as WorkKey)}</th>)}</tr></thead>
          <tbody>
            {rows.map((r) => (
              <tr key={r.key}>
                <th scope="row">{r.link ? <A to={r.link}>{r.name}</A> : r.name}</th>
                {[...kinds, ...extra].map((k) => {
                  const s = r.money[k];
                  return <td key={k} className="r nowrap" data-label={t(`m_${k}` as WorkKey)}>{s ? <Amount s={s} /> : <Unknown />}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Unknown() {
  const c = common.use();
  return <span className="unknown small">{c("unknown")}</span>;
}

/** What was paid in each month, as bars and as numbers. */
function Months({ page }: { page: WorkPage }) {
  const names = useWorkNames();
  const { t, lang } = names;
  const kinds = (["transferred", "paid", "accepted"] as const).filter((k) => page.months.some((m) => m[k] > 0));
  const most = Math.max(...page.months.flatMap((m) => kinds.map((k) => m[k])), 1);
  return (
    <>
      <h3 className="money-h">{t("byMonth")}</h3>
      <div className="table-box" tabIndex={0} role="region" aria-label={t("byMonth")}>
        <table className="table months">
          <thead><tr><th scope="col"><span className="sr">{t("byMonth")}</span></th>{kinds.map((k) => <th key={k} scope="col" className="r">{t(`m_${k}`)}</th>)}</tr></thead>
          <tbody>
            {page.months.map((m) => (
              <tr key={m.month}>
                <th scope="row" className="nowrap">{formatPeriod(m.month, lang)}</th>
                {kinds.map((k) => (
                  <td key={k} className="r nowrap">
                    {m[k] > 0 ? <ByLine ids={page.lines.filter((l) => !l.taken_back && l.on.startsWith(m.month) && l.money && (l.money.kind === k || (k === "paid" && l.money.kind === "advance"))).map((l) => l.id)}>{names.amount(m[k])}</ByLine> : <span className="quiet">—</span>}
                    <span className="month-bar" aria-hidden="true" style={{ width: `${(100 * m[k]) / most}%` }} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Contract({ page }: { page: WorkPage }) {
  const names = useWorkNames();
  const c = page.record.contract;
  if (!c) return null;
  const parts = [c.number && `№ ${c.number}`, c.signed && names.date(c.signed), c.start && c.end && names.t("until", { from: names.date(c.start), to: names.date(c.end) }), c.value != null && names.amount(c.value)];
  return <p className="money-h">{names.t("contract")}: {parts.filter(Boolean).join(" · ")}</p>;
}
