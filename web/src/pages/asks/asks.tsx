// What offices were asked: the way in for who asks and for who has to answer.
import { useApi, useSession } from "../../api/queries.ts";
import type { Asked, List } from "../../api/types.ts";
import { formatDateShort } from "../../format/date.ts";
import { say } from "../../format/text.ts";
import { common } from "../../i18n/words.ts";
import { A, useSearchParams, useSetSearch } from "../../route.tsx";
import { useOfficeOptions } from "../../ui/ask-dialog.tsx";
import { AskState } from "../../ui/asked.tsx";
import { askedWords } from "../../ui/asked-words.ts";
import { Combo } from "../../ui/combo.tsx";
import { Downloads } from "../../ui/download.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { usePlaceOptions } from "../../ui/options.ts";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { asksWords } from "./words.ts";
import "./asks.css";

const states = ["waiting", "overdue", "answered", "closed"] as const;

export default function AsksPage() {
  const t = asksWords.use();
  const a = askedWords.use();
  const s = useSearchParams();
  const params = { state: s.state, office: s.office, place: s.place, about: s.about, by: s.by === "us" ? "us" : undefined };
  const q = useApi<List<Asked>>("/asks", params);
  usePageTitle(a("title"));
  return (
    <>
      <PageHead title={a("title")}><p className="lead">{t("lead")}</p></PageHead>
      <div className="stack">
        <Card>
          <div className="stack-s">
            <div className="row between"><Boxes /><Downloads path="/asks" params={params} /></div>
            <Filters />
          </div>
        </Card>
        {q.error && <Failure inner error={q.error} retry={() => void q.refetch()} />}
        {!q.data && !q.error && <Waiting rows={8} />}
        {q.data && (q.data.items.length === 0 ? <p className="note">{t("none")}</p> : <Card><Table items={q.data.items} /></Card>)}
      </div>
    </>
  );
}

/** Asked of us, asked by us, all: for those who have an office. */
function Boxes() {
  const t = asksWords.use();
  const s = useSearchParams();
  const set = useSetSearch();
  const account = useSession().data?.account;
  if (!account) return <span />;
  const office = account.office;
  const boxes: [string, string, { office?: string; by?: string }][] = [["all", t("boxAll"), { office: undefined, by: undefined }]];
  if (office) boxes.push(["to", t("boxToUs"), { office, by: undefined }]);
  boxes.push(["by", t("boxByUs"), { office: undefined, by: "us" }]);
  const now = s.by === "us" ? "by" : office && s.office === office ? "to" : s.office ? "" : "all";
  return (
    <div className="tabs" role="group" aria-label={t("office")}>
      {boxes.map(([key, text, patch]) => <button key={key} type="button" aria-pressed={key === now} onClick={() => set(patch)}>{text}</button>)}
    </div>
  );
}

function Filters() {
  const t = asksWords.use();
  const a = askedWords.use();
  const c = common.use();
  const s = useSearchParams();
  const set = useSetSearch();
  const offices = useOfficeOptions();
  const places = usePlaceOptions();
  return (
    <div className="filters no-print">
      <label className="field">
        <span>{c("state")}</span>
        <select className="input" value={s.state ?? ""} onChange={(e) => set({ state: e.target.value || undefined })}>
          <option value="">{c("all")}</option>
          {states.map((x) => <option key={x} value={x}>{x === "waiting" ? t("waiting") : a(`state_${x}`)}</option>)}
        </select>
      </label>
      <Combo label={t("office")} options={offices} value={s.office ?? ""} empty={c("all")} onChange={(v) => set({ office: v || undefined, by: undefined })} />
      <Combo label={c("place")} options={places} value={s.place ?? ""} empty={c("country")} onChange={(v) => set({ place: v || undefined })} />
      {(s.state || s.office || s.place || s.about || s.by) && <button type="button" className="button" onClick={() => set({ state: undefined, office: undefined, place: undefined, about: undefined, by: undefined })}>{c("reset")}</button>}
    </div>
  );
}

function Table({ items }: { items: Asked[] }) {
  const words = useWords();
  const t = asksWords.use();
  const a = askedWords.use();
  const c = common.use();
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={a("title")}>
      <table className="table folds">
        <thead>
          <tr>
            <th scope="col">{t("about")}</th><th scope="col">{t("office")}</th><th scope="col">{c("place")}</th><th scope="col">{t("asked")}</th><th scope="col">{t("due")}</th>
            <th scope="col" className="r">{t("silent")}</th><th scope="col">{c("state")}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((x) => (
            <tr key={x.id}>
              <th scope="row"><A to={`/asks/${x.id}`} className="plain-link strong">{say(x.about.title, words.lang) || x.about.id}</A></th>
              <td data-label={t("office")} className="wide">{words.office(x.office)}</td>
              <td data-label={c("place")}>{words.placeShort(x.about.place)}</td>
              <td data-label={t("asked")} className="nums">{formatDateShort(x.on, words.lang)}</td>
              <td data-label={t("due")} className="nums">{formatDateShort(x.due, words.lang)}</td>
              <td data-label={t("silent")} className="r nums">{x.days_without_word}</td>
              <td data-label={c("state")}><AskState state={x.state} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
