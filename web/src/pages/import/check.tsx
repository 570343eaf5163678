// What runs, and what the check found.
import type { Import } from "../../api/types.ts";
import { formatNumber } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { useLang } from "../../route.tsx";
import { Refused, useAction } from "../../ui/form.tsx";
import { Card } from "../../ui/page.tsx";
import { importWords, type ImportKey } from "./words.ts";

export function Going({ i, onCancel }: { i: Import; onCancel?: () => Promise<void> }) {
  const t = importWords.use();
  const cancel = useAction(async () => onCancel?.());
  const p = i.progress;
  const title = t(i.doing === "commit" ? "committing" : i.doing === "withdraw" ? "withdrawing" : "checking");
  const known = p !== null && p.total > 0 && p.rows > 0;
  return (
    <Card title={title}>
      <div className="going">
        <progress aria-label={title} max={known ? p.total : undefined} value={known ? p.rows : undefined} />
        <p role="status">
          {!p || p.waiting ? t("waiting") : [t("rowsRead", { n: p.rows }), p.per_second > 0 && t("perSecond", { n: Math.round(p.per_second) }), p.seconds_left !== null && t("left", { n: Math.ceil(p.seconds_left) })].filter(Boolean).join(" · ")}
        </p>
        <p className="small quiet">{t("mayClose")}</p>
        {onCancel && <button type="button" className="button" disabled={cancel.busy} onClick={() => void cancel.run()}>{t("cancel")}</button>}
        <Refused error={cancel.error} />
      </div>
    </Card>
  );
}

export function CheckResult({ i }: { i: Import }) {
  const t = importWords.use();
  const lang = useLang();
  const c = i.check;
  if (!c) return null;
  const all: [ImportKey, number][] = [["nRows", c.rows], ["nNew", c.new], ["nKnown", c.known], ["nCorrected", c.corrected], ["nSkipped", c.skipped], ["nLeft", c.left], ["nProblems", c.problems]];
  return (
    <Card title={t("outcome")} id="outcome">
      <div className="stack-s">
        <dl className="counts" role="status">
          {all.filter(([name, n]) => n > 0 || ["nRows", "nNew", "nKnown", "nProblems"].includes(name)).map(([name, n]) => (
            <div key={name} className={name === "nProblems" && n > 0 ? "bad" : undefined}><dt>{t(name)}</dt><dd>{formatNumber(n, lang)}</dd></div>
          ))}
        </dl>
        {c.notices.length > 0 && (
          <details>
            <summary>{t("notices")} ({c.notices.length})</summary>
            <ul className="fixes">{c.notices.map((n, k) => <li key={k}>{n.row > 0 && <span className="tag">{t("inRow", { n: n.row })}</span>} {say(n.message, lang)}</li>)}</ul>
          </details>
        )}
      </div>
    </Card>
  );
}
