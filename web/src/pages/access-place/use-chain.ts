import type { UseQueryResult } from "@tanstack/react-query";
import { questionParams, type AccessChain } from "../../api/access.ts";
import { useApi } from "../../api/queries.ts";
import type { Search } from "../../route.tsx";

/** The minutes of a place for a question; without an id nothing is asked. */
export function useChain(id: string, question: Search): UseQueryResult<AccessChain, Error> {
  return useApi<AccessChain>(id ? `/access/places/${encodeURIComponent(id)}` : "", { ...questionParams(question), season: question.season ?? "summer" });
}
