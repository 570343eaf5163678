// Who of a territory is inside the limit of the golden hour, in one line.
import { useApi } from "../api/queries.ts";
import type { AccessRows } from "../api/access.ts";
import { formatNumber, formatPercent } from "../format/number.ts";
import { say } from "../format/text.ts";
import { A } from "../route.tsx";
import { useWords } from "../words.tsx";
import { accessLinkWords } from "./access-link-words.ts";
import { Card } from "./page.tsx";

export default function AccessHere({ place, settlement }: { place: string; settlement: boolean }) {
  const t = accessLinkWords.use();
  const { lang } = useWords();
  const q = useApi<AccessRows>("/access/places", { place, inside: "yes", rows: 1 });
  if (!q.data || q.data.people_in_and_out === 0) return null;
  const { question, people, people_in_and_out: all } = q.data;
  const share = formatPercent(Math.round((1000 * people) / all) / 10, lang);
  return (
    <Card id="access" title={t("here")}>
      <p>{t("hereText", { service: say(question.service_name, lang), limit: question.limit_minutes, n: formatNumber(people, lang), all: formatNumber(all, lang), share })} <span className="quiet">{t("document")}</span></p>
      <p>{settlement ? <A to={`/access/places/${place}`}>{t("herePlace")}</A> : <A to="/access" search={{ place }}>{t("hereRegion")}</A>}</p>
    </Card>
  );
}
