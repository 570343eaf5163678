import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";

/** The width of an element in pixels, kept up to date, so that drawings keep their text readable. */
export function useWidth<E extends HTMLElement>(initial = 0): [RefObject<E | null>, number] {
  const ref = useRef<E>(null);
  const [width, setWidth] = useState(initial);
  useLayoutEffect(() => {
    if (ref.current) setWidth(Math.round(ref.current.clientWidth));
  }, []);
  useEffect(() => {
    const el = ref.current;
    if (!el) return undefined;
    const watch = new ResizeObserver((list) => {
      const w = list[0]?.contentRect.width;
      if (w) setWidth(Math.round(w));
    });
    watch.observe(el);
    return () => watch.disconnect();
  }, []);
  return [ref, width];
}
