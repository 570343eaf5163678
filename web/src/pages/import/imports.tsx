// All imports that the reader may see.
import { useApi } from "../../api/queries.ts";
import type { Import, List } from "../../api/types.ts";
import { formatMoment } from "../../format/date.ts";
import { common } from "../../i18n/words.ts";
import { A, useLang, useSearchParams, useSetSearch } from "../../route.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Choice } from "../../ui/form.tsx";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { importWords, type ImportKey } from "./words.ts";
import "./import.css";

const states = ["open", "checking", "checked", "committing", "submitted", "published", "withdrawn"] as const;
const looks: Record<string, string> = { published: "tag-good", checked: "tag-brand", checking: "tag-wait", committing: "tag-wait", withdrawing: "tag-wait", submitted: "tag-wait", withdrawn: "tag-odd" };

export function StateTag({ state }: { state: string }) {
  const t = importWords.use();
  return <span className={`tag ${looks[state] ?? ""}`}>{t(`state_${state}` as ImportKey)}</span>;
}

export function useOwner() {
  const t = importWords.use();
  const words = useWords();
  return (i: Import) => words.office(i.office) || (i.owner === "local" ? t("local") : i.owner);
}

export default function ImportsPage() {
  const t = importWords.use();
  const c = common.use();
  const lang = useLang();
  const words = useWords();
  const owner = useOwner();
  const s = useSearchParams();
  const set = useSetSearch();
  const q = useApi<List<Import>>("/imports", { state: s.state });
  usePageTitle(t("list"));
  if (q.error) return <><PageHead title={t("list")} /><Failure inner error={q.error} retry={() => void q.refetch()} /></>;
  return (
    <>
      <PageHead title={t("list")}><p className="lead">{t("listLead")}</p></PageHead>
      <div className="stack">
        <div className="filters">
          <Choice label={c("state")} value={s.state ?? ""} onChange={(v) => set({ state: v || undefined })} options={[["", c("all")], ...states.map((x) => [x, t(`state_${x}`)] as const)]} />
          <A to="/import" className="button button-main">{t("title")}</A>
        </div>
        <Card>
          {!q.data ? <Waiting rows={6} /> : q.data.items.length === 0 ? <p className="quiet">{t("empty")}</p> : (
            <table className="table folds">
              <thead><tr><th scope="col">{t("file")}</th><th scope="col">{c("state")}</th><th scope="col">{c("place")}</th><th scope="col">{t("who")}</th><th scope="col">{t("when")}</th><th scope="col">{t("result")}</th></tr></thead>
              <tbody>
                {q.data.items.map((i) => (
                  <tr key={i.id}>
                    <th scope="row"><A to={`/imports/${i.id}`}>{i.name}</A></th>
                    <td data-label={c("state")}><StateTag state={i.state} /></td>
                    <td data-label={c("place")}>{words.placeShort(i.place)}</td>
                    <td data-label={t("who")}>{owner(i)}</td>
                    <td data-label={t("when")}>{formatMoment(i.at, lang)}</td>
                    <td data-label={t("result")} className="wide">{result(i, t)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Card>
      </div>
    </>
  );
}

function result(i: Import, t: ReturnType<typeof importWords.use>): string {
  if (i.state === "withdrawn" && i.outcome?.reason) return t("withdrawnText", { reason: i.outcome.reason });
  if (i.state === "published" && i.outcome) return t("doneText", { new: i.outcome.new, known: i.outcome.known, corrected: i.outcome.corrected });
  if (i.check) return i.check.problems ? t("problems", { n: i.check.problems }) : t("clean");
  return "";
}
