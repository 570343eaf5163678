// Works in the words of the API, and the names that they use.
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { get } from "./client.ts";
import type { components } from "./schema.ts";

type Schemas = components["schemas"];

export type WorkPage = Schemas["WorkPage"];
export type WorkRow = Schemas["WorkRow"];
export type WorkLine = Schemas["WorkLine"];
export type WorkMoney = Schemas["WorkMoney"];
export type WorkRecord = Schemas["WorkRecord"];
export type WorkBaseline = Schemas["WorkBaseline"];
export type WorkTerms = Schemas["WorkTerms"];
export type WorkForecast = Schemas["WorkForecast"];
export type WorkStage = Schemas["WorkStage"];
export type WorkYield = Schemas["Yield"];
export type Stated = Schemas["Stated"];
export type LineInput = Schemas["LineInput"];
export type CurvePoint = Schemas["CurvePoint"];

/** Sources of money, stages, steps and templates; the same on every page and day. */
export function useWorkTerms(): UseQueryResult<WorkTerms, Error> {
  const url = "/api/work-terms";
  return useQuery<WorkTerms, Error>({ queryKey: [url], queryFn: ({ signal }) => get<WorkTerms>(url, signal), staleTime: 10 * 60_000 });
}
