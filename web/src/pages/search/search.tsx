// Everything that a text finds, in any spelling and script.
import { useRef, useState } from "react";
import { useApi } from "../../api/queries.ts";
import type { Hit, List } from "../../api/types.ts";
import { say } from "../../format/text.ts";
import { define } from "../../i18n/define.ts";
import { common } from "../../i18n/words.ts";
import { A, useSearchParams, useSetSearch } from "../../route.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { hitPath } from "../../ui/hit.ts";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { pauseMs } from "../../ui/search-box.tsx";
import { useWords } from "../../words.tsx";
import "./search.css";

export const searchWords = define({
  lead: [
    "Қазақша, орысша, ағылшынша; кириллица не латын әрпімен, қазақ әріптерінсіз де табылады.",
    "По-казахски, по-русски, по-английски; кириллицей или латиницей, и без казахских букв.",
    "In Kazakh, Russian or English; in Cyrillic or Latin letters, with or without the Kazakh ones.",
  ],
  found: ["Табылғаны: {n}", "Найдено: {n}", "Found: {n}"],
  nothing: ["«{q}» бойынша ештеңе табылмады. Сөздің бір бөлігін жазып көріңіз.", "По запросу «{q}» ничего не найдено. Попробуйте часть слова.", "Nothing was found for “{q}”. Try a part of the word."],
} as const);

export default function SearchPage() {
  const t = searchWords.use();
  const c = common.use();
  const words = useWords();
  const s = useSearchParams();
  const set = useSetSearch();
  const [typed, setTyped] = useState<string | null>(null);
  const timer = useRef(0);
  const q = s.q ?? "";
  usePageTitle(c("search"));
  const type = (v: string) => {
    setTyped(v);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => set({ q: v.trim() || undefined }, true), pauseMs);
  };
  const found = useApi<List<Hit>>(q ? "/search" : "", { q });
  const hits = q ? (found.data?.items ?? []) : [];
  return (
    <>
      <PageHead title={c("search")}>
        <p className="lead">{t("lead")}</p>
        <input className="input search-big" type="search" aria-label={c("search")} placeholder={c("searchHint")} maxLength={200} value={typed ?? q} onChange={(e) => type(e.target.value)} onBlur={() => setTyped(null)} />
        <p className="small quiet" role="status">{q && found.data ? t("found", { n: hits.length }) : ""}</p>
      </PageHead>
      {found.error && <Failure inner error={found.error} retry={() => void found.refetch()} />}
      {q && !found.data && !found.error && <Waiting rows={8} />}
      {q && found.data && (
        <Card>
          {hits.length === 0 ? <p>{t("nothing", { q })}</p> : (
            <ul className="plist hits">
              {hits.map((h) => {
                const to = hitPath(h);
                return (
                  <li key={`${h.type}${h.id}`}>
                    <A to={to.path} search={to.search} className="prow-title">{say(h.title, words.lang) || h.id}</A>
                    <span className="small quiet">{c(to.word)}{h.place && h.place !== words.root ? ` · ${words.place(h.place)}` : ""}</span>
                  </li>
                );
              })}
            </ul>
          )}
        </Card>
      )}
    </>
  );
}
