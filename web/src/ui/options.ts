// Lists of names for choices.
import { useMemo } from "react";
import { sortBy } from "../format/collate.ts";
import { say } from "../format/text.ts";
import { useWords } from "../words.tsx";
import type { Option } from "./combo.tsx";

/** Measures by name; only those that have figures, unless all are asked for. */
export function useMeasureOptions(all = false): Option[] {
  const words = useWords();
  return useMemo(() => {
    const list = words.vocabulary.measures.filter((m) => (all || m.series > 0) && !m.code.startsWith("board."));
    return sortBy(words.lang, list.map((m) => ({ value: m.code, text: say(m.name, words.lang) || m.code })), (o) => o.text);
  }, [words, all]);
}

/** Places by name, each with what it lies in; the country first. */
export function usePlaceOptions(): Option[] {
  const words = useWords();
  return useMemo(() => {
    const list = words.vocabulary.places.filter((p) => !p.valid_to && p.code !== words.root);
    const options = list.map((p) => ({ value: p.code, text: say(p.name, words.lang) || p.code, hint: p.parent && p.parent !== words.root ? words.placeShort(p.parent) : undefined }));
    return [{ value: words.root, text: words.place(words.root) }, ...sortBy(words.lang, options, (o) => o.text)];
  }, [words]);
}

export function useUnitOptions(): Option[] {
  const words = useWords();
  return useMemo(() => sortBy(words.lang, Object.keys(words.vocabulary.units).map((u) => ({ value: u, text: words.unitName(u) })), (o) => o.text), [words]);
}

export function useDocumentOptions(): Option[] {
  const words = useWords();
  return useMemo(() => sortBy(words.lang, words.vocabulary.documents.map((d) => ({ value: d.name, text: say(d.title, words.lang) || d.name, hint: say(d.publisher, words.lang) })), (o) => o.text), [words]);
}
