// The works of a filter as a dense table, a page at a time.
import type { WorkList, WorkRow } from "../../api/portfolio.ts";
import { useTerms } from "../../api/portfolio.ts";
import { formatDateShort } from "../../format/date.ts";
import { say } from "../../format/text.ts";
import { common } from "../../i18n/words.ts";
import { A, useSearchParams, useSetSearch } from "../../route.tsx";
import { Downloads } from "../../ui/download.tsx";
import { Card } from "../../ui/page.tsx";
import { readOrder, SortHead } from "../../ui/sortable.tsx";
import { Amount, PercentBar, PhaseTag } from "../../ui/works-parts.tsx";
import { worksWords, type WorksKey } from "../../ui/works-words.ts";
import { useWords } from "../../words.tsx";
import { pageOf, pageSize, useWorkFilter } from "./filter.ts";
import { portfolioWords } from "./words.ts";

export const columns = ["title", "phase", "percent", "deadline", "p80", "cost", "last_word"] as const;

export function WorksTable({ list }: { list: WorkList }) {
  const t = portfolioWords.use();
  const c = common.use();
  const w = worksWords.use();
  const order = readOrder(useSearchParams().sort, columns);
  const filter = useWorkFilter();
  return (
    <Card>
      <div className="chart-head no-print">
        <Pages list={list} />
        <Downloads path="/works" params={{ ...filter, sort: order?.key, desc: order?.down }} />
      </div>
      {list.items.length === 0 ? <p className="note">{c("noMatch")}</p> : (
        <div className="table-box" tabIndex={0} role="region" aria-label={t("view_table")}>
          <table className="table folds pf-table">
            <thead>
              <tr>
                <SortHead col="title" order={order}>{t("col_title")}</SortHead>
                <SortHead col="phase" order={order}>{t("phaseOf")}</SortHead>
                <SortHead col="percent" order={order}>{t("col_percent")}</SortHead>
                <th scope="col">{t("col_next")}</th>
                <SortHead col="deadline" order={order}>{c("deadline")}</SortHead>
                <SortHead col="p80" order={order}>{t("col_p80")}</SortHead>
                <SortHead col="cost" order={order} right>{w("money_cost")}</SortHead>
                <SortHead col="last_word" order={order}>{t("col_word")}</SortHead>
                <th scope="col">{t("col_questions")}</th>
              </tr>
            </thead>
            <tbody>{list.items.map((r) => <Row key={r.id} r={r} />)}</tbody>
          </table>
        </div>
      )}
      {list.total > pageSize && <Pages list={list} below />}
    </Card>
  );
}

function Row({ r }: { r: WorkRow }) {
  const t = portfolioWords.use();
  const c = common.use();
  const w = worksWords.use();
  const words = useWords();
  const terms = useTerms();
  return (
    <tr>
      <th scope="row">
        <A to={`/works/${r.id}`} className="plain-link">{say(r.title, words.lang)}</A>
        <span className="small quiet pf-under">
          {r.level !== "project" && <>{w(`level_${r.level}` as WorksKey)} · </>}
          {words.placeShort(r.place)} · {w(`kind_${r.kind}` as WorksKey)}
          {r.units > 1 && <> · {w("sitesN", { n: r.units })}</>}
          {r.parts > 0 && <> · <A to="/works" search={{ parent: r.id }}>{t("partsN", { n: r.parts })}</A></>}
          {r.synthetic && <> · {c("synthetic")}</>}
        </span>
      </th>
      <td data-label={t("phaseOf")}><PhaseTag phase={r.phase} /></td>
      <td data-label={t("col_percent")}><PercentBar row={r} byStages={t("byStages")} /></td>
      <td data-label={t("col_next")}>{r.opened ? formatDateShort(r.opened, words.lang) : <>{r.next_step ? say(terms.data?.steps[r.next_step], words.lang) : ""}{r.steps > 0 && <span className="small quiet pf-under">{t("stepsN", { n: r.steps })}</span>}</>}</td>
      <td data-label={c("deadline")}>
        {r.deadline ? <span className="nums">{formatDateShort(r.deadline, words.lang)}</span> : <span className="unknown">{c("noDate")}</span>}
        {r.first_deadline && r.first_deadline !== r.deadline && <span className="small quiet pf-under">{t("firstDate", { date: formatDateShort(r.first_deadline, words.lang) })}</span>}
        {r.days_late > 0 && <span className="small late-text pf-under">{w("daysLateN", { n: r.days_late })}</span>}
      </td>
      <td data-label={t("col_p80")} title={t("p80Hint")}>{r.forecast?.p80 ? <span className="nums">{formatDateShort(r.forecast.p80, words.lang)}</span> : <span className="quiet"><span aria-hidden="true">—</span><span className="sr">{c("unknown")}</span></span>}</td>
      <td data-label={w("money_cost")} className="r">
        <Amount of={r.money.cost} />
        {r.money.paid && <span className="small quiet pf-under">{t("paidOf")} <Amount of={r.money.paid} /></span>}
      </td>
      <td data-label={t("col_word")}>{r.last_word ? <span className="nums">{formatDateShort(r.last_word, words.lang)}</span> : <span className="quiet"><span aria-hidden="true">—</span><span className="sr">{c("notSaid")}</span></span>}</td>
      <td data-label={t("col_questions")}>{r.questions.length > 0 ? <Questions rules={r.questions} /> : <span className="quiet">0</span>}</td>
    </tr>
  );
}

function Questions({ rules }: { rules: string[] }) {
  const w = worksWords.use();
  return <ul className="pf-rules">{rules.map((q) => <li key={q} className="small">{w(`rule_${q}` as WorksKey)}</li>)}</ul>;
}

/** Which part of the list is shown, and the way to the others. */
export function Pages({ list, below }: { list: WorkList; below?: boolean }) {
  const t = portfolioWords.use();
  const s = useSearchParams();
  const set = useSetSearch();
  const page = pageOf(s);
  const from = Math.min(list.total, (page - 1) * pageSize + 1);
  const to = (n: number) => set({ page: n > 1 ? String(n) : undefined });
  const Box = below ? "div" : "nav"; // one landmark is enough
  return (
    <Box className="row no-print" aria-label={below ? undefined : t("pages")}>
      <span className="small quiet">{t("shownN", { from, to: Math.min(list.total, page * pageSize), total: list.total })}</span>
      {page > 1 && <button type="button" className="button button-small" onClick={() => to(page - 1)}>{t("prev")}</button>}
      {page * pageSize < list.total && <button type="button" className="button button-small" onClick={() => to(page + 1)}>{t("next")}</button>}
    </Box>
  );
}
