// Server data lives in the query cache only. Every question carries the day
// and the moment from which the reader looks.
import { keepPreviousData, QueryClient, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useSearchParams } from "../route.tsx";
import { ApiError, apiUrl, get, type Params } from "./client.ts";
import type { Session, Vocabulary } from "./types.ts";

const freshMs = 30_000;
const tooMany = 429; // the server asks to come back later

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: freshMs,
      refetchOnWindowFocus: false,
      networkMode: "always", // without a connection the worker answers what it can
      retry: (count, e) => count < 2 && !(e instanceof ApiError && e.status < 500 && e.status !== tooMany),
    },
  },
});

/** The day and moment of the view as parameters. */
export function useWhen(): Params {
  const s = useSearchParams();
  return s.release ? { release: s.release } : { as_of: s.as_of, recorded_as_of: s.recorded_as_of };
}

/** The address of an answer as the reader sees it now, for downloads. */
export function useApiUrl(path: string, params: Params = {}): string {
  return apiUrl(path, { ...params, ...useWhen() });
}

/** Asks the API; an empty path asks nothing. */
export function useApi<T>(path: string, params: Params = {}, hold = true): UseQueryResult<T, Error> {
  const url = useApiUrl(path, params);
  return useQuery<T, Error>({
    queryKey: [url],
    queryFn: ({ signal }) => get<T>(url, signal),
    enabled: path !== "",
    placeholderData: hold ? (keepPreviousData as never) : undefined,
  });
}

/** The names of everything, the same on every page and day. */
export function useVocabulary(): UseQueryResult<Vocabulary, Error> {
  const url = "/api/vocabulary";
  return useQuery<Vocabulary, Error>({ queryKey: [url], queryFn: ({ signal }) => get<Vocabulary>(url, signal), staleTime: 10 * 60_000 });
}

/** What this visitor may do. */
export function useSession(): UseQueryResult<Session, Error> {
  const url = "/api/session";
  return useQuery<Session, Error>({ queryKey: [url], queryFn: ({ signal }) => get<Session>(url, signal), staleTime: 10 * 60_000 });
}
