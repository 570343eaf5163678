// The portfolio of works in the words of the API.
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { get } from "./client.ts";
import type { components } from "./schema.ts";

type Schemas = components["schemas"];

export type FacetItem = Schemas["FacetItem"];
export type MatrixPoint = Schemas["MatrixPoint"];
export type PortfolioCurve = Schemas["PortfolioCurve"];
export type PortfolioMap = Schemas["PortfolioMap"];
export type PortfolioMatrix = Schemas["PortfolioMatrix"];
export type PortfolioMoney = Schemas["PortfolioMoney"];
export type SourceYears = Schemas["SourceYears"];
export type Stated = Schemas["Stated"];
export type WorkBrief = Schemas["WorkBrief"];
export type WorkList = Schemas["WorkList"];
export type WorkMoney = Schemas["WorkMoney"];
export type WorkRow = Schemas["WorkRow"];
export type WorkSums = Schemas["WorkSums"];
export type WorksPoint = Schemas["WorksPoint"];
type Terms = Schemas["WorkTerms"];

/** Sources of money and steps of opening, the same on every page and day. */
export function useTerms(): UseQueryResult<Terms, Error> {
  const url = "/api/work-terms";
  return useQuery<Terms, Error>({ queryKey: [url], queryFn: ({ signal }) => get<Terms>(url, signal), staleTime: 10 * 60_000 });
}
