// Roles with their territories, one a line.
import { useMemo } from "react";
import type { Grant } from "../../api/types.ts";
import { sortBy } from "../../format/collate.ts";
import { say } from "../../format/text.ts";
import { Combo, type Option } from "../../ui/combo.tsx";
import { Choice } from "../../ui/form.tsx";
import { roleWords, useRights } from "../../ui/rights-words.ts";
import { useWords } from "../../words.tsx";
import { accountsWords } from "./words.ts";

const roles = Object.keys(roleWords.dict).map((k) => k.replace("role_", "")).filter((r) => r !== "public");

export function Grants({ value, onChange, places, home }: { value: readonly Grant[]; onChange: (v: Grant[]) => void; places: readonly Option[]; home: string }) {
  const t = accountsWords.use();
  const rights = useRights();
  const words = useWords();
  const put = (i: number, patch: Partial<Grant>) => onChange(value.map((g, k) => (k === i ? { ...g, ...patch } : g)));
  const options = [...places, ...value.filter((g) => g.territory && !places.some((p) => p.value === g.territory)).map((g) => ({ value: g.territory, text: words.place(g.territory) }))];
  return (
    <fieldset className="grants">
      <legend>{t("grants")}</legend>
      {value.length === 0 && <p className="small quiet">{t("noGrants")}</p>}
      {value.map((g, i) => (
        <div key={i} className="grant">
          <Choice label={t("role")} value={g.role} onChange={(role) => put(i, { role })} options={roles.map((r) => [r, rights.role(r)] as const)} />
          <Combo label={t("territory")} options={options} value={g.territory} required onChange={(territory) => put(i, { territory })} />
          <button type="button" className="button button-small" aria-label={t("removeGrant", { what: `${rights.role(g.role)}, ${words.place(g.territory)}` })} onClick={() => onChange(value.filter((_, k) => k !== i))}>×</button>
        </div>
      ))}
      <p><button type="button" className="button button-small" onClick={() => onChange([...value, { role: "contributor", territory: home }])}>{t("addGrant")}</button></p>
    </fieldset>
  );
}

/** Offices by name. */
export function useOfficeOptions(): Option[] {
  const words = useWords();
  return useMemo(() => sortBy(words.lang, Object.entries(words.vocabulary.offices).map(([value, o]) => ({ value, text: say(o.name, words.lang) || value })), (o) => o.text), [words]);
}
