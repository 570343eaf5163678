// What was published: the documents of the programme and other sources.
import { useApi } from "../../api/queries.ts";
import type { Document, List } from "../../api/types.ts";
import { formatDate, formatPeriod } from "../../format/date.ts";
import { say } from "../../format/text.ts";
import { common } from "../../i18n/words.ts";
import { A } from "../../route.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Icon } from "../../ui/icons.tsx";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { documentWords } from "./words.ts";
import "./documents.css";

export default function DocumentsPage() {
  const t = documentWords.use();
  usePageTitle(t("title"));
  const q = useApi<List<Document>>("/documents");
  if (q.error) return <Failure error={q.error} retry={() => void q.refetch()} />;
  const list = q.data?.items;
  return (
    <>
      <PageHead title={t("title")}><p className="lead">{t("lead")}</p></PageHead>
      {!list ? <Waiting rows={12} /> : (
        <div className="stack">
          <Card title={t("programme")}><Shelf list={list.filter((d) => d.kind === "document")} marks /></Card>
          <Card title={t("references")}><Shelf list={list.filter((d) => d.kind !== "document")} /></Card>
        </div>
      )}
    </>
  );
}

/** The day of a document as it was printed: a year stays a year. */
export function usePublished(): (d: Document) => string {
  const words = useWords();
  const c = common.use();
  return (d) => (!d.published_at ? c("undated") : d.published_as && d.published_as.length < 10 ? formatPeriod(d.published_as, words.lang) : formatDate(d.published_at, words.lang));
}

function Shelf({ list, marks }: { list: Document[]; marks?: boolean }) {
  const words = useWords();
  const t = documentWords.use();
  const day = usePublished();
  return (
    <ul className="plist shelf">
      {list.map((d) => (
        <li key={d.name}>
          <div>
            <A to={`/documents/${d.name}`} className="prow-title">{say(d.title, words.lang)}</A>
            <p className="small quiet">{say(d.publisher, words.lang)} · {day(d)}</p>
          </div>
          <p className="row small">
            <span className="quiet nums">{t("figuresN", { n: d.figures })}</span>
            {marks && <span className={`tag ${d.imported ? "tag-good" : ""}`}><Icon name={d.imported ? "done" : "blank"} />{t(d.imported ? "imported" : "notImported")}</span>}
          </p>
        </li>
      ))}
    </ul>
  );
}
