// The register of devices: how far a purchase is, what needs attention, and all
// devices of a filter.
import { useRef, useState } from "react";
import type { EquipmentGroup, EquipmentList, EquipmentRow } from "../../api/equipment.ts";
import { useApi, useSession } from "../../api/queries.ts";
import type { Params } from "../../api/client.ts";
import { sortBy } from "../../format/collate.ts";
import { formatDateShort } from "../../format/date.ts";
import { formatMoney, formatNumber } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { common } from "../../i18n/words.ts";
import { A, useSearchParams, useSetSearch, type Search, type SearchKey } from "../../route.tsx";
import { Downloads } from "../../ui/download.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { readOrder, SortHead } from "../../ui/sortable.tsx";
import { useWords } from "../../words.tsx";
import { deviceEditWords } from "./edit-words.ts";
import { Funnel, StateTag, useNames } from "./parts.tsx";
import { equipmentWords } from "./words.ts";

const columns = ["name", "facility", "state", "due", "warranty", "price"] as const;
const pageSize = 100;
const soon = 90;
const filterKeys = ["place", "facility", "work", "item", "group", "state", "watch", "q"] as const satisfies readonly SearchKey[];

function dayAfter(day: string, n: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);
}

/** What the API is asked for. */
export function filterOf(s: Search, today: string): Params {
  const { watch, ...rest } = Object.fromEntries(filterKeys.map((k) => [k, s[k]])) as Record<(typeof filterKeys)[number], string | undefined>;
  return { ...rest, due_before: watch === "due" ? today : undefined, warranty_before: watch === "warranty" && today ? dayAfter(today, soon) : undefined };
}

const pageOf = (s: Search) => Math.max(1, Math.floor(Number(s.page)) || 1);

export default function EquipmentListPage() {
  const t = equipmentWords.use();
  const e = deviceEditWords.use();
  const s = useSearchParams();
  const session = useSession().data;
  const today = s.as_of ?? session?.today ?? "";
  const filter = filterOf(s, today);
  const order = readOrder(s.sort, columns);
  const q = useApi<EquipmentList>("/equipment", { ...filter, sort: order?.key, desc: order?.down, offset: (pageOf(s) - 1) * pageSize, limit: pageSize });
  usePageTitle(t("title"));
  return (
    <>
      <PageHead title={t("title")}>
        <p className="lead">{t("lead")}</p>
        <p className="row"><A to="/works">{t("works")}</A>{q.data?.may?.includes("manage_works") && <><A to="/equipment/import">{t("toImport")}</A><A to="/equipment/new">{e("make")}</A></>}</p>
      </PageHead>
      {q.error && <Failure inner error={q.error} retry={() => void q.refetch()} />}
      {!q.data && !q.error && <Waiting rows={14} />}
      {q.data && (
        <div className="stack">
          <Card title={t("funnel")}>
            {q.data.sums.named === 0 && !q.data.purchase ? <p className="note">{t("none")}</p> : <Funnel sums={q.data.sums} purchase={q.data.purchase} search={{ work: s.work }} />}
          </Card>
          <Watch list={q.data} />
          <Filters list={q.data} />
          <Table list={q.data} filter={filter} />
          <Groups title={t("byFacility")} list={q.data.by_facility ?? []} col="facility" head={t("facility")} empty={t("noFacility")} />
          <Groups title={t("byRegion")} list={q.data.by_region ?? []} col="place" head={t("placeOf")} empty="" />
          <Groups title={t("byItem")} list={q.data.by_item ?? []} col="item" head={t("itemOf")} empty="" />
        </div>
      )}
    </>
  );
}

/** What needs attention; each number is a filter. */
function Watch({ list }: { list: EquipmentList }) {
  const t = equipmentWords.use();
  const words = useWords();
  const s = useSearchParams();
  const set = useSetSearch();
  const now = (state: string) => list.sums.states?.find((x) => x.state === state)?.now ?? 0;
  const counts = [
    { key: "down", n: now("down"), on: s.state === "down", to: { state: s.state === "down" ? undefined : "down" } },
    { key: "due", n: list.sums.overdue, on: s.watch === "due", to: { watch: s.watch === "due" ? undefined : "due" } },
    { key: "warranty", n: list.sums.warranty_ending, on: s.watch === "warranty", to: { watch: s.watch === "warranty" ? undefined : "warranty" } },
  ] as const;
  return (
    <section aria-label={t("watch")} className="stack-s">
      <ul className="eq-counts">
        {counts.map((c) => (
          <li key={c.key}>
            <button type="button" className={`eq-count ${c.key !== "warranty" && c.n > 0 ? "eq-late" : ""}`} aria-pressed={c.on} onClick={() => set({ ...c.to, page: undefined })}>
              <strong>{formatNumber(c.n, words.lang)}</strong><span>{t(`watch_${c.key}`)}</span>
            </button>
          </li>
        ))}
        <li><div className="eq-count"><strong>{formatNumber(list.sums.unsaid, words.lang)}</strong><span>{t("watch_unsaid")}</span></div></li>
        <li><div className="eq-count"><strong>{formatMoney(list.sums.price, words.currency, words.lang)}</strong><span>{t("price")}</span>{list.sums.unpriced > 0 && <span className="small">{t("unpricedN", { n: list.sums.unpriced })}</span>}</div></li>
      </ul>
      {list.sums.plans_assumed > 0 && <p className="small quiet">{t("assumedN", { n: list.sums.plans_assumed })}</p>}
    </section>
  );
}

function Filters({ list }: { list: EquipmentList }) {
  const t = equipmentWords.use();
  const c = common.use();
  const names = useNames();
  const words = useWords();
  const s = useSearchParams();
  const set = useSetSearch();
  const regions = sortBy(words.lang, (list.by_region ?? []).map((g) => ({ code: g.code, text: words.place(g.code) })), (x) => x.text);
  const items = sortBy(words.lang, (list.by_item ?? []).map((g) => ({ code: g.code, text: say(g.name, words.lang) })), (x) => x.text);
  const pick = (key: SearchKey, label: string, options: { code: string; text: string }[], name: (code: string) => string) => (
    <label className="field">
      <span>{label}</span>
      <select className="input" value={s[key] ?? ""} onChange={(e) => set({ [key]: e.target.value || undefined, page: undefined })}>
        <option value="">{c("all")}</option>
        {s[key] && !options.some((o) => o.code === s[key]) && <option value={s[key]}>{name(s[key] ?? "")}</option>}
        {options.map((o) => <option key={o.code} value={o.code}>{o.text}</option>)}
      </select>
    </label>
  );
  const named = (codes: { code: string; name: Record<string, string> }[] | null | undefined) => (codes ?? []).map((x) => ({ code: x.code, text: say(x.name, words.lang) }));
  return (
    <Card className="no-print">
      <div className="filters" role="search" aria-label={t("filters")}>
        <Search />
        {pick("place", t("placeOf"), regions, (p) => words.place(p))}
        {pick("state", t("stateOf"), named(names.catalogue?.states), names.state)}
        {pick("group", t("groupOf"), named(names.catalogue?.groups), names.group)}
        {pick("item", t("itemOf"), items, names.item)}
      </div>
      {filterKeys.some((k) => s[k]) && (
        <p className="row eq-promised">
          {s.work && <span className="tag tag-brand">{t("work")}: {s.work}</span>}
          {s.facility && <span className="tag tag-brand">{say(list.by_facility?.find((g) => g.code === s.facility)?.name, words.lang) || s.facility}</span>}
          {(s.watch === "due" || s.watch === "warranty") && <span className="tag tag-brand">{t(`watch_${s.watch}`)}</span>}
          <button type="button" className="button button-small" onClick={() => set(Object.fromEntries([...filterKeys, "page"].map((k) => [k, undefined])))}>{c("reset")}</button>
        </p>
      )}
    </Card>
  );
}

/** The words go into the address when the reader rests. */
function Search() {
  const t = equipmentWords.use();
  const s = useSearchParams();
  const set = useSetSearch();
  const [text, setText] = useState(s.q ?? "");
  const [seen, setSeen] = useState(s.q);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (seen !== s.q) { // another part of the page changed the address
    setSeen(s.q);
    if (text.trim() !== (s.q ?? "")) setText(s.q ?? "");
  }
  const typed = (v: string) => {
    setText(v);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => set({ q: v.trim() || undefined, page: undefined }, true), 350);
  };
  return (
    <label className="field">
      <span>{t("wordsOf")}</span>
      <input className="input" type="search" value={text} maxLength={200} onChange={(e) => typed(e.target.value)} />
    </label>
  );
}

function Table({ list, filter }: { list: EquipmentList; filter: Params }) {
  const t = equipmentWords.use();
  const c = common.use();
  const s = useSearchParams();
  const set = useSetSearch();
  const order = readOrder(s.sort, columns);
  const words = useWords();
  const page = pageOf(s);
  const facilities = new Map((list.by_facility ?? []).map((g) => [g.code, say(g.name, words.lang)]));
  return (
    <Card title={t("list")}>
      <div className="row">
        <nav className="row" aria-label={t("pages")}>
          <span className="small quiet">{t("shownN", { from: Math.min(list.total, (page - 1) * pageSize + 1), to: Math.min(list.total, page * pageSize), total: list.total })}</span>
          {page > 1 && <button type="button" className="button button-small" onClick={() => set({ page: page > 2 ? String(page - 1) : undefined })}>{t("prev")}</button>}
          {page * pageSize < list.total && <button type="button" className="button button-small" onClick={() => set({ page: String(page + 1) })}>{t("next")}</button>}
        </nav>
        <Downloads path="/equipment" params={filter} />
      </div>
      {(list.items ?? []).length === 0 ? <p className="note">{list.sums.named === 0 && !filterKeys.some((k) => s[k]) ? t("none") : c("noMatch")}</p> : (
        <div className="table-box" tabIndex={0} role="region" aria-label={t("list")}>
          <table className="table folds eq-table">
            <thead>
              <tr>
                <SortHead col="name" order={order}>{t("device")}</SortHead>
                <SortHead col="facility" order={order}>{t("facility")}</SortHead>
                <SortHead col="state" order={order}>{t("stateOf")}</SortHead>
                <SortHead col="due" order={order}>{t("service")}</SortHead>
                <SortHead col="warranty" order={order}>{t("warranty")}</SortHead>
                <SortHead col="price" order={order} right>{t("priceOf")}</SortHead>
              </tr>
            </thead>
            <tbody>{(list.items ?? []).map((r) => <Row key={r.id} r={r} day={list.as_of} facility={r.facility ? facilities.get(r.facility) || r.facility : ""} />)}</tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

function Row({ r, day, facility }: { r: EquipmentRow; day: string; facility: string }) {
  const t = equipmentWords.use();
  const c = common.use();
  const words = useWords();
  const names = useNames();
  const none = <span className="quiet"><span aria-hidden="true">—</span><span className="sr">{c("notSaid")}</span></span>;
  return (
    <tr>
      <th scope="row">
        <A to={`/equipment/${r.id}`} className="plain-link">{say(r.name, words.lang)}</A>
        <span className="small quiet eq-under">{[r.maker, r.model, r.serial && `№ ${r.serial}`].filter(Boolean).join(" · ")}{r.synthetic && <> · {c("synthetic")}</>}</span>
      </th>
      <td data-label={t("facility")} className="wide">{facility || none}<span className="small quiet eq-under">{words.placeShort(r.place)}</span></td>
      <td data-label={t("stateOf")}><StateTag state={r.state} />{r.since && <span className="small quiet eq-under">{t("since", { date: formatDateShort(r.since, words.lang) })}</span>}</td>
      <td data-label={t("service")}>
        {r.next_due ? <span className="nums">{formatDateShort(r.next_due, words.lang)}</span> : none}
        {r.next_service && <span className="small quiet eq-under">{names.service(r.next_service)}</span>}
        {r.overdue > 0 && <span className="small eq-late-text eq-under">{t("overdueN", { n: r.overdue })}</span>}
      </td>
      <td data-label={t("warranty")}>{r.warranty_to ? <span className="nums">{t(r.warranty_to < day ? "ended" : "until", { date: formatDateShort(r.warranty_to, words.lang) })}</span> : none}</td>
      <td data-label={t("priceOf")} className="r">{r.price === null ? <span className="unknown">{c("unknown")}</span> : <span className="nums">{formatMoney(r.price, words.currency, words.lang)}</span>}</td>
    </tr>
  );
}

function Groups({ title, list, col, head, empty }: { title: string; list: EquipmentGroup[]; col: SearchKey; head: string; empty: string }) {
  const t = equipmentWords.use();
  const words = useWords();
  if (list.length === 0) return null;
  const n = (v: number) => <span className="nums">{formatNumber(v, words.lang)}</span>;
  return (
    <Card>
      <details open={col === "facility"}>
        <summary><h2 className="eq-h">{title}</h2></summary>
        <div className="table-box" tabIndex={0} role="region" aria-label={title}>
          <table className="table folds">
            <thead><tr><th scope="col">{head}</th><th scope="col" className="r">{t("named")}</th><th scope="col" className="r">{t("inUse")}</th><th scope="col" className="r">{t("coming")}</th><th scope="col" className="r">{t("down")}</th><th scope="col" className="r">{t("late")}</th><th scope="col" className="r">{t("priceOf")}</th></tr></thead>
            <tbody>
              {list.map((g) => (
                <tr key={g.code}>
                  <th scope="row">{g.code ? <A to="/equipment" search={{ [col]: g.code }} className="plain-link">{say(g.name, words.lang) || g.code}</A> : empty}</th>
                  <td data-label={t("named")} className="r">{n(g.named)}</td>
                  <td data-label={t("inUse")} className="r">{n(g.in_use)}</td>
                  <td data-label={t("coming")} className="r">{n(g.coming)}</td>
                  <td data-label={t("down")} className="r">{n(g.down)}</td>
                  <td data-label={t("late")} className="r">{n(g.overdue)}</td>
                  <td data-label={t("priceOf")} className="r"><span className="nums">{formatMoney(g.price, words.currency, words.lang)}</span>{g.unpriced > 0 && <span className="small quiet eq-under">{t("unpricedN", { n: g.unpriced })}</span>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </Card>
  );
}
