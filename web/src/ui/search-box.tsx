// The search of the header: results appear while one types; arrows choose,
// Enter opens, and Enter without a choice goes to the page of all results.
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { useApi } from "../api/queries.ts";
import type { Hit, List } from "../api/types.ts";
import { say } from "../format/text.ts";
import { common } from "../i18n/words.ts";
import { keep, useLang, useSearchParams } from "../route.tsx";
import { Icon } from "./icons.tsx";
import { hitPath } from "./hit.ts";

const shown = 8;
/** So long a reader pauses before an answer is sought. */
export const pauseMs = 120;

/** The text after the reader paused. */
function usePaused(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return paused;
}

export function SearchBox() {
  const t = common.use();
  const lang = useLang();
  const now = useSearchParams();
  const navigate = useNavigate();
  const id = useId();
  const box = useRef<HTMLFormElement>(null);
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const q = usePaused(text.trim());
  const found = useApi<List<Hit>>(q.length > 1 ? "/search" : "", { q });
  const hits = open && q.length > 1 ? (found.data?.items ?? []).slice(0, shown) : [];

  const leave = () => {
    setOpen(false);
    setText("");
  };
  const go = (path: string, search = {}) => {
    leave();
    (document.activeElement as HTMLElement | null)?.blur();
    void navigate({ to: `/${lang}${path}` as never, search: keep(now, search) as never });
  };
  const submit = () => {
    const hit = hits[at];
    if (hit) {
      const to = hitPath(hit);
      go(to.path, to.search);
    } else if (text.trim()) go("/search", { q: text.trim() });
  };
  const key = (e: KeyboardEvent) => {
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      setOpen(true);
      const n = hits.length;
      if (n) setAt((i) => (e.key === "ArrowDown" ? (i + 1) % n : (i <= 0 ? n : i) - 1));
    } else if (e.key === "Escape") leave();
  };
  return (
    <form
      ref={box}
      role="search"
      className="search"
      onSubmit={(e) => { e.preventDefault(); submit(); }}
      onBlur={(e) => { if (!box.current?.contains(e.relatedTarget)) setOpen(false); }}
    >
      <Icon name="search" />
      <input
        className="input"
        type="search"
        role="combobox"
        aria-label={t("search")}
        aria-expanded={hits.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
        placeholder={t("searchHint")}
        autoComplete="off"
        maxLength={200}
        value={text}
        onChange={(e) => { setText(e.target.value); setAt(-1); setOpen(true); }}
        onFocus={() => setOpen(true)}
        onKeyDown={key}
      />
      <ul id={`${id}-list`} role="listbox" aria-label={t("search")} className="search-list" hidden={hits.length === 0}>
        {hits.map((h, i) => {
          const to = hitPath(h);
          return (
            <li key={`${h.type}${h.id}`} id={`${id}-${i}`} role="option" aria-selected={i === at} onPointerDown={(e) => { e.preventDefault(); go(to.path, to.search); }}>
              <span>{say(h.title, lang) || h.id}</span>
              <span className="small quiet">{t(to.word)}</span>
            </li>
          );
        })}
      </ul>
    </form>
  );
}
