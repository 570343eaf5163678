import { startTransition, useEffect, useState } from "react";

const whenIdle: (f: () => void) => number = "requestIdleCallback" in globalThis ? (f) => requestIdleCallback(f, { timeout: 500 }) : (f) => globalThis.setTimeout(f, 30) as unknown as number;
const never: (id: number) => void = "cancelIdleCallback" in globalThis ? (id) => cancelIdleCallback(id) : (id) => clearTimeout(id);

/**
 * How many of so many parts of a long page are to be drawn by now: one more each
 * time the browser has nothing better to do. So a slow
 * phone answers to touch while the page grows below what is seen. A link into
 * the page, or printing, wants everything at once.
 */
export function useStages(parts: number): number {
  const [ready, setReady] = useState(() => (window.location.hash ? parts : 0));
  useEffect(() => {
    if (ready >= parts) return undefined;
    const all = () => setReady(parts);
    window.addEventListener("beforeprint", all);
    const id = whenIdle(() => startTransition(() => setReady((n) => n + 1)));
    return () => {
      never(id);
      window.removeEventListener("beforeprint", all);
    };
  }, [ready, parts]);
  return Math.min(ready, parts);
}
