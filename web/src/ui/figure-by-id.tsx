// A figure of which only the id is known. It is asked for when it comes into
// view, so that a long page of questions does not ask for everything at once.
import { useEffect, useRef, useState } from "react";
import { useApi } from "../api/queries.ts";
import type { Figure } from "../api/types.ts";
import { A } from "../route.tsx";
import { FigureOf } from "./figure.tsx";

const ahead = "300px"; // of the edge of the window

export function FigureById({ id }: { id: string }) {
  const box = useRef<HTMLSpanElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const el = box.current;
    if (!el || seen) return undefined;
    const watch = new IntersectionObserver((list) => {
      if (list.some((e) => e.isIntersecting)) setSeen(true);
    }, { rootMargin: ahead });
    watch.observe(el);
    return () => watch.disconnect();
  }, [seen]);
  const q = useApi<Figure>(seen ? `/figures/${id}` : "");
  return <span ref={box}>{q.data ? <FigureOf f={q.data} /> : <A to={`/figures/${id}`}>{id.slice(0, 6)}…</A>}</span>;
}
