// What a report says, before it is taken as a file.
import type { components } from "../../api/schema.ts";
import { formatDate, formatDateShort } from "../../format/date.ts";
import { formatMoney, formatNumber, formatPercent } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { A } from "../../route.tsx";
import { common, type CommonKey } from "../../i18n/words.ts";
import { Card } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { reportWords } from "./words.ts";

type Data = components["schemas"]["ReportData"];
type Row = Data["works"][number];
type Change = Data["changes"][number];
type Stated = components["schemas"]["Stated"];

/** How much of a long list is shown before the file. */
const shown = 100;

export function Summary({ d }: { d: Data }) {
  const t = reportWords.use();
  const { lang } = useWords();
  const s = d.sums;
  const n = (v: number) => formatNumber(v, lang);
  return (
    <dl className="wr-sums">
      {([[t("works"), n(s.works)], [t("sites"), n(s.sites)], [t("open"), n(s.open)], [t("late"), n(s.late)], [t("doubted"), n(s.doubted)], [t("noDate"), n(s.no_date)]] as const).map(([k, v]) => <div key={k}><dt>{k}</dt><dd>{v}</dd></div>)}
      <div><dt>{t("cost")}</dt><dd><Money m={s.money.cost} /></dd></div>
      <div><dt>{t("transferred")}</dt><dd><Money m={s.money.transferred} /></dd></div>
      <div><dt>{t("paid")}</dt><dd><Money m={s.money.paid} /></dd></div>
    </dl>
  );
}

export function Money({ m }: { m: Stated | null | undefined }) {
  const t = reportWords.use();
  const c = common.use();
  const words = useWords();
  if (!m) return <span className="quiet">{t("unsaid")}</span>;
  const text = formatMoney(Number(m.value), words.currency, words.lang);
  return <>{m.qualifier === "exact" ? text : `${c(`q_${m.qualifier}` as CommonKey)} ${text}`}</>;
}

export function Warnings({ d }: { d: Data }) {
  const t = reportWords.use();
  const words = useWords();
  return (
    <Card title={t("warnings")}>
      <div className="stack-s">
        {d.warnings.length === 0 ? <p>{t("noWarnings")}</p> : (
          <ul className="wr-list">
            {d.warnings.slice(0, shown).map((w) => (
              <li key={w.id}>
                <A to={`/works/${w.work}`}>{say(w.title, words.lang)}</A>
                <span>{say(w.text, words.lang)}</span>
                <span className="small quiet">{words.place(w.place)}{w.office && <>, {words.office(w.office)}</>}</span>
              </li>
            ))}
          </ul>
        )}
        {d.warnings.length > shown && <p className="small quiet">{t("more", { n: d.warnings.length - shown })}</p>}
        <p className="small quiet">{t("limits")}</p>
      </div>
    </Card>
  );
}

export function Changes({ d }: { d: Data }) {
  const t = reportWords.use();
  const { lang } = useWords();
  return (
    <Card title={t("changes")}>
      {d.changes.length === 0 ? <p>{t("noChanges")}</p> : (
        <ul className="wr-list">
          {d.changes.slice(0, shown).map((c) => <li key={c.work}><A to={`/works/${c.work}`}>{say(c.title, lang)}</A><What c={c} /></li>)}
        </ul>
      )}
      {d.changes.length > shown && <p className="small quiet">{t("more", { n: d.changes.length - shown })}</p>}
    </Card>
  );
}

function What({ c }: { c: Change }) {
  const t = reportWords.use();
  const { lang } = useWords();
  const percent = (v: string | number | null) => (v === null ? t("unsaid") : formatPercent(Number(v), lang));
  const out: string[] = [];
  if (c.new) out.push(t("changedNew"));
  if (c.percent) out.push(t("changedPercent", { from: percent(c.percent.from), to: percent(c.percent.to) }));
  for (const s of c.steps) out.push(t("changedStep", { step: say(s.name, lang), on: s.on ? formatDate(s.on, lang) : "" }));
  let before = c.deadline_before;
  for (const x of c.deadlines) {
    out.push(t("changedDeadline", { from: before ? formatDate(before, lang) : t("unsaid"), to: formatDate(x.to, lang) }) + (x.reason ? ` (${x.reason})` : ""));
    before = x.to;
  }
  if (c.money.length > 0) out.push(t("changedMoney", { n: c.money.length }));
  return <span>{out.join("; ")}</span>;
}

export function Table({ d }: { d: Data }) {
  const t = reportWords.use();
  if (d.works.length === 0) return <p className="note">{t("none")}</p>;
  return (
    <Card title={t("table")}>
      <div className="table-box" tabIndex={0} role="region" aria-label={t("table")}>
        <table className="table">
          <thead><tr><th scope="col">{t("name")}</th><th scope="col">{t("place")}</th><th scope="col" className="r">{t("percent")}</th><th scope="col">{t("deadline")}</th><th scope="col" className="r">{t("steps")}</th><th scope="col" className="r">{t("cost")}</th><th scope="col" className="r">{t("paid")}</th></tr></thead>
          <tbody>{d.works.slice(0, shown).map((w) => <Line key={w.id} w={w} />)}</tbody>
        </table>
      </div>
      {d.works.length > shown && <p className="small quiet">{t("more", { n: d.works.length - shown })}</p>}
    </Card>
  );
}

function Line({ w }: { w: Row }) {
  const t = reportWords.use();
  const words = useWords();
  return (
    <tr>
      <th scope="row"><A to={`/works/${w.id}`}>{say(w.title, words.lang)}</A></th>
      <td>{words.place(w.place)}</td>
      <td className="r">{w.percent === null ? <span className="quiet">{t("unsaid")}</span> : formatPercent(Number(w.percent), words.lang)}{w.doubt && <> <span className="tag tag-wait">{t(`doubt_${w.doubt}`)}</span></>}</td>
      <td>{w.deadline ? formatDateShort(w.deadline, words.lang) : <span className="quiet">{t("unsaid")}</span>}{w.days_late > 0 && <> <span className="tag tag-late">{t("daysLate", { n: w.days_late })}</span></>}</td>
      <td className="r">{w.steps} / 6</td>
      <td className="r"><Money m={w.money.cost} /></td>
      <td className="r"><Money m={w.money.paid} /></td>
    </tr>
  );
}
