// A line of a work in one sentence, for lists and for those who ask where a
// number comes from.
import type { Stated, WorkLine, WorkTerms, WorkYield } from "../../api/works.ts";
import { formatDate } from "../../format/date.ts";
import { formatMoney, formatNumber, formatPercent } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { hedge } from "../../ui/figure.tsx";
import type { Words } from "../../words.tsx";
import { workWords, type WorkKey } from "./words.ts";

/** Names for the codes of works, in the language of the page. */
export class WorkNames {
  readonly words: Words;
  readonly terms: WorkTerms | undefined;
  constructor(words: Words, terms: WorkTerms | undefined) {
    this.words = words;
    this.terms = terms;
  }
  get lang() {
    return this.words.lang;
  }
  t = (key: WorkKey, values?: Record<string, string | number>) => workWords.in(this.lang)(key, values);

  source(code: string): string {
    if (code === "") return this.t("noSource");
    return say(this.terms?.sources.find((s) => s.code === code)?.name, this.lang) || code;
  }
  stage(code: string): string {
    return say(this.terms?.stages[code], this.lang) || code;
  }
  step(code: string): string {
    return say(this.terms?.steps[code], this.lang) || code;
  }
  /** An amount with its currency and how exactly it is said. */
  amount(value: number, qualifier = "exact"): string {
    return hedged(hedge(qualifier, this.words), formatMoney(value, this.words.currency, this.lang));
  }
  stated(s: Stated | null | undefined): string {
    return s ? this.amount(s.value, s.qualifier) : "";
  }
  percent(value: number, qualifier = "exact"): string {
    return hedged(hedge(qualifier, this.words), formatPercent(value, this.lang));
  }
  date(iso: string): string {
    return formatDate(iso, this.lang);
  }
  yield(y: WorkYield): string {
    const what = [y.service && this.words.dimensionValue("service", y.service), this.t(`item_${y.item}` as WorkKey), y.age && this.t(`age_${y.age}` as WorkKey)].filter(Boolean).join(", ");
    const n = y.count === null ? this.t("howMany") : hedged(hedge(y.qualifier ?? "", this.words), formatNumber(y.count, this.lang));
    return `${what}: ${n}`;
  }

  /** What a line says. */
  says(l: WorkLine, all: readonly WorkLine[] = []): string {
    switch (l.kind) {
      case "status":
      case "visit":
        return this.#status(l);
      case "step":
        return this.step(l.step ?? "");
      case "money":
        return l.money ? [this.t(`m_${l.money.kind}` as WorkKey), this.amount(l.money.amount, l.money.qualifier)].join(": ") + this.#moneyOf(l) : "";
      case "deadline":
        return `${this.t("line_deadline")}: ${this.date(l.deadline ?? "")}`;
      case "price":
        return l.price ? (l.price.change ? this.t("priceChange", { value: (l.price.amount > 0 ? "+" : "") + this.amount(l.price.amount, l.price.qualifier) }) : `${this.t("m_cost")}: ${this.amount(l.price.amount, l.price.qualifier)}`) : "";
      case "people":
        return this.t("people", { n: l.people ?? 0 });
      case "withdrawal": {
        const gone = all.find((x) => x.id === l.takes);
        return this.t("tookBack", { what: gone ? `${this.says(gone)} (${this.date(gone.on)})` : (l.takes ?? "") });
      }
    }
  }

  #status(l: WorkLine): string {
    const s = l.status;
    if (!s) return this.t("line_visit");
    const parts = [s.percent == null ? "" : this.percent(s.percent, s.qualifier), s.word ? this.t(`word_${s.word}` as WorkKey) : "", s.started ? `${this.date(s.started)} →` : "", s.finished ? `→ ${this.date(s.finished)}` : ""];
    return `${s.stage ? this.stage(s.stage) : this.t("whole")}: ${parts.filter(Boolean).join(", ")}`;
  }

  #moneyOf(l: WorkLine): string {
    const m = l.money;
    const more = [m?.source ? this.source(m.source) : this.t("noSource"), m?.year ? String(m.year) : "", m?.purpose, m?.reference].filter(Boolean);
    return more.length > 0 ? ` (${more.join(", ")})` : "";
  }
}

function hedged(word: string, value: string): string {
  return word ? `${word}\u00a0${value}` : value;
}
