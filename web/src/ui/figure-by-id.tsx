// A figure of which only the id is known. It is asked for when it comes into
// view, so that a long page of questions does not ask for everything at once.
import { useApi } from "../api/queries.ts";
import type { Figure } from "../api/types.ts";
import { A } from "../route.tsx";
import { FigureOf } from "./figure.tsx";
import { useSeen } from "./use-seen.ts";

export function FigureById({ id }: { id: string }) {
  const [box, seen] = useSeen<HTMLSpanElement>();
  const q = useApi<Figure>(seen ? `/figures/${id}` : "");
  return <span ref={box}>{q.data ? <FigureOf f={q.data} /> : <A to={`/figures/${id}`}>{id.slice(0, 6)}…</A>}</span>;
}
