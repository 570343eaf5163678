// Single sites that would bring most people inside the limit.
import { questionOf, questionParams, type AccessCandidates } from "../../api/access.ts";
import { useApi } from "../../api/queries.ts";
import { formatNumber } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { A, useLang, useSearchParams, useSetSearch } from "../../route.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Card } from "../../ui/page.tsx";
import { useSeen } from "../../ui/use-seen.ts";
import { useWords } from "../../words.tsx";
import { accessMapWords } from "./map-words.ts";
import { accessMoreWords } from "./more-words.ts";
import { switched } from "./question.ts";
import { hubName } from "./sentence.ts";

export default function Candidates() {
  const t = accessMoreWords.use();
  const m = accessMapWords.use();
  const lang = useLang();
  const words = useWords();
  const s = useSearchParams();
  const set = useSetSearch();
  const [box, seen] = useSeen<HTMLDivElement>(); // it takes a second or two
  const q = useApi<AccessCandidates>(seen ? "/access/candidates" : "", questionParams(s));
  return (
    <Card id="candidates" title={t("candidates")}>
      <div ref={box} aria-busy={seen && q.isFetching} />
      <p className="small quiet acc-hint">{t("candidatesHint")}{q.data && <> {t("outsideNow", { n: q.data.outside })}.</>}</p>
      {q.error ? <Failure inner error={q.error} retry={() => void q.refetch()} /> : !seen ? null : !q.data ? <Waiting rows={6} /> : q.data.items.length === 0 ? <p className="note">{t("candidatesNone")}</p> : (
        <div className="table-box" tabIndex={0} role="region" aria-label={t("candidates")}>
          <table className="table folds">
            <thead><tr><th scope="col">{m("place")}</th><th scope="col" className="r">{t("gain")}</th><th scope="col">{t("standsThere")}</th><th scope="col"><span className="sr">{t("tryIt")}</span></th></tr></thead>
            <tbody>
              {q.data.items.map((x) => (
                <tr key={x.place.id}>
                  <th scope="row"><A to={`/access/places/${x.place.id}`} search={questionOf(s)} className="plain-link">{say(x.place.name, lang)}</A><span className="small quiet acc-under">{words.placeShort(x.place.region)}</span></th>
                  <td data-label={t("gain")} className="r nums">+{formatNumber(x.gained, lang)}</td>
                  <td data-label={t("standsThere")} className="small">{x.facilities.length === 0 ? <span className="quiet" aria-hidden="true">—</span> : x.facilities.map((f) => hubName(f, lang)).join("; ")}</td>
                  <td className="r wide"><button type="button" className="button button-small" aria-label={t("tryNamed", { name: say(x.place.name, lang) })} onClick={() => set(switched(s, x.place.id, "on"))}>{t("tryIt")}</button></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}
