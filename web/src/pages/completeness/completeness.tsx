// Who has reported: places by periods, the share, and who is silent.
import { useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { useApi } from "../../api/queries.ts";
import type { Completeness, CompleteCount, Report, TemplateList } from "../../api/types.ts";
import { formatDate, formatPeriod } from "../../format/date.ts";
import { formatPercent } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { A, useSearchParams, useSetSearch } from "../../route.tsx";
import { Combo } from "../../ui/combo.tsx";
import { Downloads } from "../../ui/download.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { usePlaceOptions } from "../../ui/options.ts";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { StateTag } from "../entry/state.tsx";
import { entryWords, type EntryKey } from "../entry/words.ts";
import { completeWords } from "./words.ts";
import "./completeness.css";

const signs: Record<string, string> = { on_time: "✓", late: "✓", missing: "✗", not_due: "·", none: "" };

export default function CompletenessPage() {
  const t = completeWords.use();
  const words = useWords();
  const s = useSearchParams();
  const set = useSetSearch();
  const places = usePlaceOptions();
  usePageTitle(t("title"));
  const templates = useApi<TemplateList>("/templates");
  const list = templates.data?.items ?? [];
  const template = s.template ?? list[0]?.code ?? "";
  const q = useApi<Completeness>(template ? "/completeness" : "", { template, place: s.place });
  return (
    <>
      <PageHead title={t("title")}><p className="lead">{t("lead")}</p></PageHead>
      <div className="stack">
        <Card>
          <div className="filters no-print">
            <label className="field">
              <span>{t("template")}</span>
              <select className="input" value={template} onChange={(e) => set({ template: e.target.value })}>
                {list.map((x) => <option key={x.code} value={x.code}>{say(x.name, words.lang)}</option>)}
              </select>
            </label>
            <Combo label={t("territory")} options={places} value={s.place ?? ""} empty={t("country")} onChange={(v) => set({ place: v || undefined })} />
            <Downloads path="/completeness" params={{ template, place: s.place }} />
          </div>
        </Card>
        {(q.error ?? templates.error) && <Failure inner error={(q.error ?? templates.error) as Error} retry={() => void q.refetch()} />}
        {!q.data && !q.error && !templates.error && <Waiting rows={10} />}
        {q.data && <Found m={q.data} />}
      </div>
    </>
  );
}

function Found({ m }: { m: Completeness }) {
  const t = completeWords.use();
  if (m.periods.length === 0 || m.rows.length === 0) return <p className="note">{t("nothing")}</p>;
  return (
    <>
      <Card title={t("sum")}><Sum c={m.all} /></Card>
      <Matrix m={m} />
      {m.below.length > 1 && m.below.length < m.rows.length && <Below m={m} />}
      <Silent m={m} />
    </>
  );
}

function Sum({ c }: { c: CompleteCount }) {
  const t = completeWords.use();
  const words = useWords();
  return (
    <dl className="sums">
      <div><dt>{t("share")}</dt><dd className="sum-big">{c.share === null ? "—" : formatPercent(Math.round(1000 * c.share) / 10, words.lang)}</dd></div>
      {([["expected", c.expected], ["onTime", c.on_time], ["late", c.late], ["missing", c.missing], ["notDue", c.not_due], ["published", c.published]] as const).map(([k, n]) => <div key={k}><dt>{t(k)}</dt><dd>{n}</dd></div>)}
    </dl>
  );
}

function share(c: CompleteCount, lang: "kk" | "ru" | "en"): string {
  return c.share === null ? "—" : formatPercent(Math.round(100 * c.share), lang);
}

function Matrix({ m }: { m: Completeness }) {
  const t = completeWords.use();
  const e = entryWords.use();
  const words = useWords();
  return (
    <Card title={t("matrix")} aside={<Legend />}>
      <div className="table-box" tabIndex={0} role="region" aria-label={t("matrix")}>
        <table className="table matrix">
          <thead>
            <tr>
              <th scope="col">{t("place")}</th>
              {m.periods.map((p) => <th key={p.period} scope="col" className="mc">{formatPeriod(p.period, words.lang)}<span className="mc-due">{t("due", { date: formatDate(p.due, words.lang) })}</span></th>)}
              <th scope="col" className="r">{t("share")}</th>
            </tr>
          </thead>
          <tbody>
            {m.rows.map((r) => (
              <tr key={r.place}>
                <th scope="row">{say(r.name, words.lang)}</th>
                {r.cells.map((c, i) => {
                  const p = m.periods[i]?.period ?? "";
                  if (c.state === "none") return <td key={p} className="mc"><span className="sr">{t("notAsked")}</span></td>;
                  const text = e(`state_${c.state}` as EntryKey, { n: c.days_late });
                  return (
                    <td key={p} className={`mc mc-${c.state}`}>
                      <A to={`/entry/${m.template}/${r.place}/${p}`} title={text} aria-label={`${say(r.name, words.lang)}, ${formatPeriod(p, words.lang)}: ${text}`}>
                        <span aria-hidden="true">{signs[c.state]}{c.days_late > 0 && <small> {c.days_late}</small>}</span>
                      </A>
                    </td>
                  );
                })}
                <td className="r">{share(r.count, words.lang)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t("share")}</th>
              {m.periods.map((p) => <td key={p.period} className="mc">{share(p.count, words.lang)}</td>)}
              <td className="r">{share(m.all, words.lang)}</td>
            </tr>
          </tfoot>
        </table>
      </div>
    </Card>
  );
}

function Legend() {
  const t = completeWords.use();
  return <p>✓ {t("onTime")} · ✓ 5 {t("legendLate")} · ✗ 5 {t("legendMissing")} · « · » {t("notDue")}</p>;
}

function Below({ m }: { m: Completeness }) {
  const t = completeWords.use();
  const words = useWords();
  const set = useSetSearch();
  return (
    <Card title={t("parts")}>
      <ul className="parts">
        {m.below.map((b) => (
          <li key={b.place}>
            <button type="button" className="linklike" onClick={() => set({ place: b.place })}>{say(b.name, words.lang)}</button>
            <span>{b.count.on_time + b.count.late} / {b.count.expected} · {share(b.count, words.lang)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Silent({ m }: { m: Completeness }) {
  const t = completeWords.use();
  const words = useWords();
  const client = useQueryClient();
  const [said, setSaid] = useState("");
  const [busy, setBusy] = useState(false);
  if (m.silent.length === 0) return <p className="note">{t("noneSilent")}</p>;
  const remind = async (list: Report[]) => {
    setBusy(true);
    let reminded = 0;
    try {
      for (const period of new Set(list.map((r) => r.period))) {
        const places = list.filter((r) => r.period === period).map((r) => r.place);
        const r = await fetch("/api/completeness/remind", { method: "POST", headers: { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() }, body: JSON.stringify({ template: m.template, period, places }) });
        if (!r.ok) throw new Error(((await r.json()) as { detail?: string }).detail ?? `HTTP ${r.status}`);
        reminded += ((await r.json()) as { reminded: number }).reminded;
      }
      setSaid(t("reminded", { n: reminded }));
      void client.invalidateQueries();
    } catch (e) {
      setSaid(e instanceof Error ? e.message : String(e));
    } finally {
      setBusy(false);
    }
  };
  const may = m.may.includes("ask");
  return (
    <Card title={`${t("silent")} · ${m.silent.length}`} aside={may && <button type="button" className="button button-small" disabled={busy} onClick={() => void remind(m.silent)}>{t("remindAll")}</button>}>
      <p role="status" className="small">{said}</p>
      <ul className="parts">
        {m.silent.map((r) => (
          <li key={r.place + r.period}>
            <span><strong>{r.office ? words.office(r.office) : say(r.place_name, words.lang)}</strong><br /><span className="small quiet">{say(r.place_name, words.lang)} · {formatPeriod(r.period, words.lang)}</span></span>
            <span className="row">
              <StateTag state={r.state} days={r.days_late} />
              {may && <button type="button" className="button button-small" disabled={busy} aria-label={`${t("remind")}: ${r.office ? words.office(r.office) : say(r.place_name, words.lang)}, ${formatPeriod(r.period, words.lang)}`} onClick={() => void remind([r])}>{t("remind")}</button>}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
