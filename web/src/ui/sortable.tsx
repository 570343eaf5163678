// Order of a table, kept in the address as ?sort=column or ?sort=-column.
import { common } from "../i18n/words.ts";
import { useSearchParams, useSetSearch } from "../route.tsx";

export interface Order<K extends string> {
  key: K;
  down: boolean;
}

export function readOrder<K extends string>(text: string | undefined, keys: readonly K[]): Order<K> | undefined {
  const down = text?.startsWith("-") ?? false;
  const key = keys.find((k) => k === (down ? text?.slice(1) : text));
  return key ? { key, down } : undefined;
}

export function useOrder<K extends string>(keys: readonly K[]): Order<K> | undefined {
  return readOrder(useSearchParams().sort, keys);
}

/** The head of a column that sorts: up, down, and back to the order of the server. */
export function SortHead<K extends string>({ col, order, children, right }: { col: K; order: Order<K> | undefined; children: string; right?: boolean }) {
  const set = useSetSearch();
  const t = common.use();
  const on = order?.key === col;
  const next = !on ? col : order.down ? undefined : `-${col}`;
  return (
    <th scope="col" className={right ? "r" : undefined} aria-sort={on ? (order.down ? "descending" : "ascending") : undefined}>
      <button type="button" className="sort" onClick={() => set({ sort: next })} title={on ? t("sorted") : undefined}>
        {children}
        <span aria-hidden="true">{on ? (order.down ? "↓" : "↑") : ""}</span>
      </button>
    </th>
  );
}
