// What would close the gap: who is outside the hour, and the way to the answer.
// It is asked for when the rest of the board stands.
import { useApi } from "../../api/queries.ts";
import type { AccessRows } from "../../api/access.ts";
import { formatNumber } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { A } from "../../route.tsx";
import { accessLinkWords } from "../../ui/access-link-words.ts";
import { useWords } from "../../words.tsx";

const named = 3;

export default function AccessLine() {
  const t = accessLinkWords.use();
  const { lang } = useWords();
  const q = useApi<AccessRows>("/access/places", { inside: "no", sort: "people", rows: named });
  if (!q.data || q.data.people === 0) return null; // a country without tables of access says nothing here
  const { question, items, people, people_in_and_out: all } = q.data;
  return (
    <section className="card works-line access-line" aria-label={t("gap")}>
      <h2>{t("gap")}</h2>
      <p>{t("gapText", { service: say(question.service_name, lang), limit: question.limit_minutes, n: formatNumber(people, lang), all: formatNumber(all, lang), list: items.map((x) => say(x.place.name, lang)).join(", ") })}</p>
      <ul className="row">
        <li><A to="/access">{t("gapAll")}</A></li>
        <li><A to="/access" search={{ promised: "true" }}>{t("gapPromised")}</A></li>
      </ul>
    </section>
  );
}
