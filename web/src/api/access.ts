// Who reaches care, and in how many minutes, in the words of the API.
import type { Params } from "./client.ts";
import type { components } from "./schema.ts";
import type { Search, SearchKey } from "../route.tsx";

type Schemas = components["schemas"];

export type AccessCandidates = Schemas["AccessCandidates"];
export type AccessDifference = Schemas["AccessDifference"];
export type AccessMap = Schemas["AccessMap"];
export type AccessNetwork = Schemas["AccessNetwork"];
export type AccessPage = Schemas["AccessPage"];
export type AccessRecorded = Schemas["AccessRecorded"];
export type AccessService = Schemas["AccessService"];
export type AccessSway = Schemas["AccessSway"];
export type AccessBrought = Schemas["AccessBrought"];
export type AccessBroughtTo = Schemas["AccessBroughtTo"];
export type AccessChain = Schemas["AccessChain"];
export type AccessHub = Schemas["AccessHub"];
export type AccessLeg = Schemas["AccessLeg"];
export type AccessParameter = Schemas["AccessParameter"];
export type AccessPlace = Schemas["AccessPlace"];
export type AccessQuestion = Schemas["AccessQuestion"];
export type AccessRow = Schemas["AccessRow"];
export type AccessRows = Schemas["AccessRows"];
export type AccessSum = Schemas["AccessSum"];

export type AccessObserved = Schemas["AccessObserved"];
export type AccessValidation = Schemas["AccessValidation"];

/** The question as it stands in the address: the same names as in the API. */
export const questionKeys = ["service", "season", "mode", "span", "limit", "promised", "stated_only", "on", "off", "add", "set"] as const satisfies readonly SearchKey[];

/** The question alone, out of an address. */
export function questionOf(s: Search): Search {
  return Object.fromEntries(questionKeys.filter((k) => s[k]).map((k) => [k, s[k]]));
}

/** The question as parameters of the API. */
export function questionParams(s: Search): Params {
  return questionOf(s);
}
