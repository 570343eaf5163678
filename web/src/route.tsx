// Where the reader is: language in the path, everything else in the query, so
// that any view can be sent as a link. Pages name a path without the language.
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { ReactNode, MouseEvent } from "react";
import { type Lang, langs } from "./format/number.ts";

/** Every parameter that a page keeps in its address. */
export const searchKeys = [
  "as_of", "recorded_as_of", "place", "theme", "due", "evidence", "sort", "measure", "period", "kind", "document",
  "exact", "history", "state", "rule", "q", "view", "show", "line", "figure", "dimensions", "answers",
  "next", "token", "template", "office", "by", "about",
  "chain", "actor", "op", "subject", "from", "to",
  "run", "release", "what",
  "phase", "source", "question", "level", "watch", "parent", "service", "zoom", "weight", "time", "money", "page",
  "facility", "work", "item", "group",
  "season", "mode", "span", "limit", "promised", "stated_only", "on", "off", "add", "set",
] as const;
export type SearchKey = (typeof searchKeys)[number];
export type Search = Partial<Record<SearchKey, string>>;

/** Lists of facilities and points may be long; everything else is short. */
const longKeys: readonly SearchKey[] = ["on", "off", "add", "set"];
const maxLong = 4000;
const maxShort = 400;

/** What stays when the reader goes to another page. */
export const kept: readonly SearchKey[] = ["as_of", "recorded_as_of", "release"];

export function isLang(s: string | undefined): s is Lang {
  return langs.includes(s as Lang);
}

/** Takes the known parameters out of an address. */
export function readSearch(raw: Record<string, unknown>): Search {
  const out: Search = {};
  for (const k of searchKeys) {
    const v = raw[k];
    if (typeof v === "string" && v !== "") out[k] = v.slice(0, longKeys.includes(k) ? maxLong : maxShort);
  }
  return out;
}

/** The language of the page. */
export function useLang(): Lang {
  const { lang } = useParams({ strict: false }) as { lang?: string };
  return isLang(lang) ? lang : "kk";
}

/** A part of the path: the id of a promise, the code of a place. */
export function usePathId(): string {
  return (useParams({ strict: false }) as { id?: string }).id ?? "";
}

export function useSearchParams(): Search {
  return useSearch({ strict: false }) as Search;
}

/** Puts changes of the query into the address; undefined takes a parameter out. */
export function useSetSearch(): (patch: Search, replace?: boolean) => void {
  const navigate = useNavigate();
  return (patch, replace = false) => {
    void navigate({ to: ".", replace, resetScroll: false, search: ((old: Search) => clean({ ...old, ...patch })) as never });
  };
}

function clean(s: Search): Search {
  return Object.fromEntries(Object.entries(s).filter(([, v]) => v !== undefined && v !== "")) as Search;
}

/** What stays of a query on another page. */
export function keep(s: Search, more: Search = {}): Search {
  const out: Search = {};
  for (const k of kept) if (s[k]) out[k] = s[k];
  return clean({ ...out, ...more });
}

/** The permanent address of a page, with the host, for messages. */
export function permanent(lang: Lang, path: string, search: Search = {}): string {
  const q = new URLSearchParams(clean(search) as Record<string, string>).toString();
  return `${window.location.origin}/${lang}${path === "/" ? "" : path}${q ? `?${q}` : ""}`;
}

interface AProps {
  to: string;
  search?: Search;
  children: ReactNode;
  className?: string;
  title?: string;
  hash?: string;
  "aria-label"?: string;
  "aria-current"?: "page" | undefined;
  "aria-haspopup"?: "dialog";
  onClick?: (e: MouseEvent<HTMLAnchorElement>) => void;
  tabIndex?: number;
}

/** A link to another page of this site; the day of the view goes along. */
export function A({ to, search, ...rest }: AProps) {
  const lang = useLang();
  const now = useSearchParams();
  return <Link to={`/${lang}${to === "/" ? "" : to}` as never} search={keep(now, search) as never} activeOptions={{ exact: true }} activeProps={{}} {...rest} />;
}
