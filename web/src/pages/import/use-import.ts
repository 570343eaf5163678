// One import: asked again while something runs for it, and changed step by step.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { get, sendJson } from "../../api/client.ts";
import type { Import } from "../../api/types.ts";

/** How often the page asks how far the work is. */
const askMs = 1000;

const keyOf = (id: string) => [`/api/imports/${id}`];

export function useImport(id: string) {
  return useQuery<Import, Error>({
    queryKey: keyOf(id),
    queryFn: ({ signal }) => get<Import>(`/api/imports/${id}`, signal),
    refetchInterval: (q) => (q.state.data?.doing ? askMs : false),
    staleTime: 0,
  });
}

/** Sends a step and keeps what came of it; answers the new state. */
export function useStep(id: string) {
  const client = useQueryClient();
  return async (method: "POST" | "PUT" | "DELETE", step: string, body?: unknown): Promise<Import> => {
    const now = await sendJson<Import>(method, `/imports/${id}${step}`, body);
    client.setQueryData(keyOf(id), now);
    void client.invalidateQueries({ queryKey: ["/api/imports"] });
    return now;
  };
}
