// The table that the reader brought, and the comparison with it. It lives as
// long as the page: nothing is kept on the server.
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";
import type { AccessValidation } from "../../api/access.ts";
import { apiUrl, send } from "../../api/client.ts";
import { useApi, useWhen } from "../../api/queries.ts";
import { useSearchParams } from "../../route.tsx";

export interface Brought {
  id: string;
  name: string;
  body: Blob;
}

const binary = "application/octet-stream";

/** The comparison with the table, or with the published times where there is none. */
export function useValidation(): { table: Brought | null; bring: (name: string, body: Blob) => void; drop: () => void; q: UseQueryResult<AccessValidation, Error> } {
  const [table, setTable] = useState<Brought | null>(null);
  const { set } = useSearchParams();
  const published = useApi<AccessValidation>(table ? "" : "/access/validation", { set });
  const path = useTablePath("", table?.name ?? "");
  const own = useQuery<AccessValidation, Error>({
    queryKey: ["validation", table?.id, path],
    queryFn: () => send<AccessValidation>("POST", path, table?.body ?? "", binary, crypto.randomUUID()),
    enabled: table !== null,
    retry: false,
    placeholderData: (old, before) => (before?.queryKey[1] === table?.id ? old : undefined),
  });
  return { table, bring: (name, body) => setTable({ id: crypto.randomUUID(), name, body }), drop: () => setTable(null), q: table ? own : published };
}

function useTablePath(end: string, name: string): string {
  const { set } = useSearchParams();
  return apiUrl(`/access/validation${end}`, { ...useWhen(), set, name: name.slice(-200) }).replace(/^\/api/, "");
}

/** Fetches the comparison as a file. */
export function useTableFile(table: Brought | null): (format: "csv" | "xlsx") => Promise<void> {
  const path = useTablePath("/table", table?.name ?? "");
  return async (format) => {
    if (!table) return;
    const r = await fetch(`/api${path}${path.includes("?") ? "&" : "?"}format=${format}`, { method: "POST", body: table.body, headers: { "Content-Type": binary } });
    if (!r.ok) throw new Error(r.statusText);
    saveBlob(await r.blob(), `shanyraq-validation.${format}`);
  };
}

/** Offers something made in the browser as a file. */
export function saveBlob(blob: Blob, name: string) {
  const url = URL.createObjectURL(blob);
  const a = document.createElement("a");
  a.href = url;
  a.download = name;
  a.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
