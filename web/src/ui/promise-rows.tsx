// Promises as a table; on a phone each becomes a card.
import type { Promise as Item } from "../api/types.ts";
import { compare } from "../format/collate.ts";
import { formatDateShort, formatPeriod } from "../format/date.ts";
import { say } from "../format/text.ts";
import { common } from "../i18n/words.ts";
import { A } from "../route.tsx";
import { useWords, type Words } from "../words.tsx";
import { Fig } from "./figure.tsx";
import { SortHead, type Order } from "./sortable.tsx";
import { DaysTag, EvidenceTag } from "./state.tsx";

export const promiseColumns = ["title", "place", "deadline", "target", "delivered", "due", "evidence", "word"] as const;
export type PromiseColumn = (typeof promiseColumns)[number];

/** Unknown values stand last in either direction. */
function by<V>(get: (p: Item) => V | null | undefined, cmp: (a: V, b: V) => number, down: boolean) {
  return (a: Item, b: Item) => {
    const x = get(a);
    const y = get(b);
    if (x == null || y == null) return (x == null ? 1 : 0) - (y == null ? 1 : 0);
    return down ? cmp(y, x) : cmp(x, y);
  };
}

const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const number = (a: number, b: number) => a - b;

export function sortPromises(list: Item[], order: Order<PromiseColumn> | undefined, words: Words): Item[] {
  if (!order) return list;
  const { key, down } = order;
  const name = (a: string, b: string) => compare(words.lang, a, b);
  const rules: Record<PromiseColumn, (a: Item, b: Item) => number> = {
    title: by((p) => say(p.title, words.lang), name, down),
    place: by((p) => words.placeShort(p.place), name, down),
    deadline: by((p) => p.deadline, text, down),
    target: by((p) => p.target.value, number, down),
    delivered: by((p) => p.delivered?.value, number, down),
    due: by((p) => (p.days_overdue !== null ? -p.days_overdue : p.days_left), number, down),
    evidence: by((p) => ["confirmed", "partly", "old", "none", "contradicted"].indexOf(p.evidence), number, down),
    word: by((p) => p.last_word, text, down),
  };
  return [...list].sort(rules[key]);
}

export function PromiseRows({ promises, order, fixed }: { promises: Item[]; order?: Order<PromiseColumn>; fixed?: boolean }) {
  const words = useWords();
  const t = common.use();
  const heads: [PromiseColumn, string, boolean?][] = [
    ["title", t("promise")], ["place", t("place")], ["target", t("target"), true], ["delivered", t("delivered"), true], ["deadline", t("deadline")], ["due", t("due")], ["evidence", t("evidence")],
  ];
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={t("promises")}>
      <table className="table folds promises">
        <thead>
          <tr>{heads.map(([k, label, right]) => (fixed ? <th key={k} scope="col" className={right ? "r" : undefined}>{label}</th> : <SortHead key={k} col={k} order={order} right={right}>{label}</SortHead>))}</tr>
        </thead>
        <tbody>
          {promises.map((p) => {
            const title = say(p.title, words.lang);
            return (
              <tr key={p.id} className={p.part_of ? "is-part" : undefined}>
                <th scope="row"><A to={`/promises/${p.id}`} className="plain-link strong">{title}</A></th>
                <td data-label={t("place")}><A to={`/places/${p.place}`} className="plain-link">{words.placeShort(p.place)}</A></td>
                <td className="r" data-label={t("target")}>{p.target.value === null ? <span className="quiet">{t("pkind_order")}</span> : <Fig id={p.target.figure} value={p.target.value} qualifier={p.target.qualifier} unit={p.unit} noun={p.noun} what={title} />}</td>
                <td className="r" data-label={t("delivered")}>
                  {p.delivered ? <Fig id={p.delivered.figure} value={p.delivered.value} qualifier={p.delivered.qualifier} unit={p.unit} noun={p.noun} bare what={title} /> : p.progress ? <><span className="unknown">{t("unknown")}</span><span className="small quiet"> · {t("readiness")} <Fig id={p.progress.figure} value={p.progress.value} qualifier={p.progress.qualifier} unit="percent" what={title} /></span></> : <span className="unknown">{t("unknown")}</span>}
                </td>
                <td className="nums" data-label={t("deadline")}>{p.deadline ? formatDateShort(p.deadline, words.lang) : p.period ? <span className="quiet">{formatPeriod(p.period, words.lang)}</span> : <span className="quiet">—</span>}</td>
                <td data-label={t("due")}><DaysTag p={p} /></td>
                <td data-label={t("evidence")}><EvidenceTag evidence={p.evidence} /></td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
