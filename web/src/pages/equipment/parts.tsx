// Small pieces that the pages of equipment share: the tag of a state, names of
// the catalogue, the funnel of a purchase.
import { useCatalogue, type EquipmentPurchase, type EquipmentSums } from "../../api/equipment.ts";
import { formatNumber } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { common } from "../../i18n/words.ts";
import { A, type Search } from "../../route.tsx";
import { hedge } from "../../ui/figure.tsx";
import { useWords } from "../../words.tsx";
import { equipmentWords } from "./words.ts";
import "./equipment.css";

const tones: Record<string, string> = { in_use: "tag-good", down: "tag-late", commissioned: "tag-brand", installed: "tag-brand", delivered: "tag-wait", ordered: "tag-wait" };

/** The names of the catalogue in the language of the page. */
export function useNames() {
  const words = useWords();
  const cat = useCatalogue().data;
  const of = (list: { code: string; name: Record<string, string> }[] | null | undefined) => (code: string) => say(list?.find((x) => x.code === code)?.name, words.lang) || code;
  return { state: of(cat?.states), group: of(cat?.groups), service: of(cat?.services), item: of(cat?.items), catalogue: cat };
}

export function StateTag({ state }: { state: string | null }) {
  const names = useNames();
  const c = common.use();
  if (!state) return <span className="unknown">{c("notSaid")}</span>;
  return <span className={`tag ${tones[state] ?? ""}`}>{names.state(state)}</span>;
}

/** How many devices got how far, against what was promised; the rest that nobody names is a bar of its own. */
export function Funnel({ sums, purchase, search = {} }: { sums: EquipmentSums; purchase: EquipmentPurchase | null; search?: Search }) {
  const t = equipmentWords.use();
  const names = useNames();
  const words = useWords();
  const n = (v: number) => formatNumber(v, words.lang);
  const whole = Math.max(1, sums.named, purchase ? purchase.promised : 0);
  const way = (sums.states ?? []).filter((s) => s.reached !== null);
  const bar = (value: number, kind = "") => <span className={`eq-bar ${kind}`} aria-hidden="true"><i style={{ width: `${(100 * value) / whole}%` }} /></span>;
  return (
    <>
      {purchase && (
        <p className="row eq-promised">
          <strong>{hedge(purchase.qualifier, words)} {t("promisedN", { n: purchase.promised })}</strong>
          {(purchase.promises ?? []).map((p) => <A key={p} to={`/promises/${p}`}>{t("promisedBy")}</A>)}
          <span>{t("namedN", { n: purchase.promised - purchase.unnamed + purchase.beyond })}</span>
          {purchase.beyond > 0 && <span className="tag tag-odd">{t("beyond", { n: purchase.beyond })}</span>}
        </p>
      )}
      <dl className="eq-funnel">
        {purchase && purchase.unnamed > 0 && (
          <div>
            <dt>{t("unnamed")}</dt>
            <dd>{bar(purchase.unnamed, "eq-bar-unknown")}<span className="nums">{n(purchase.unnamed)}</span></dd>
          </div>
        )}
        {way.map((s) => (
          <div key={s.state}>
            <dt><A to="/equipment" search={{ ...search, state: s.state }} className="plain-link">{names.state(s.state)}</A></dt>
            <dd>{bar(s.reached ?? 0)}<span className="nums">{n(s.reached ?? 0)} <span className="small quiet">{t("nowN", { n: s.now })}</span></span></dd>
          </div>
        ))}
      </dl>
      {sums.named > 0 && <p className="small quiet">{t("reachedHint")}</p>}
      {purchase && purchase.unnamed > 0 && <p className="small quiet">{t("unnamedHint")}</p>}
    </>
  );
}
