// States of everything under a name, and the making of one.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { sendJson } from "../../api/client.ts";
import { useSession } from "../../api/queries.ts";
import type { List, Release } from "../../api/types.ts";
import { formatDate, formatMoment } from "../../format/date.ts";
import { langs } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { A, useLang } from "../../route.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Field, Refused, useAction } from "../../ui/form.tsx";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { useDesk } from "../submissions/desk.ts";
import { releaseWords } from "./words.ts";

export default function ReleasesPage() {
  const t = releaseWords.use();
  const lang = useLang();
  const q = useDesk<List<Release>>("/releases");
  const session = useSession().data;
  usePageTitle(t("title"));
  if (q.error) return <><PageHead title={t("title")} /><Failure inner error={q.error} retry={() => void q.refetch()} /></>;
  return (
    <>
      <PageHead title={t("title")}><p className="lead">{t("lead")}</p></PageHead>
      <div className="stack">
        {session?.acts.includes("make_release") && <Make />}
        {!q.data && <Waiting rows={5} />}
        {q.data?.items.length === 0 && <p className="note">{t("none")}</p>}
        {q.data?.items.map((r) => (
          <Card key={r.code} title={<A to={`/releases/${r.code}`}>{say(r.title, lang) || r.code}</A>} aside={<span className="tag">{r.code}</span>}>
            <div className="stack-s">
              <p>{t("asOf", { date: formatDate(r.as_of, lang) })} <span className="small quiet">{t("frozen", { when: formatMoment(r.recorded_at, lang) })}</span></p>
              {say(r.note, lang) && <p>{say(r.note, lang)}</p>}
              <p className="row"><A to={`/releases/${r.code}`} className="button button-small">{t("revision")}</A><a className="button button-small" href={`/${lang}?release=${r.code}`}>{t("open")}</a></p>
            </div>
          </Card>
        ))}
      </div>
    </>
  );
}

function Make() {
  const t = releaseWords.use();
  const client = useQueryClient();
  const session = useSession().data;
  const [code, setCode] = useState("");
  const [day, setDay] = useState("");
  const [title, setTitle] = useState<Record<string, string>>({});
  const [note, setNote] = useState<Record<string, string>>({});
  const make = useAction(async () => {
    await sendJson<Release>("POST", "/releases", { code: code.trim(), title, note, as_of: day || undefined });
    setCode("");
    setTitle({});
    setNote({});
    await client.invalidateQueries();
  });
  return (
    <Card>
      <details>
        <summary>{t("make")}</summary>
        <form className="form" onSubmit={(e) => { e.preventDefault(); void make.run(); }}>
          <Field label={t("code")} value={code} onChange={setCode} hint={t("codeHint")} required maxLength={40} />
          <Field label={t("day")} type="date" value={day} onChange={setDay} hint={t("dayHint")} max={session?.today} />
          {langs.map((l) => <Field key={l} label={t("titleIn", { lang: l })} value={title[l] ?? ""} onChange={(v) => setTitle({ ...title, [l]: v })} required maxLength={200} />)}
          {langs.map((l) => <Field key={l} label={t("noteIn", { lang: l })} value={note[l] ?? ""} onChange={(v) => setNote({ ...note, [l]: v })} maxLength={2000} />)}
          <div className="row"><button type="submit" className="button button-main" disabled={make.busy}>{t("freeze")}</button></div>
          <Refused error={make.error} />
        </form>
      </details>
    </Card>
  );
}
