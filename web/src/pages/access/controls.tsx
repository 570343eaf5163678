// The question: what is asked, by which way, within how many minutes, and which
// promised facilities count.
import { useEffect, useRef } from "react";
import type { AccessPage } from "../../api/access.ts";
import { sortBy } from "../../format/collate.ts";
import { say } from "../../format/text.ts";
import { A, useLang, useSearchParams, useSetSearch, type Search } from "../../route.tsx";
import { Card } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { leastMinutes, mostMinutes, promisedSwitched, serviceAsked, stepMinutes, switchOf } from "./question.ts";
import { codeOf, hubName } from "./sentence.ts";
import { accessWords, type AccessKey } from "./words.ts";

const seasons = ["summer", "winter"] as const;
const modes = ["road", "air", "best"] as const;
const spans = ["call_to_door", "call_to_treatment", "drive_only"] as const;
const restMs = 180; // after the last move of the slider

interface Props {
  data: AccessPage;
  /** Minutes under the finger, before they stand in the address. */
  limit: number;
  slide: (minutes: number | undefined) => void;
}

export function Controls({ data, limit, slide }: Props) {
  const t = accessWords.use();
  const lang = useLang();
  const s = useSearchParams();
  const set = useSetSearch();
  const q = data.question;
  const emergency = q.kind === "emergency";
  const nth = (i: number, of: readonly string[]) => (of.length > 1 ? `${t("project")} ${i + 1}` : t("project"));
  const flag = (key: "promised" | "stated_only", on: boolean): Search => ({ [key]: on ? "true" : undefined });
  return (
    <Card title={t("question")} className="acc-question no-print" id="question">
      <div className="acc-fields" role="search" aria-label={t("question")}>
        <label className="field acc-service">
          <span>{t("service")}</span>
          <select className="input" value={q.service} onChange={(e) => set(serviceAsked(e.target.value))}>
            {sortBy(lang, data.services, (x) => say(x.name, lang)).map((x) => <option key={x.code} value={x.code}>{say(x.name, lang) || x.code}</option>)}
          </select>
        </label>
        <Tabs label={t("season")} list={seasons} value={q.season} name={(v) => t(`season_${v}`)} choose={(v) => set({ season: v === "summer" ? undefined : v })} />
        {emergency && <Tabs label={t("mode")} list={modes} value={q.mode} name={(v) => t(`mode_${v}`)} choose={(v) => set({ mode: v === "road" ? undefined : v, span: v === "air" && q.span === "drive_only" ? undefined : s.span })} />}
        {emergency ? (
          <label className="field">
            <span>{t("spanOf")}</span>
            <select className="input" value={q.span} onChange={(e) => set({ span: e.target.value === "call_to_door" ? undefined : e.target.value })}>
              {spans.map((x) => <option key={x} value={x} disabled={x === "drive_only" && q.mode === "air"}>{t(`span_${x}` as AccessKey)}</option>)}
            </select>
          </label>
        ) : <p className="small quiet">{t("plannedHint")}</p>}
        <Minutes data={data} limit={limit} slide={slide} />
      </div>
      <div className="acc-switches">
        <label className="check"><input type="checkbox" checked={q.stated_only} onChange={(e) => set(flag("stated_only", e.target.checked))} />{t("statedOnly")}</label>
        {data.promised.length === 0 ? <span className="small quiet">{t("promisedNone")}</span> : (
          <fieldset>
            <legend>{t("promisedOnes")}</legend>
            {data.promised.length > 1 && <label className="check"><input type="checkbox" checked={q.promised} onChange={(e) => set({ ...flag("promised", e.target.checked), on: undefined, off: undefined })} />{t("withPromised")}</label>}
            {data.promised.map((h) => {
              const code = codeOf(h) as string;
              const by = switchOf(s, code);
              const counts = by === "on" || (q.promised && by !== "off");
              return (
                <div key={code} className="row">
                  <label className="check"><input type="checkbox" checked={counts} onChange={(e) => set(promisedSwitched(s, code, e.target.checked))} />{hubName(h, lang)}</label>
                  {h.works.map((w, i) => <A key={w} to={`/works/${w}`} className="small" aria-label={`${nth(i, h.works)}: ${hubName(h, lang)}`}>{nth(i, h.works)}</A>)}
                </div>
              );
            })}
          </fieldset>
        )}
      </div>
    </Card>
  );
}

function Tabs<K extends string>({ label, list, value, name, choose }: { label: string; list: readonly K[]; value: string; name: (v: K) => string; choose: (v: K) => void }) {
  return (
    <div className="field">
      <span>{label}</span>
      <div className="tabs" role="group" aria-label={label}>
        {list.map((v) => <button key={v} type="button" aria-pressed={v === value} onClick={() => choose(v)}>{name(v)}</button>)}
      </div>
    </div>
  );
}

/** The slider moves the map at once; the address follows when it rests. */
function Minutes({ data, limit, slide }: Props) {
  const t = accessWords.use();
  const words = useWords();
  const set = useSetSearch();
  const q = data.question;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const to = (n: number) => {
    slide(n);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      set({ limit: n === q.norm_minutes ? undefined : String(n) }, true);
    }, restMs);
  };
  const place = (100 * (Math.min(mostMinutes, Math.max(leastMinutes, q.norm_minutes)) - leastMinutes)) / (mostMinutes - leastMinutes);
  return (
    <div className="field acc-limit">
      <label htmlFor="acc-limit"><span>{t("limit")}</span></label>
      <div className="acc-slide">
        <div className="acc-track">
          <input id="acc-limit" type="range" min={leastMinutes} max={mostMinutes} step={stepMinutes} value={Math.min(mostMinutes, Math.max(leastMinutes, limit))} aria-valuetext={t("minutesN", { n: limit })} list="acc-norm" onChange={(e) => to(Number(e.target.value))} />
          <i className="acc-mark" style={{ left: `calc(${place}% + ${(0.5 - place / 100) * 1}rem)` }} aria-hidden="true" />
        </div>
        <output htmlFor="acc-limit" className="nums"><strong>{t("minutesN", { n: limit })}</strong></output>
      </div>
      <span className="small quiet">
        {t("norm", { n: q.norm_minutes, source: "\u0001" }).split("\u0001").map((part, i) => (i === 0 ? <span key={i}>{part}<SourceName of={q.norm_source} assumption={t("assumption")} document={words.documents.has(q.norm_source) ? words.document(q.norm_source) : undefined} /></span> : <span key={i}>{part}</span>))}
        {limit !== q.norm_minutes && <> · <button type="button" className="acc-link" onClick={() => to(q.norm_minutes)}>{t("backToNorm")}</button></>}
      </span>
    </div>
  );
}

/** A source: a document that can be opened, a publication, or the word assumption. */
export function SourceName({ of, assumption, document }: { of: string; assumption: string; document: string | undefined }) {
  if (of === "assumption") return <span className="tag tag-wait">{assumption}</span>;
  return document ? <A to={`/documents/${of}`}>{document}</A> : <>{of}</>;
}
