// Who did what: the journal for those who may read it, and whether it is intact.
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { apiUrl, get, type Params } from "../../api/client.ts";
import type { JournalEntry, JournalPage as Page, JournalState } from "../../api/types.ts";
import { formatMoment } from "../../format/date.ts";
import { common } from "../../i18n/words.ts";
import { useLang, useSearchParams, useSetSearch } from "../../route.tsx";
import { Downloads } from "../../ui/download.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Choice, Field, useAction } from "../../ui/form.tsx";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { journalWords } from "./words.ts";
import "./journal.css";

const chains = ["main", "desk", "read"] as const;

export default function JournalPage() {
  const t = journalWords.use();
  const s = useSearchParams();
  // The journal is what it is on every day of the view.
  const params: Params = { chain: s.chain, actor: s.actor, op: s.op, subject: s.subject, from: s.from, to: s.to };
  const q = useInfiniteQuery({
    queryKey: ["journal", params],
    queryFn: ({ pageParam, signal }) => get<Page>(apiUrl("/journal", { ...params, cursor: pageParam || undefined }), signal),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
  });
  usePageTitle(t("title"));
  if (q.error && !q.data) return <><PageHead title={t("title")} /><Failure inner error={q.error} retry={() => void q.refetch()} /></>;
  const entries = q.data?.pages.flatMap((p) => p.items) ?? [];
  return (
    <>
      <PageHead title={t("title")}><p className="lead">{t("lead")}</p></PageHead>
      <div className="stack journal">
        <Filters />
        <Card>
          {!q.data ? <Waiting rows={12} /> : entries.length === 0 ? <p className="quiet">{t("empty")}</p> : <Entries list={entries} />}
          {q.hasNextPage && <p><button type="button" className="button" disabled={q.isFetchingNextPage} onClick={() => void q.fetchNextPage()}>{t("more")}</button></p>}
        </Card>
        <Downloads path="/journal" params={params} />
        <Verification />
      </div>
    </>
  );
}

function Filters() {
  const t = journalWords.use();
  const c = common.use();
  const s = useSearchParams();
  const set = useSetSearch();
  const [draft, setDraft] = useState({ actor: s.actor ?? "", op: s.op ?? "", subject: s.subject ?? "", from: s.from ?? "", to: s.to ?? "" });
  const field = (name: keyof typeof draft, type: "text" | "date" = "text") => (
    <Field label={t(name)} type={type} value={draft[name]} maxLength={type === "text" ? 80 : undefined} onChange={(v) => setDraft({ ...draft, [name]: v })} />
  );
  const apply = (e: FormEvent) => {
    e.preventDefault();
    set(Object.fromEntries(Object.entries(draft).map(([k, v]) => [k, v.trim() || undefined])));
  };
  return (
    <form className="filters" onSubmit={apply}>
      <Choice label={t("chain")} value={s.chain ?? ""} onChange={(v) => set({ chain: v || undefined })} options={[["", c("all")], ...chains.map((x) => [x, t(`chain_${x}`)] as const)]} />
      {field("actor")}
      {field("op")}
      {field("subject")}
      {field("from", "date")}
      {field("to", "date")}
      <button type="submit" className="button">{t("apply")}</button>
    </form>
  );
}

function Entries({ list }: { list: JournalEntry[] }) {
  const t = journalWords.use();
  const lang = useLang();
  return (
    <table className="table folds">
      <thead>
        <tr><th scope="col">{t("at")}</th><th scope="col">{t("chain")}</th><th scope="col">{t("actor")}</th><th scope="col">{t("op")}</th><th scope="col">{t("subject")}</th><th scope="col">{t("detail")}</th></tr>
      </thead>
      <tbody>
        {list.map((e) => (
          <tr key={`${e.chain}${e.number}`}>
            <th scope="row">{formatMoment(e.at, lang)}</th>
            <td data-label={t("chain")}>{t(`chain_${e.chain as (typeof chains)[number]}`)} {e.number}</td>
            <td data-label={t("actor")}>{e.actor}</td>
            <td data-label={t("op")}>{e.op}</td>
            <td data-label={t("subject")} className="wide">{e.subject}</td>
            <td data-label={t("detail")} className="wide small quiet">{e.detail}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Verification() {
  const t = journalWords.use();
  const [got, setGot] = useState<JournalState | null>(null);
  const { busy, error, run } = useAction(async () => setGot(await get<JournalState>("/api/journal/verification")));
  return (
    <Card>
      <button type="button" className="button" disabled={busy} onClick={() => void run()}>{t("verify")}</button>
      <div aria-live="polite">
        {error && <Failure inner error={error} retry={() => void run()} />}
        {got && <p>{got.intact ? t("intact") : t("broken", { why: got.problem ?? "" })}</p>}
        {got?.anchor && <><p className="small quiet">{t("anchor")}</p><pre className="quote" tabIndex={0}>{got.anchor}</pre></>}
      </div>
    </Card>
  );
}
