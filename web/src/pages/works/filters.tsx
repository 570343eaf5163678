// The filter bar. Every choice tells how many works it would give.
import { useRef, useState } from "react";
import { useApi } from "../../api/queries.ts";
import type { FacetItem, WorkList, WorkRow } from "../../api/portfolio.ts";
import { useTerms } from "../../api/portfolio.ts";
import { sortBy } from "../../format/collate.ts";
import { say } from "../../format/text.ts";
import { common } from "../../i18n/words.ts";
import { useSearchParams, useSetSearch, type SearchKey } from "../../route.tsx";
import { Card } from "../../ui/page.tsx";
import { worksWords, type WorksKey } from "../../ui/works-words.ts";
import { useWords } from "../../words.tsx";
import { filterKeys } from "./filter.ts";
import { portfolioWords } from "./words.ts";

const phases = ["idea", "preparation", "procurement", "building", "finishing", "not_open", "declared_open", "open", "suspended", "cancelled"];
const typingMs = 350;

/** The name of a source of money; "" is money of which nobody said who pays. */
export function useSourceName(): (code: string) => string {
  const terms = useTerms();
  const words = useWords();
  const w = worksWords.use();
  return (code) => (code === "" ? w("unsaidSource") : say(terms.data?.sources.find((s) => s.code === code)?.name, words.lang) || code);
}

export function Filters({ list }: { list: WorkList }) {
  const t = portfolioWords.use();
  const w = worksWords.use();
  const c = common.use();
  const words = useWords();
  const s = useSearchParams();
  const set = useSetSearch();
  const source = useSourceName();
  const of = (name: string) => (list.facets[name] ?? []).filter((x) => x.code !== "");
  const named = (items: FacetItem[], name: (code: string) => string) => sortBy(words.lang, items.map((x) => ({ ...x, text: name(x.code) })), (x) => x.text);
  const inOrder = (items: FacetItem[]) => phases.flatMap((p) => items.filter((x) => x.code === p)).map((x) => ({ ...x, text: w(`phase_${x.code}` as WorksKey) }));
  const whole = useApi<{ row: WorkRow }>(s.parent ? `/works/${encodeURIComponent(s.parent)}` : "");
  const narrowed = filterKeys.some((k) => s[k]);
  return (
    <Card className="pf-filters no-print">
      <div className="filters" role="search" aria-label={t("filters")}>
        <Words />
        <Facet label={t("placeOf")} of="place" items={named(of("region"), (p) => words.place(p))} extra={(p) => words.place(p)} />
        <Facet label={t("phaseOf")} of="phase" items={inOrder(of("phase"))} />
        <Facet label={t("kindOf")} of="kind" items={named(of("kind"), (k) => w(`kind_${k}` as WorksKey))} />
        <Facet label={t("sourceOf")} of="source" items={named(of("source"), source)} extra={source} />
        <Facet label={t("questionOf")} of="question" items={named(of("question"), (r) => w(`rule_${r}` as WorksKey))} first={["any", t("anyQuestion")]} />
        <Facet label={t("officeOf")} of="office" items={named(of("office"), (o) => words.office(o))} extra={(o) => words.office(o)} />
        <label className="field">
          <span>{t("levelOf")}</span>
          <select className="input" value={s.level ?? ""} onChange={(e) => set({ level: e.target.value || undefined, page: undefined })}>
            <option value="">{t("levelUsual")}</option>
            {["programme", "project", "package"].map((l) => <option key={l} value={l}>{w(`level_${l}` as WorksKey)}</option>)}
            <option value="all">{t("levelAll")}</option>
          </select>
        </label>
      </div>
      {narrowed && (
        <p className="row pf-chosen">
          {s.parent && <span className="tag tag-brand">{t("within", { title: say(whole.data?.row.title, words.lang) || s.parent })}</span>}
          {s.watch && <span className="tag tag-brand">{t(`watch_${s.watch}` as "watch_late")}</span>}
          <button type="button" className="button button-small" onClick={() => set(Object.fromEntries([...filterKeys, "page"].map((k) => [k, undefined])))}>{c("reset")}</button>
        </p>
      )}
    </Card>
  );
}

interface FacetProps {
  label: string;
  of: SearchKey;
  items: (FacetItem & { text: string })[];
  /** A choice before those that are counted. */
  first?: [string, string];
  /** Names what is chosen and not among the counted. */
  extra?: (code: string) => string;
}

function Facet({ label, of, items, first, extra }: FacetProps) {
  const c = common.use();
  const s = useSearchParams();
  const set = useSetSearch();
  const value = s[of] ?? "";
  const known = value === "" || value === first?.[0] || items.some((x) => x.code === value);
  return (
    <label className="field">
      <span>{label}</span>
      <select className="input" value={value} onChange={(e) => set({ [of]: e.target.value || undefined, page: undefined })}>
        <option value="">{c("all")}</option>
        {first && <option value={first[0]}>{first[1]}</option>}
        {!known && <option value={value}>{extra?.(value) ?? value} (0)</option>}
        {items.map((x) => <option key={x.code} value={x.code}>{x.text} ({x.works})</option>)}
      </select>
    </label>
  );
}

/** The words go into the address when the reader rests. */
function Words() {
  const t = portfolioWords.use();
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
    timer.current = setTimeout(() => set({ q: v.trim() || undefined, page: undefined }, true), typingMs);
  };
  return (
    <label className="field">
      <span>{t("wordsOf")}</span>
      <input className="input" type="search" value={text} maxLength={200} onChange={(e) => typed(e.target.value)} />
    </label>
  );
}
