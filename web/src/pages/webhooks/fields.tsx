// What a webhook is told, and where: the form of a new one and of an old one.
import type { WebhookInput } from "../../api/types.ts";
import { useSession } from "../../api/queries.ts";
import { Combo, type Option } from "../../ui/combo.tsx";
import { Field } from "../../ui/form.tsx";
import { usePlaceOptions } from "../../ui/options.ts";
import { useWords } from "../../words.tsx";
import { hookWords, type HookWord } from "./words.ts";

/** The territories whose webhooks the reader manages. */
export function useTerritories(): Option[] {
  const words = useWords();
  const session = useSession().data;
  const roots = (session?.grants ?? []).filter((g) => g.role === "administrator").map((g) => g.territory);
  return usePlaceOptions().filter((o) => words.path(o.value).some((p) => roots.includes(p)));
}

export function HookFields({ value, onChange, events, places }: { value: WebhookInput; onChange: (v: WebhookInput) => void; events: readonly string[]; places: readonly Option[] }) {
  const t = hookWords.use();
  const chosen = value.events;
  const turn = (e: string) => onChange({ ...value, events: chosen.includes(e) ? chosen.filter((x) => x !== e) : [...chosen, e] });
  return (
    <>
      <div className="form-grid">
        <Field label={t("name")} value={value.name} onChange={(name) => onChange({ ...value, name })} required maxLength={100} autoComplete="off" />
        <Field label={t("url")} value={value.url} onChange={(url) => onChange({ ...value, url })} required maxLength={2000} autoComplete="off" hint={t("urlHint")} />
        <Combo label={t("territory")} options={places} value={value.territory} required onChange={(territory) => onChange({ ...value, territory })} />
      </div>
      <fieldset className="checks">
        <legend>{t("events")}</legend>
        {events.map((e) => (
          <label key={e} className="check">
            <input type="checkbox" checked={chosen.includes(e)} onChange={() => turn(e)} />
            {t(`event_${e}` as HookWord)}
          </label>
        ))}
      </fieldset>
    </>
  );
}
