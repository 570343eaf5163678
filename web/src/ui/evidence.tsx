// What is attached to a statement: figures that support or contradict it, show
// progress, or are needed to understand it.
import type { EvidenceItem } from "../api/types.ts";
import { formatDate } from "../format/date.ts";
import { say } from "../format/text.ts";
import { common } from "../i18n/words.ts";
import { A } from "../route.tsx";
import { useWords } from "../words.tsx";
import { evidenceWords } from "./evidence-words.ts";
import { FigureOf } from "./figure.tsx";
import { Card } from "./page.tsx";
import "./evidence.css";

const relationColor: Record<string, string> = { supports: "tag-good", contradicts: "tag-odd", progress: "tag-brand", context: "" };

export function Evidence({ items }: { items: EvidenceItem[] }) {
  const words = useWords();
  const t = evidenceWords.use();
  const c = common.use();
  return (
    <Card id="evidence" title={t("evidence")}>
      {items.length === 0 ? (
        <p className="quiet">{t("evidenceNone")}</p>
      ) : (
        <ul className="plist">
          {items.map((e) => (
            <li key={`${e.relation}${e.figure.id}`} className="evidence">
              <p className="evidence-n"><FigureOf f={e.figure} what={say(e.title, words.lang)} /></p>
              <div className="stack-s">
                <p>{say(e.title, words.lang) || words.measure(e.figure.measure)}</p>
                <p className="small row">
                  <span className={`tag ${relationColor[e.relation] ?? ""}`}>{t(`rel_${e.relation}` as "rel_context")}</span>
                  <span className="quiet">{e.figure.published_at ? formatDate(e.figure.published_at, words.lang) : c("undated")}</span>
                  {!e.figure.document && words.vocabulary.offices[e.figure.source] && <span>{words.office(e.figure.source)}</span>}
                  {e.figure.document && <A to={`/documents/${e.figure.document}`} search={{ figure: e.figure.id }}>{words.publisher(e.figure.document)}</A>}
                </p>
                {say(e.note, words.lang) && <p className="small quiet">{say(e.note, words.lang)}</p>}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
