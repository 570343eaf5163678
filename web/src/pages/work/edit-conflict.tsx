// Two versions of the same record side by side: nothing is dropped before the
// reader has chosen.
import { useState } from "react";
import type { WorkRecord } from "../../api/works.ts";
import { say } from "../../format/text.ts";
import { useWorkNames } from "./by-line.tsx";
import { differences, merged, type RecordKey } from "./edit-draft.ts";
import { editWords, type EditKey } from "./edit-words.ts";
import type { WorkNames } from "./line-text.ts";
import type { WorkKey } from "./words.ts";

const fieldNames: Record<RecordKey, EditKey> = {
  level: "level", kind: "kind", condition: "condition", parent: "parent", title: "titles", text: "texts", place: "place", facility: "facility", point: "lat", office: "office", units: "units", parties: "parties", yields: "yields", template: "plan", shares: "shares", promises: "promises", statements: "statements", documents: "documents", baselines: "plan", contract: "contract", assumed: "assumed", synthetic: "synthetic",
};

interface Props {
  mine: WorkRecord;
  theirs: WorkRecord;
  base: WorkRecord;
  onChoose: (r: WorkRecord) => void;
}

export function RecordConflict({ mine, theirs, base, onChoose }: Props) {
  const t = editWords.use();
  const names = useWorkNames();
  const list = differences(mine, theirs, base);
  const [choice, setChoice] = useState<Partial<Record<RecordKey, "mine" | "theirs">>>(() => Object.fromEntries(list.map((d) => [d.key, d.who === "they" ? "theirs" : "mine"])));
  return (
    <section className="conflict" aria-labelledby="conflict" role="alert">
      <h2 id="conflict">{t("conflict")}</h2>
      <p>{t("conflictHint")}</p>
      {list.map(({ key, who }) => (
        <fieldset key={key}>
          <legend>{t(fieldNames[key])} <span className={`tag ${who === "both" ? "tag-late" : ""}`}>{t(`changed_${who}`)}</span></legend>
          {(["mine", "theirs"] as const).map((which) => (
            <label key={which} className="check">
              <input type="radio" name={`c-${key}`} checked={(choice[key] ?? "mine") === which} onChange={() => setChoice({ ...choice, [key]: which })} />
              <span><span className="quiet">{t(which === "mine" ? "yours" : "theirs")}:</span> {fieldText(key, which === "mine" ? mine : theirs, names) || t("empty")}</span>
            </label>
          ))}
        </fieldset>
      ))}
      <button type="button" className="button button-main" onClick={() => onChoose(merged(mine, theirs, choice))}>{t("useChosen")}</button>
    </section>
  );
}

/** A field of a record in words. */
export function fieldText(key: RecordKey, r: WorkRecord, names: WorkNames): string {
  const texts = (x: Record<string, string> | undefined) => Object.values(x ?? {}).filter(Boolean).join(" / ");
  switch (key) {
    case "level":
      return names.t(`level_${r.level}` as WorkKey);
    case "kind":
      return names.t(`kind_${r.kind}` as WorkKey);
    case "condition":
      return names.t(`condition_${r.condition}` as WorkKey);
    case "title":
      return texts(r.title);
    case "text":
      return texts(r.text);
    case "place":
      return names.words.place(r.place);
    case "office":
      return names.words.office(r.office ?? null);
    case "point":
      return r.point ? `${r.point.lat}; ${r.point.lon}` : "";
    case "parties":
      return (r.parties ?? []).map((p) => `${names.t(`party_${p.role}` as WorkKey)}: ${say(p.name, names.lang)}`).join("; ");
    case "yields":
      return (r.yields ?? []).map((y) => names.yield(y)).join("; ");
    case "shares":
      return (r.shares ?? []).map((s) => `${names.source(s.source)}: ${names.percent(s.percent)}`).join("; ");
    case "baselines":
      return (r.baselines ?? []).map((b) => `${names.t("baselineNo", { n: b.no })}: ${names.date(b.on)}${b.reason ? ` (${b.reason})` : ""}, ${b.terms.map((x) => `${names.stage(x.stage)} ${x.start} – ${x.finish}`).join(", ")}`).join("; ");
    case "contract":
      return r.contract ? [r.contract.number, r.contract.signed, r.contract.value == null ? "" : names.amount(r.contract.value)].filter(Boolean).join(", ") : "";
    case "promises":
    case "statements":
    case "documents":
    case "assumed":
      return (r[key] ?? []).join("; ");
    case "synthetic":
      return r.synthetic ? "✓" : "";
    default:
      return String(r[key] ?? "");
  }
}
