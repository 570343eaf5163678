import { useEffect, useRef, useState, type RefObject } from "react";

const ahead = "300px"; // of the edge of the window

/** Whether an element has come into view, or will be printed; it stays so. */
export function useSeen<E extends HTMLElement>(): [RefObject<E | null>, boolean] {
  const ref = useRef<E>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const el = ref.current;
    if (!el || seen) return undefined;
    const now = () => setSeen(true);
    const watch = new IntersectionObserver((list) => {
      if (list.some((e) => e.isIntersecting)) now();
    }, { rootMargin: ahead });
    watch.observe(el);
    window.addEventListener("beforeprint", now);
    return () => {
      watch.disconnect();
      window.removeEventListener("beforeprint", now);
    };
  }, [seen]);
  return [ref, seen];
}
