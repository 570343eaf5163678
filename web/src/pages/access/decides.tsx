// What decides the answer: people inside at the ends of each number's range,
// and the numbers themselves, which the reader may change.
import { useState } from "react";
import type { AccessPage, AccessParameter, AccessSway } from "../../api/access.ts";
import { formatNumber } from "../../format/number.ts";
import { parseNumber } from "../../format/parse-number.ts";
import { say } from "../../format/text.ts";
import { useSearchParams, useSetSearch } from "../../route.tsx";
import { Card } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { SourceName } from "./controls.tsx";
import { accessMoreWords, type AccessMoreKey } from "./more-words.ts";
import { parameterSet } from "./question.ts";
import { shortPeople } from "./sentence.ts";
import { accessWords } from "./words.ts";

const shownSways = 8;

export default function Decides({ data }: { data: AccessPage }) {
  const t = accessMoreWords.use();
  const a = accessWords.use();
  const s = useSearchParams();
  const set = useSetSearch();
  // On a phone the long table waits until it is asked for.
  const [open, setOpen] = useState(() => Boolean(s.set) || window.matchMedia("(min-width: 640px)").matches);
  const sways = data.sways.filter((x) => x.inside_at_low !== x.inside_at_high).slice(0, shownSways);
  return (
    <Card id="decides" title={t("decides")} aside={<p>{a("assumptionsN", { n: data.assumed_parameters, total: data.parameters.length })}</p>}>
      <p className="small quiet acc-hint">{t("decidesHint")}</p>
      <Tornado sways={sways} inside={data.whole.inside} />
      <details className="acc-sub" open={open} onToggle={(e) => setOpen(e.currentTarget.open)}>
        <summary>{t("parameters")}</summary>
        <p className="small quiet acc-hint">{t("parametersHint")} {s.set && <button type="button" className="button button-small no-print" onClick={() => set({ set: undefined })}>{t("resetAll")}</button>}</p>
        <div className="table-box" tabIndex={0} role="region" aria-label={t("parameters")}>
          <table className="table folds acc-parameters">
            <thead><tr><th scope="col">{t("parameter")}</th><th scope="col">{t("value")}</th><th scope="col" className="r">{t("range")}</th><th scope="col">{t("unit")}</th><th scope="col">{t("source")}</th></tr></thead>
            <tbody>{data.parameters.map((p) => <Parameter key={`${p.code}${p.value}`} p={p} />)}</tbody>
          </table>
        </div>
      </details>
    </Card>
  );
}

/** Bars from the people inside at the low end of a range to those at the high end, around what they are now. */
function Tornado({ sways, inside }: { sways: AccessSway[]; inside: number }) {
  const t = accessMoreWords.use();
  const { lang } = useWords();
  const all = sways.flatMap((x) => [x.inside_at_low, x.inside_at_high]);
  const from = Math.min(inside, ...all);
  const to = Math.max(inside, ...all);
  const at = (v: number) => (to > from ? (100 * (v - from)) / (to - from) : 50);
  return (
    <ul className="acc-tornado">
      {sways.map((x) => {
        const { parameter: p, inside_at_low: low, inside_at_high: high } = x;
        const unit = t(`unit_${p.unit}` as AccessMoreKey);
        const [least, most] = low < high ? [low, high] : [high, low];
        const end = (v: number, n: number, which: string) => <span title={which}>{formatNumber(v, lang)} {unit}: <strong>{shortPeople(n, lang)}</strong></span>;
        return (
          <li key={p.code}>
            <span className="acc-sway-name">{say(p.text, lang)}</span>
            <span className="acc-sway" aria-hidden="true"><i style={{ left: `${at(least)}%`, width: `${Math.max(0.6, at(most) - at(least))}%` }} /><b style={{ left: `${at(inside)}%` }} /></span>
            <span className="acc-sway-ends small nums">{low < high ? <>{end(p.low, low, t("atLow"))}{end(p.high, high, t("atHigh"))}</> : <>{end(p.high, high, t("atHigh"))}{end(p.low, low, t("atLow"))}</>}</span>
          </li>
        );
      })}
    </ul>
  );
}

function Parameter({ p }: { p: AccessParameter }) {
  const t = accessMoreWords.use();
  const a = accessWords.use();
  const words = useWords();
  const { lang } = words;
  const s = useSearchParams();
  const set = useSetSearch();
  const shown = formatNumber(p.value, lang);
  const [text, setText] = useState(shown);
  const [bad, setBad] = useState(false);
  const unit = t(`unit_${p.unit}` as AccessMoreKey);
  const take = () => {
    const v = parseNumber(text);
    setBad(!v);
    if (v && Number(v) !== p.value) set(parameterSet(s, p.code, v));
  };
  const name = say(p.text, lang);
  return (
    <tr>
      <th scope="row">{name}<span className="small quiet acc-under">{p.season ? a(`season_${p.season}` as "season_summer") : t("allYear")}</span></th>
      <td data-label={t("value")}>
        <span className="acc-value">
          <input className="input nums" inputMode="decimal" size={6} aria-label={`${name}, ${unit}`} aria-invalid={bad || undefined} value={text} maxLength={12}
            onChange={(e) => { setText(e.target.value); setBad(false); }} onBlur={take} onKeyDown={(e) => { if (e.key === "Enter") take(); if (e.key === "Escape") setText(shown); }} />
          {p.changed && <span className="row"><span className="tag tag-brand">{t("changed")}</span><button type="button" className="acc-link small no-print" onClick={() => set(parameterSet(s, p.code, undefined))}>{t("giveBack")}</button></span>}
          {bad && <span className="small late-text" role="alert">{t("badValue", { example: shown })}</span>}
        </span>
      </td>
      <td data-label={t("range")} className="r nums">{p.changed ? "—" : `${formatNumber(p.low, lang)}–${formatNumber(p.high, lang)}`}</td>
      <td data-label={t("unit")}>{unit}</td>
      <td data-label={t("source")} className="wide"><SourceName of={p.source} assumption={a("assumption")} document={words.documents.has(p.source) ? words.document(p.source) : undefined} /></td>
    </tr>
  );
}
