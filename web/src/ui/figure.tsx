// The one way to show a number that somebody said or that was computed: the
// number, and behind it who says so. A click or Enter opens the statement; the
// link itself leads to the permanent page of the figure.
import { createContext, lazy, Suspense, useCallback, useContext, useMemo, useRef, useState, type MouseEvent, type ReactNode } from "react";
import type { Figure as ApiFigure } from "../api/types.ts";
import { common, type CommonKey } from "../i18n/words.ts";
import { A } from "../route.tsx";
import { useWords, WithWords, type Words } from "../words.tsx";
import { Popover } from "./popover.tsx";
import "./figure.css";

const StatementPanel = lazy(() => import("./statement.tsx"));

interface Open {
  id: string;
  anchor: HTMLElement;
}

const Opener = createContext<(id: string, anchor: HTMLElement) => void>(() => undefined);

/** Opens the statement of a figure beside an element. */
export function useShowFigure() {
  return useContext(Opener);
}

/** Holds the one popover of the page; every figure inside opens it. */
export function FigureHost({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState<Open | null>(null);
  const last = useRef<HTMLElement | null>(null);
  const show = useCallback((id: string, anchor: HTMLElement) => {
    last.current = anchor;
    setOpen((now) => (now?.id === id && now.anchor === anchor ? null : { id, anchor }));
  }, []);
  const close = useCallback((refocus: boolean) => {
    setOpen(null);
    if (refocus) last.current?.focus();
  }, []);
  const t = common.use();
  return (
    <Opener.Provider value={show}>
      {children}
      {open && (
        <Popover anchor={open.anchor} label={t("whoSaid")} onClose={close}>
          <WithWords waiting={<p className="quiet">{t("loading")}</p>}>
            <Suspense fallback={<p className="quiet">{t("loading")}</p>}>
              <StatementPanel id={open.id} />
            </Suspense>
          </WithWords>
        </Popover>
      )}
    </Opener.Provider>
  );
}

/** The word before a number, "" for an exact one. */
export function hedge(qualifier: string, words: Words): string {
  if (qualifier === "exact" || qualifier === "") return "";
  return common.in(words.lang)(`q_${qualifier}` as CommonKey);
}

/** Value, qualifier and unit as plain text: about 30 departments. */
export function sayQuantity(words: Words, value: number | null, qualifier: string, unit: string, noun?: string): string {
  if (value === null) return common.in(words.lang)("unknown");
  const h = hedge(qualifier, words);
  return (h ? `${h}\u00a0` : "") + words.quantity(value, noun || unit);
}

export interface FigProps {
  /** Id of the figure; without one the number is shown but leads nowhere. */
  id?: string | null;
  value: number | null;
  qualifier?: string;
  unit: string;
  /** What is counted, where the unit is too general: perinatal-centre. */
  noun?: string;
  /** Leaves out the word of the unit, for columns that name it. */
  bare?: boolean;
  /** What the number is, for those who do not see its surroundings. */
  what?: string;
  /** Observation status; M says that no number can exist, as for an order. */
  status?: string;
  className?: string;
}

export function Fig({ id, value, qualifier = "exact", unit, noun, bare, what, status, className = "" }: FigProps) {
  const words = useWords();
  const t = common.use();
  const body = useMemo(() => {
    if (value === null) return <span className="fig-none">{t(status === "M" ? "numberless" : "unknown")}</span>;
    const h = hedge(qualifier, words);
    const name = bare ? "" : words.unitFor(value, noun || unit);
    return (
      <>
        {h && <span className="fig-hedge">{h}&nbsp;</span>}
        <span className="fig-n">{words.amount(value, unit)}</span>
        {name && <span className="fig-unit"> {name}</span>}
      </>
    );
  }, [value, qualifier, unit, noun, bare, status, words, t]);
  if (!id) return <span className={`fig-plain ${className}`}>{body}</span>;
  return (
    <FigLink id={id} className={`fig ${className}`} what={what ?? sayQuantity(words, value, qualifier, unit, noun)}>
      {body}
    </FigLink>
  );
}

/** The link behind a figure, for texts that bring their own words. */
export function FigLink({ id, what, className = "fig", children }: { id: string; what: string; className?: string; children: ReactNode }) {
  const t = common.use();
  const show = useContext(Opener);
  const open = (e: MouseEvent<HTMLAnchorElement>) => {
    if (e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
    e.preventDefault();
    show(id, e.currentTarget);
  };
  return (
    <A to={`/figures/${id}`} className={className} onClick={open} aria-haspopup="dialog" title={t("figureOf", { what })}>
      {children}
    </A>
  );
}

/** A figure as the API sends it. */
export function FigureOf({ f, bare, what, className }: { f: ApiFigure; bare?: boolean; what?: string; className?: string }) {
  const words = useWords();
  const noun = words.measures.get(f.measure)?.noun;
  return <Fig id={f.id} value={f.value} qualifier={f.qualifier} unit={f.unit} noun={f.unit === "facility" ? noun : undefined} bare={bare} what={what} status={f.status} className={className} />;
}
