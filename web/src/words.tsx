// Names for codes, in the language of the page, from the vocabulary of the
// server: places, units, measures, offices, documents.
import { createContext, useContext, useMemo, type ReactNode } from "react";
import { useVocabulary } from "./api/queries.ts";
import type { Document, MeasureOut, OfficeOut, Place, Vocabulary } from "./api/types.ts";
import { formatMoney, formatNumber, formatPercent, plural, type Lang } from "./format/number.ts";
import { say } from "./format/text.ts";
import { useLang } from "./route.tsx";

/** What has no word in the vocabulary is shown as its code. */
export class Words {
  readonly lang: Lang;
  readonly vocabulary: Vocabulary;
  readonly places: ReadonlyMap<string, Place>;
  readonly measures: ReadonlyMap<string, MeasureOut>;
  readonly documents: ReadonlyMap<string, Document>;

  constructor(v: Vocabulary, lang: Lang) {
    this.vocabulary = v;
    this.lang = lang;
    this.places = new Map(v.places.map((p) => [p.code, p]));
    this.measures = new Map(v.measures.map((m) => [m.code, m]));
    this.documents = new Map(v.documents.map((d) => [d.name, d]));
  }

  get root(): string {
    return this.vocabulary.places.find((p) => p.kind === "country")?.code ?? this.vocabulary.country.code;
  }
  place(code: string): string {
    return say(this.places.get(code)?.name, this.lang) || code;
  }
  placeShort(code: string): string {
    const p = this.places.get(code);
    return say(p?.short, this.lang) || say(p?.name, this.lang) || code;
  }
  theme(code: string): string {
    return say(this.vocabulary.themes[code], this.lang) || code;
  }
  measure(code: string): string {
    return say(this.measures.get(code)?.name, this.lang) || code;
  }
  office(code: string | null): string {
    if (!code) return "";
    const o: OfficeOut | undefined = this.vocabulary.offices[code];
    return say(o?.name, this.lang) || code;
  }
  /** Title of a document; its name when it has none. */
  document(name: string): string {
    return say(this.documents.get(name)?.title, this.lang) || name;
  }
  publisher(name: string): string {
    return say(this.documents.get(name)?.publisher, this.lang) || name;
  }
  dimension(code: string): string {
    return say(this.vocabulary.dimensions[code]?.name, this.lang) || code;
  }
  dimensionValue(code: string, value: string): string {
    return say(this.vocabulary.dimensions[code]?.values[value], this.lang) || value;
  }
  /** Dimensions as one short text: children, pulmonology. */
  dimensions(d: Record<string, string>): string {
    return Object.entries(d).map(([k, v]) => this.dimensionValue(k, v)).join(", ");
  }
  unitName(code: string): string {
    return say(this.vocabulary.units[code]?.name, this.lang) || code;
  }
  get currency(): string {
    return this.vocabulary.country.currency?.symbol ?? "";
  }

  /** The word of a unit that goes with a number, "" where the number carries it. */
  unitFor(value: number, unit: string): string {
    const u = this.vocabulary.units[unit];
    if (!u) return unit;
    if (u.kind === "money" || u.kind === "percent") return "";
    const forms = u.forms[this.lang] ?? {};
    const f = plural(value, this.lang);
    return forms[f] || (f === "other" && forms.few) || forms.other || say(u.name, this.lang);
  }

  /** The number alone, formatted as its unit asks. */
  amount(value: number, unit: string): string {
    const kind = this.vocabulary.units[unit]?.kind;
    if (kind === "money") return formatMoney(value, this.currency, this.lang);
    if (kind === "percent") return formatPercent(value, this.lang);
    return formatNumber(value, this.lang);
  }

  /** Number and unit. */
  quantity(value: number, unit: string): string {
    const word = this.unitFor(value, unit);
    return this.amount(value, unit) + (word ? `\u00a0${word}` : "");
  }

  /** The codes of a place and of everything above it, the place first. */
  path(code: string): string[] {
    const out: string[] = [];
    for (let at: string | null | undefined = code; at && out.length < 10; at = this.places.get(at)?.parent) out.push(at);
    return out;
  }
  /** The region or city of republican significance in which a place lies, undefined for the country. */
  regionOf(code: string): string | undefined {
    return this.path(code).find((c) => this.places.get(c)?.parent === this.root);
  }
  /** The territories directly below the country. */
  regions(): Place[] {
    return this.vocabulary.places.filter((p) => p.parent === this.root && !p.valid_to && (p.kind === "region" || p.kind === "city"));
  }
}

const Context = createContext<Words | null>(null);

/** Gives the names to everything inside; outside it waits. */
export function WithWords({ children, waiting }: { children: ReactNode; waiting: ReactNode }) {
  const lang = useLang();
  const q = useVocabulary();
  const words = useMemo(() => (q.data ? new Words(q.data, lang) : null), [q.data, lang]);
  if (q.error) throw q.error;
  return words ? <Context.Provider value={words}>{children}</Context.Provider> : waiting;
}

export function useWords(): Words {
  const w = useContext(Context);
  if (!w) throw new Error("useWords outside WithWords");
  return w;
}
