// Past forecasts of the ends of works, scored by what came of them.
import { useApi } from "../../api/queries.ts";
import type { components } from "../../api/schema.ts";
import { formatDate } from "../../format/date.ts";
import { formatNumber, formatPercent } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { A, useSearchParams, useSetSearch } from "../../route.tsx";
import { Combo } from "../../ui/combo.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { usePlaceOptions } from "../../ui/options.ts";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { forecastWords } from "./words.ts";
import "./forecasts.css";

type Scores = components["schemas"]["WorkScores"];

export default function ForecastsPage() {
  const t = forecastWords.use();
  const s = useSearchParams();
  const set = useSetSearch();
  const places = usePlaceOptions();
  usePageTitle(t("title"));
  const q = useApi<Scores>("/work-forecasts", { place: s.place });
  return (
    <>
      <PageHead title={t("title")}><p className="lead">{t("lead")}</p></PageHead>
      <div className="stack">
        <Card>
          <div className="filters no-print">
            <Combo label={t("territory")} options={places} value={s.place ?? ""} empty={t("country")} onChange={(v) => set({ place: v || undefined })} />
          </div>
        </Card>
        {q.error && <Failure inner error={q.error as Error} retry={() => void q.refetch()} />}
        {!q.data && !q.error && <Waiting rows={8} />}
        {q.data && <Found s={q.data} />}
      </div>
    </>
  );
}

function Found({ s }: { s: Scores }) {
  const t = forecastWords.use();
  const { lang } = useWords();
  if (s.forecasts.length === 0) return <p className="note">{t("nothing")}</p>;
  return (
    <>
      {s.synthetic && <p className="note">{t("synthetic")}</p>}
      {s.scored === 0 && <p className="note">{t("none")}</p>}
      <Card title={t("summary")}>
        <Summary s={s} />
        {s.notes.length > 0 && <ul className="fc-notes">{s.notes.map((n) => <li key={say(n, "en")}>{say(n, lang)}</li>)}</ul>}
      </Card>
      {s.scored > 0 && <Levels s={s} />}
      {s.bins.length > 0 && <Bins s={s} />}
      <Past s={s} />
    </>
  );
}

function Summary({ s }: { s: Scores }) {
  const t = forecastWords.use();
  const { lang } = useWords();
  const days = (v: number | null) => (v === null ? "—" : formatNumber(Math.round(v), lang));
  const rows: [string, string][] = [
    [t("scored"), formatNumber(s.scored, lang)],
    [t("projects"), formatNumber(s.projects, lang)],
    [t("open"), formatNumber(s.open, lang)],
    [t("sharpness"), days(s.sharpness)],
    [t("crps"), days(s.crps)],
    [t("naive"), days(s.naive)],
    [t("skill"), s.skill === null ? "—" : formatPercent(Math.round(100 * s.skill), lang)],
  ];
  return <dl className="fc-sums">{rows.map(([k, v]) => <div key={k}><dt>{k}</dt><dd>{v}</dd></div>)}</dl>;
}

function Levels({ s }: { s: Scores }) {
  const t = forecastWords.use();
  const { lang } = useWords();
  const pct = (v: number | null) => (v === null ? "—" : formatPercent(Math.round(100 * v), lang));
  return (
    <Card title={t("calibration")}>
      <p>{t("calibrationText")}</p>
      <div className="table-box" tabIndex={0} role="region" aria-label={t("calibration")}>
        <table className="table">
          <thead><tr><th scope="col">{t("level")}</th><th scope="col" className="r">{t("n")}</th><th scope="col" className="r">{t("kept")}</th><th scope="col" className="r">{t("share")}</th><th scope="col">{t("interval")}</th><th scope="col" className="r">{t("undecided")}</th><th scope="col" className="r">{t("loss")}</th></tr></thead>
          <tbody>
            {s.levels.map((l) => (
              <tr key={l.p}>
                <th scope="row">P{Math.round(100 * l.p)}</th><td className="r">{l.n}</td><td className="r">{l.kept}</td><td className="r">{pct(l.share)}</td>
                <td><Bar low={l.low} high={l.high} share={l.share} want={l.p} /><span className="fc-range">{l.low === null ? "—" : `${pct(l.low)}–${pct(l.high)}`}</span></td>
                <td className="r">{l.undecided}</td><td className="r">{l.pinball_loss === null ? "—" : formatNumber(Math.round(l.pinball_loss), lang)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

/** The interval of a share, and the share that it should be. */
function Bar({ low, high, share, want }: { low: number | null; high: number | null; share: number | null; want: number }) {
  return (
    <svg className="fc-bar" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
      <rect className="fc-base" x="0" y="5" width="100" height="2" />
      {low !== null && high !== null && <rect className="fc-span" x={100 * low} y="3" width={Math.max(1, 100 * (high - low))} height="6" />}
      {share !== null && <rect className="fc-share" x={100 * share - 0.8} y="1" width="1.6" height="10" />}
      <rect className="fc-want" x={100 * want - 0.4} y="0" width="0.8" height="12" />
    </svg>
  );
}

function Bins({ s }: { s: Scores }) {
  const t = forecastWords.use();
  const { lang } = useWords();
  const most = Math.max(...s.bins.map((b) => Math.max(b.n, b.expected)), 1);
  return (
    <Card title={t("bins")}>
      <table className="table fc-bins">
        <thead><tr><th scope="col">{t("bin")}</th><th scope="col">{t("n")}</th><th scope="col" className="r">{t("expected")}</th></tr></thead>
        <tbody>
          {s.bins.map((b) => (
            <tr key={b.from}>
              <th scope="row">P{Math.round(100 * b.from)}–P{Math.round(100 * b.to)}</th><td><span className="fc-n">{b.n}</span><svg className="fc-bar" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true"><rect className="fc-share" x="0" y="1" width={(100 * b.n) / most} height="10" /></svg></td>
              <td className="r">{formatNumber(Math.round(10 * b.expected) / 10, lang)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function Past({ s }: { s: Scores }) {
  const t = forecastWords.use();
  const { lang } = useWords();
  const day = (d: string | null) => (d === null ? <span className="fc-none">{t("unknown")}</span> : formatDate(d, lang));
  return (
    <Card title={t("past")}>
      <div className="table-box" tabIndex={0} role="region" aria-label={t("past")}>
        <table className="table">
          <thead><tr><th scope="col">{t("project")}</th><th scope="col">{t("on")}</th><th scope="col">{t("declared")}</th><th scope="col">{t("es")}</th><th scope="col">P50</th><th scope="col">P80</th><th scope="col">{t("opened")}</th></tr></thead>
          <tbody>
            {s.forecasts.slice(0, 200).map((f) => (
              <tr key={`${f.work} ${f.on}`}>
                <th scope="row"><A to={`/works/${f.work}`}>{say(f.title, lang)}</A>{f.assumed && <small className="fc-small">{t("assumed")}</small>}</th>
                <td>{formatDate(f.on, lang)}</td><td>{day(f.declared)}</td><td>{day(f.earned_schedule)}</td><td>{day(f.p50)}</td><td>{day(f.p80)}</td>
                <td>{f.opened === null ? <span className="fc-none">{t("notOpened")}</span> : formatDate(f.opened, lang)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
