// What somebody said has happened, newest first, so that a reader sees the other
// side of the promises too.
import { useState } from "react";
import type { Board } from "../../api/types.ts";
import { formatDate } from "../../format/date.ts";
import { say } from "../../format/text.ts";
import { common } from "../../i18n/words.ts";
import { A } from "../../route.tsx";
import { Fig } from "../../ui/figure.tsx";
import { Card } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { boardWords } from "./words.ts";

const shownAtFirst = 8;

export function Happened({ board }: { board: Board }) {
  const words = useWords();
  const t = boardWords.use();
  const c = common.use();
  const [all, setAll] = useState(false);
  const published = (name: string | null) => (name ? (words.documents.get(name)?.published_at ?? null) : null);
  if (board.happened.length === 0) return null;
  const cut = all ? board.happened : board.happened.slice(0, shownAtFirst);
  return (
    <Card id="happened" title={t("happened")} aside={<p>{t("happenedHint")}</p>}>
      <ul className="happened">
        {cut.map((h) => (
          <li key={h.id}>
            <Fig id={h.figure} value={h.value} qualifier={h.qualifier} unit={h.unit} noun={words.measures.get(h.measure)?.noun} className="happened-n" what={say(h.title, words.lang)} />
            <div>
              <p>{say(h.title, words.lang)}</p>
              <p className="small quiet">
                {words.place(h.place)}
                {h.document && <> · <A to={`/documents/${h.document}`} search={{ figure: h.figure }}>{words.publisher(h.document)}</A></>}
                {published(h.document) && <>, {formatDate(published(h.document) ?? "", words.lang)}</>}
              </p>
            </div>
          </li>
        ))}
      </ul>
      {board.happened.length > cut.length && (
        <button type="button" className="button button-small" onClick={() => setAll(true)}>{c("showAll", { n: board.happened.length })}</button>
      )}
    </Card>
  );
}
