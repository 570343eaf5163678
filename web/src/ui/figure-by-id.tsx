import { useApi } from "../api/queries.ts";
import type { Figure } from "../api/types.ts";
import { FigureOf } from "./figure.tsx";
import { A } from "../route.tsx";

/** A figure of which only the id is known; the id itself until it arrives. */
export function FigureById({ id }: { id: string }) {
  const q = useApi<Figure>(`/figures/${id}`);
  if (q.data) return <FigureOf f={q.data} />;
  return <A to={`/figures/${id}`}>{id.slice(0, 6)}…</A>;
}
