// Two versions of the same report side by side: nothing is dropped before the
// reader has chosen.
import { useState } from "react";
import type { ReportForm } from "../../api/types.ts";
import { say } from "../../format/text.ts";
import { useWords } from "../../words.tsx";
import { nothingTyped, type Filled, type Typed } from "./check.ts";
import { filledOf } from "./send.ts";
import { entryWords, type EntryKey } from "./words.ts";

const same = (a: Typed, b: Typed) => a.value === b.value && a.status === b.status && a.note === b.note;

export function Conflict({ mine, theirs, onChoose }: { mine: Filled; theirs: ReportForm; onChoose: (f: Filled) => void }) {
  const t = entryWords.use();
  const words = useWords();
  const other = filledOf(theirs);
  const rows = theirs.fields.rows.filter((r) => !same(mine[r.code] ?? nothingTyped, other[r.code] ?? nothingTyped));
  const [choice, setChoice] = useState<Record<string, "mine" | "theirs">>({});
  const chosen = (): Filled => {
    const out: Filled = { ...other, ...mine };
    for (const r of rows) out[r.code] = (choice[r.code] === "theirs" ? other[r.code] : mine[r.code]) ?? nothingTyped;
    return out;
  };
  const all = (which: "mine" | "theirs") => setChoice(Object.fromEntries(rows.map((r) => [r.code, which])));
  return (
    <section className="conflict" aria-labelledby="conflict" role="alert">
      <h2 id="conflict">{t("conflict")}</h2>
      <p>{t("conflictHint")}</p>
      <div className="row">
        <button type="button" className="button button-small" onClick={() => all("mine")}>{t("allYours")}</button>
        <button type="button" className="button button-small" onClick={() => all("theirs")}>{t("allTheirs")}</button>
      </div>
      {rows.map((r) => {
        const name = say(r.name, words.lang) || words.measure(r.measure);
        return (
          <fieldset key={r.code}>
            <legend>{name}</legend>
            {(["mine", "theirs"] as const).map((which) => (
              <label key={which} className="check">
                <input type="radio" name={`c-${r.code}`} checked={(choice[r.code] ?? "mine") === which} onChange={() => setChoice({ ...choice, [r.code]: which })} />
                <span><span className="quiet">{t(which === "mine" ? "yours" : "theirs")}:</span> {shown((which === "mine" ? mine : other)[r.code] ?? nothingTyped, t)}</span>
              </label>
            ))}
          </fieldset>
        );
      })}
      <button type="button" className="button button-main" onClick={() => onChoose(chosen())}>{t("useChosen")}</button>
    </section>
  );
}

function shown(v: Typed, t: ReturnType<typeof entryWords.use>): string {
  const value = v.value || (v.status ? t(`status_${v.status === "A" ? "" : v.status}` as EntryKey) : t("empty"));
  return v.note ? `${value} — ${v.note}` : value;
}
