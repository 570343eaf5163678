// Promised against confirmed, theme by theme. What nobody documented is
// hatched, not empty: it is unknown, not zero.
import type { Board, Total } from "../../api/types.ts";
import { common, type CommonKey } from "../../i18n/words.ts";
import { A } from "../../route.tsx";
import { Fig, sayQuantity } from "../../ui/figure.tsx";
import { Card } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { boardWords } from "./words.ts";

/** Totals in order, those of one theme together. */
export function byTheme(totals: Total[]): [theme: string, list: Total[]][] {
  const out = new Map<string, Total[]>();
  for (const t of totals) out.set(t.theme, [...(out.get(t.theme) ?? []), t]);
  return [...out.entries()];
}

/** Share of the promise that is confirmed, 0 to 1; undefined when either is unknown. */
export function share(t: Total): number | undefined {
  const p = t.promised?.value;
  const d = t.delivered?.value;
  if (p == null || d == null || p <= 0) return undefined;
  return Math.max(0, Math.min(1, d / p));
}

export function Totals({ board }: { board: Board }) {
  const t = boardWords.use();
  return (
    <Card id="totals" title={t("totals")} aside={<Legend />}>
      <div className="totals">
        {byTheme(board.totals).map(([theme, list]) => (
          <Theme key={theme} theme={theme} list={list} />
        ))}
      </div>
      <p className="card-hint totals-hint">{t("totalsHint")}</p>
    </Card>
  );
}

function Legend() {
  const t = boardWords.use();
  return (
    <ul className="legend">
      <li><span className="swatch swatch-done" />{t("legendDone")}</li>
      <li><span className="swatch swatch-unknown" />{t("legendUnknown")}</li>
    </ul>
  );
}

function Theme({ theme, list }: { theme: string; list: Total[] }) {
  const words = useWords();
  const counted = list.filter((x) => x.promised);
  const orders = list.filter((x) => !x.promised).reduce((n, x) => n + x.promises, 0);
  return (
    <section className="total">
      <h3>
        <A to="/" search={{ theme }} hash="all" className="plain-link">{words.theme(theme)}</A>
      </h3>
      {counted.map((x) => <Row key={x.unit} total={x} />)}
      {orders > 0 && <Orders n={orders} theme={theme} lists={list} />}
    </section>
  );
}

function Row({ total }: { total: Total }) {
  const words = useWords();
  const t = boardWords.use();
  const c = common.use();
  const part = share(total);
  const promised = total.promised;
  if (!promised) return null;
  const promisedText = sayQuantity(words, promised.value, promised.qualifier, total.unit);
  const label = total.delivered ? t("barLabel", { promised: promisedText, delivered: sayQuantity(words, total.delivered.value, total.delivered.qualifier, total.unit) }) : t("barUnknown", { promised: promisedText });
  return (
    <div className="total-row">
      <p className="total-line">
        <span>
          {total.delivered ? <Fig id={total.delivered.figure} value={total.delivered.value} qualifier={total.delivered.qualifier} unit={total.unit} bare what={label} /> : <span className="unknown">{c("unknown")}</span>}
        </span>
        <span className="total-of">
          / <Fig id={promised.figure} value={promised.value} qualifier={promised.qualifier} unit={total.unit} what={label} />
        </span>
      </p>
      <div className="bar" role="img" aria-label={label}>
        {part !== undefined && <span style={{ width: `${Math.max(part * 100, 1.5)}%` }} />}
      </div>
      <States total={total} />
      {total.overlap.length > 0 && (
        <p className="small quiet">
          {t("overlap", { n: "" })}
          {total.overlap.map((id) => <A key={id} to={`/promises/${id}`}> {id}</A>)}
        </p>
      )}
    </div>
  );
}

function Orders({ n, theme, lists }: { n: number; theme: string; lists: Total[] }) {
  const t = boardWords.use();
  const merged = lists.filter((x) => !x.promised);
  return (
    <div className="total-row">
      <p className="total-line small">
        <span className="total-of">{t("orders", { n })}</span>
      </p>
      {merged[0] && theme && <States total={{ ...merged[0], promises: n, by_due: add(merged) }} />}
    </div>
  );
}

function add(list: Total[]): Record<string, number> {
  const out: Record<string, number> = {};
  for (const x of list) for (const [k, v] of Object.entries(x.by_due)) out[k] = (out[k] ?? 0) + v;
  return out;
}

const order = ["overdue", "not_yet", "no_date", "done"];

/** How many promises are in which state of time. */
function States({ total }: { total: Total }) {
  const c = common.use();
  return (
    <p className="total-states">
      {order.filter((s) => total.by_due[s]).map((s) => (
        <A key={s} to="/" search={{ theme: total.theme, due: s }} hash="all" className={`state-${s}`}>
          {total.by_due[s]} {c(`due_${s}` as CommonKey)}
        </A>
      ))}
    </p>
  );
}
