// The filter of the portfolio as it stands in the address.
import type { Params } from "../../api/client.ts";
import { useSearchParams, type Search, type SearchKey } from "../../route.tsx";

/** The parts of the filter that a reader can take away at once. */
export const filterKeys = ["place", "level", "kind", "phase", "source", "office", "parent", "question", "service", "watch", "q"] as const satisfies readonly SearchKey[];

export const views = ["table", "gantt", "map", "curve", "matrix"] as const;
export type View = (typeof views)[number];

export function viewOf(s: Search): View {
  return views.find((v) => v === s.view) ?? "table";
}

/** What the API is asked for. */
export function filterOf(s: Search): Params {
  return Object.fromEntries(filterKeys.map((k) => [k, s[k]]));
}

export function useWorkFilter(): Params {
  return filterOf(useSearchParams());
}

/** How many works a page of a list has. */
export const pageSize = 100;

/** The number of the page in the address, from 1. */
export function pageOf(s: Search): number {
  const n = Number(s.page);
  return Number.isInteger(n) && n > 1 && n < 10_000 ? n : 1;
}
