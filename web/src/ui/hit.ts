// Where a result of the search leads.
import type { Hit } from "../api/types.ts";
import type { CommonKey } from "../i18n/words.ts";
import type { Search } from "../route.tsx";

export interface HitTarget {
  path: string;
  search?: Search;
  word: CommonKey;
}

export function hitPath(h: Hit): HitTarget {
  switch (h.type) {
    case "promise":
      return { path: `/promises/${h.id}`, word: "promise" };
    case "place":
      return { path: `/places/${h.id}`, word: "place" };
    case "document":
      return { path: `/documents/${h.id}`, word: "document" };
    case "measure":
      return { path: "/figures", search: { measure: h.id }, word: "measure" };
    case "question":
      return { path: "/questions", search: { rule: h.id }, word: "questions" };
    case "facility":
      return { path: `/places/${h.place ?? ""}`, search: { show: h.id }, word: "facility" };
    default:
      return { path: `/figures/${h.id}`, word: "figures" };
  }
}
