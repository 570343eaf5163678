import type { Board, MoneyRow } from "../../api/types.ts";
import { say } from "../../format/text.ts";
import { common } from "../../i18n/words.ts";
import { Fig } from "../../ui/figure.tsx";
import { Card } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { boardWords } from "./words.ts";

const roles = { whole: "whole", parts: "parts", more: "moreMoney", said: "saidMoney", paid: "paid" } as const;

export function MoneyBlock({ board }: { board: Board }) {
  const t = boardWords.use();
  const c = common.use();
  const rows = board.sections.money;
  return (
    <Card id="money" title={t("money")}>
      <p className="card-hint">{t("moneyHint")}</p>
      {rows.length === 0 && <p className="quiet">{c("nothing")}</p>}
      <dl className="money">
        {rows.map((r, i) => (
          <Row key={`${r.what}${r.statement}${i}`} row={r} />
        ))}
      </dl>
    </Card>
  );
}

function Row({ row }: { row: MoneyRow }) {
  const words = useWords();
  const t = boardWords.use();
  const c = common.use();
  const label = say(row.label, words.lang);
  const role = t(roles[row.what as keyof typeof roles] ?? "saidMoney");
  const repeats = label.toLowerCase() === role.toLowerCase() || ["paid", "parts", "said"].includes(row.what);
  return (
    <div className={`money-row money-${row.what}`}>
      <dt>
        {label}
        {!repeats && <span className="quiet small"> — {role}</span>}
      </dt>
      <dd>
        {row.value === null && !row.figure ? <span className="unknown">{c("unknown")}</span> : <Fig id={row.figure} value={row.value} qualifier={row.qualifier} unit={row.unit} what={label} />}
      </dd>
    </div>
  );
}
