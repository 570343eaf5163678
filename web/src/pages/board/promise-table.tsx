// Every promise in one table. The filters stand in the address, so a view can
// be sent as a link, and the server applies them.
import { useMemo, useState } from "react";
import type { Board, Promise as Item } from "../../api/types.ts";
import { compare, sortBy } from "../../format/collate.ts";
import { say } from "../../format/text.ts";
import { common, type CommonKey } from "../../i18n/words.ts";
import { useSearchParams, useSetSearch, type SearchKey } from "../../route.tsx";
import { Downloads } from "../../ui/download.tsx";
import { Waiting } from "../../ui/failure.tsx";
import { Card } from "../../ui/page.tsx";
import { PromiseRows, sortPromises } from "../../ui/promise-rows.tsx";
import { useOrder } from "../../ui/sortable.tsx";
import { promiseColumns } from "../../ui/promise-rows.tsx";
import { useWords } from "../../words.tsx";
import { boardWords } from "./words.ts";

const shownAtFirst = 15;
const dues = ["overdue", "not_yet", "no_date", "done"] as const;
const proofs = ["confirmed", "partly", "old", "none", "contradicted"] as const;

export function PromiseTable({ promises, board }: { promises: Item[] | undefined; board: Board }) {
  const t = boardWords.use();
  const c = common.use();
  const words = useWords();
  const s = useSearchParams();
  const order = useOrder(promiseColumns);
  const filters = { place: s.place, theme: s.theme, due: s.due, evidence: s.evidence };
  const [all, setAll] = useState(false);
  const narrowed = Boolean(s.place || s.theme || s.due || s.evidence);
  const rows = useMemo(() => promises && sortPromises(promises, order, words), [promises, order, words]);
  return (
    <Card id="all" title={t("allPromises")} aside={<Downloads path="/promises" params={filters} />}>
      <Filters board={board} />
      <p className="small quiet table-count" role="status">{rows ? c("promisesN", { n: rows.length }) : c("loading")}</p>
      {rows ? rows.length > 0 ? <PromiseRows promises={all || narrowed ? rows : rows.slice(0, shownAtFirst)} order={order} /> : <p className="note">{c("noMatch")}</p> : <Waiting rows={8} />}
      {rows && !narrowed && rows.length > shownAtFirst && (
        <button type="button" className="button plist-more no-print" aria-expanded={all} onClick={() => setAll(!all)}>{all ? c("showLess") : c("showAll", { n: rows.length })}</button>
      )}
    </Card>
  );
}

function Filters({ board }: { board: Board }) {
  const c = common.use();
  const words = useWords();
  const s = useSearchParams();
  const set = useSetSearch();
  const places = sortBy(words.lang, words.regions(), (p) => say(p.name, words.lang)).map((p): [string, string] => [p.code, say(p.name, words.lang)]);
  const themes = [...new Set(board.promises.map((p) => p.theme))].map((x): [string, string] => [x, words.theme(x)]).sort((a, b) => compare(words.lang, a[1], b[1]));
  const active = Boolean(s.place || s.theme || s.due || s.evidence);
  return (
    <div className="filters no-print">
      <Choice name="place" label={c("region")} options={places} extra={s.place ? words.place(s.place) : undefined} />
      <Choice name="theme" label={c("themeOf")} options={themes} />
      <Choice name="due" label={c("due")} options={dues.map((x) => [x, c(`due_${x}` as CommonKey)])} />
      <Choice name="evidence" label={c("evidence")} options={proofs.map((x) => [x, c(`evidence_${x}` as CommonKey)])} />
      {active && (
        <button type="button" className="button" onClick={() => set({ place: undefined, theme: undefined, due: undefined, evidence: undefined })}>
          {c("reset")}
        </button>
      )}
    </div>
  );
}

/** A filter with few values, kept in the address. */
function Choice({ name, label, options, extra }: { name: SearchKey; label: string; options: [value: string, text: string][]; extra?: string }) {
  const c = common.use();
  const s = useSearchParams();
  const set = useSetSearch();
  const now = s[name] ?? "";
  return (
    <label className="field">
      <span>{label}</span>
      <select className="input" value={now} onChange={(e) => set({ [name]: e.target.value || undefined })}>
        <option value="">{c("all")}</option>
        {now && !options.some(([v]) => v === now) && <option value={now}>{extra ?? now}</option>}
        {options.map(([v, text]) => <option key={v} value={v}>{text}</option>)}
      </select>
    </label>
  );
}
