// Which facilities count, why, and for whom each is the nearest; and what the
// whole answer rests on.
import type { AccessHub, AccessPage } from "../../api/access.ts";
import { formatDate } from "../../format/date.ts";
import { formatNumber } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { A, useSearchParams, useSetSearch } from "../../route.tsx";
import { Card } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { SourceName } from "./controls.tsx";
import { accessMapWords, type AccessMapKey } from "./map-words.ts";
import { accessMoreWords, type AccessMoreKey } from "./more-words.ts";
import { listOf, pointRemoved, switched, switchOf } from "./question.ts";
import { codeOf, hubName } from "./sentence.ts";
import { accessWords } from "./words.ts";

export default function Hubs({ data }: { data: AccessPage }) {
  const t = accessMoreWords.use();
  const m = accessMapWords.use();
  const words = useWords();
  const s = useSearchParams();
  const off = listOf(s.off);
  const list = [...data.hubs].sort((a, b) => b.people_inside - a.people_inside);
  let added = 0;
  return (
    <Card id="hubs" title={t("hubs")}>
      <p className="small quiet acc-hint">{data.register ? "" : t("hubsHint")} {data.question.kind === "emergency" && `${t("firstCareN", { n: data.first_care })}.`}</p>
      <div className="table-box acc-tall" tabIndex={0} role="region" aria-label={t("hubs")}>
        <table className="table folds">
          <thead><tr><th scope="col">{t("facility")}</th><th scope="col">{t("basis")}</th><th scope="col">{t("source")}</th><th scope="col" className="r">{t("nearestFor")}</th><th scope="col"><span className="sr">{t("counts")}</span></th></tr></thead>
          <tbody>
            {list.map((h, i) => <Row key={codeOf(h) ?? `new${i}`} h={h} point={codeOf(h) ? -1 : added++} />)}
            {off.map((code) => {
              const h = data.promised.find((x) => codeOf(x) === code);
              return (
                <tr key={code}>
                  <th scope="row">{h ? hubName(h, words.lang) : words.place(code)}</th>
                  <td colSpan={3} className="quiet">{t("offNow")}</td>
                  <td className="r"><Back code={code} label={m("undo")} /></td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function Back({ code, label }: { code: string; label: string }) {
  const s = useSearchParams();
  const set = useSetSearch();
  return <button type="button" className="button button-small" onClick={() => set(switched(s, code, undefined))}>{label}</button>;
}

function Row({ h, point }: { h: AccessHub; point: number }) {
  const t = accessMoreWords.use();
  const m = accessMapWords.use();
  const a = accessWords.use();
  const words = useWords();
  const s = useSearchParams();
  const set = useSetSearch();
  const code = codeOf(h);
  const source = h.source === "asked" ? undefined : h.source;
  const name = hubName(h, words.lang);
  const own = code !== undefined && switchOf(s, code) === "on";
  return (
    <tr>
      <th scope="row">{code ? name : m("newPoint", { at: name })}</th>
      <td data-label={t("basis")}>{m(`basis_${h.basis}` as AccessMapKey)}{h.status && <span className="small quiet acc-under">{t(`status_${h.status}` as AccessMoreKey)}</span>}{h.works.map((w, i) => <A key={w} to={`/works/${w}`} className="small acc-under" aria-label={`${a("project")} ${i + 1}: ${name}`}>{a("project")} {i + 1}</A>)}</td>
      <td data-label={t("source")}>{source && <SourceName of={source} assumption={a("assumption")} document={words.documents.has(source) ? words.document(source) : undefined} />}</td>
      <td data-label={t("nearestFor")} className="r nums">{formatNumber(h.people_inside, words.lang)}</td>
      <td className="r">
        {code === undefined
          ? <button type="button" className="button button-small" onClick={() => set(pointRemoved(s, point))}>{m("remove")}</button>
          : <button type="button" className="button button-small" aria-label={`${own ? m("undo") : m("close")}: ${name}`} onClick={() => set(switched(s, code, own ? undefined : "off"))}>{own ? m("undo") : m("close")}</button>}
      </td>
    </tr>
  );
}

/** Population, method and numbers behind the answer. */
export function Rests({ data }: { data: AccessPage }) {
  const t = accessMoreWords.use();
  const a = accessWords.use();
  const words = useWords();
  const { lang } = words;
  const p = data.population;
  return (
    <Card id="rests" title={t("rests")}>
      <ul className="acc-rests small">
        <li>
          {t("population", { on: formatDate(p.on, lang), people: p.people, places: p.places })} {p.source && <SourceName of={p.source} assumption={a("assumption")} document={words.documents.has(p.source) ? words.document(p.source) : undefined} />}
          {p.estimated > 0 && <> {t("popEstimated", { n: p.estimated })}</>}
          {p.unplaced > 0 && <> {t("unplaced", { n: p.unplaced, list: p.unplaced_where.map((x) => say(x.name, lang) || x.place).join(", ") })}</>}
        </li>
        {!data.register && <li>{a("lead")}</li>}
        <li>{t("method", { method: data.method, version: data.version, draws: data.draws })} <a href="#decides">{t("toNumbers")}</a></li>
      </ul>
    </Card>
  );
}
