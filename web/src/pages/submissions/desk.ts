// What only those with the right may see is asked without the day of the view:
// it stands as it is now, and no cache of the server keeps it.
import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { apiUrl, get, type Params } from "../../api/client.ts";

export function useDesk<T>(path: string, params: Params = {}): UseQueryResult<T, Error> {
  const url = path ? apiUrl(path, params) : "";
  return useQuery<T, Error>({ queryKey: [url], queryFn: ({ signal }) => get<T>(url, signal), enabled: url !== "", staleTime: 0, placeholderData: keepPreviousData as never });
}
