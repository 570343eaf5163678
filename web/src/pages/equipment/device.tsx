// One device: where it is on its way, what must be done to it, when it did not
// work, and everything that was said about it.
import type { EquipmentEvent, EquipmentPage } from "../../api/equipment.ts";
import { useApi } from "../../api/queries.ts";
import { formatDate, formatDateShort } from "../../format/date.ts";
import { formatMoney, formatNumber, formatPercent } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { common } from "../../i18n/words.ts";
import { A, usePathId } from "../../route.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { Acts, Withdraw } from "./acts.tsx";
import { StateTag, useNames } from "./parts.tsx";
import { equipmentWords, type EquipmentKey } from "./words.ts";

export default function DevicePage() {
  const id = usePathId();
  const words = useWords();
  const q = useApi<EquipmentPage>(`/equipment/${encodeURIComponent(id)}`);
  usePageTitle(q.data ? say(q.data.row.name, words.lang) : id);
  if (q.error) return <Failure error={q.error} retry={() => void q.refetch()} />;
  if (!q.data) return <Waiting rows={12} />;
  return <Content page={q.data} again={() => void q.refetch()} />;
}

function Content({ page, again }: { page: EquipmentPage; again: () => void }) {
  const t = equipmentWords.use();
  const c = common.use();
  const names = useNames();
  const words = useWords();
  const { row } = page;
  const lang = words.lang;
  return (
    <>
      <PageHead above={<ol className="crumbs"><li><A to="/equipment">{t("title")}</A></li><li>{names.group(row.group)}</li></ol>} title={say(row.name, lang)}>
        <p className="row">
          <StateTag state={row.state} />
          {row.since && <span className="quiet">{t("since", { date: formatDate(row.since, lang) })}</span>}
          {row.overdue > 0 && <span className="tag tag-late">{t("overdueN", { n: row.overdue })}</span>}
          {page.in_warranty && row.warranty_to && <span className="tag tag-good">{t("warranty")} {t("until", { date: formatDateShort(row.warranty_to, lang) })}</span>}
          {row.synthetic && <span className="tag tag-odd">{c("synthetic")}</span>}
        </p>
        <p><Where page={page} /></p>
        <Acts page={page} again={again} />
      </PageHead>
      <div className="columns">
        <div className="stack">
          <Services page={page} />
          <Ready page={page} />
          <History page={page} again={again} />
        </div>
        <div className="stack"><About page={page} /></div>
      </div>
    </>
  );
}

function Where({ page }: { page: EquipmentPage }) {
  const words = useWords();
  const { row } = page;
  return <>{row.facility && <A to="/equipment" search={{ facility: row.facility }}>{page.facility_name ? say(page.facility_name, words.lang) : row.facility}</A>}{row.facility && " · "}<A to={`/places/${row.place}`}>{words.place(row.place)}</A></>;
}

function Services({ page }: { page: EquipmentPage }) {
  const t = equipmentWords.use();
  const words = useWords();
  const lang = words.lang;
  const list = page.services ?? [];
  return (
    <Card title={t("services")}>
      {list.length === 0 ? <p className="note">{t("noServices")}</p> : (
        <table className="table folds">
          <thead><tr><th scope="col">{t("services")}</th><th scope="col">{t("lastDone")}</th><th scope="col">{t("due")}</th></tr></thead>
          <tbody>
            {list.map((s) => (
              <tr key={s.code}>
                <th scope="row">{say(s.name, lang)}{s.code !== s.kind && <> ({s.code})</>}<span className="small quiet eq-under">{t("everyN", { n: s.months })} · {s.assumed ? <span className="tag tag-wait">{t("assumption")}</span> : t("basis", { text: s.basis ?? "" })}</span></th>
                <td data-label={t("lastDone")}>{s.last ? <span className="nums">{formatDateShort(s.last, lang)}</span> : <span className="quiet">{t("never")}</span>}</td>
                <td data-label={t("due")}>{s.due ? <span className="nums">{formatDateShort(s.due, lang)}</span> : <span className="quiet">{t("notServing")}</span>}{s.days_overdue > 0 && <span className="small eq-late-text eq-under">{t("daysLate", { n: s.days_overdue })}</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

function Ready({ page }: { page: EquipmentPage }) {
  const t = equipmentWords.use();
  const words = useWords();
  const lang = words.lang;
  const a = page.availability;
  const outages = page.outages ?? [];
  return (
    <Card title={t("availability")}>
      <div className="stack-s">
        {a.share === null ? <p className="quiet">{t("notServed")}</p> : <><p className="eq-share">{formatPercent(Math.round(a.share * 1000) / 10, lang)}</p><p>{t("availabilityText", { days: a.days, down: a.down })}</p></>}
        {outages.length > 0 && (
          <>
            <h3>{t("outages")}</h3>
            <ul className="eq-events">
              {outages.map((o) => (
                <li key={o.event}>
                  <span className="nums">{formatDateShort(o.from, lang)}</span>
                  <span>{o.until ? formatDateShort(o.until, lang) : <span className="tag tag-late">{t("stillDown")}</span>} · {t("daysN", { n: o.days })}{o.reason && <span className="eq-under">{o.reason}</span>}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Card>
  );
}

function History({ page, again }: { page: EquipmentPage; again: () => void }) {
  const t = equipmentWords.use();
  const words = useWords();
  const lang = words.lang;
  const changed = (page.versions ?? []).filter((v) => (v.changed ?? []).length > 0);
  return (
    <Card title={t("history")}>
      <ol className="eq-events">
        {(page.events ?? []).map((e) => <Entry key={e.id} e={e} page={page} again={again} />)}
        {changed.map((v) => <li key={v.version}><span className="nums">{formatDateShort(v.recorded_at.slice(0, 10), lang)}</span><span className="quiet">{t("versionN", { n: v.version, fields: (v.changed ?? []).join(", ") })}</span></li>)}
      </ol>
    </Card>
  );
}

function Entry({ e, page, again }: { e: EquipmentEvent; page: EquipmentPage; again: () => void }) {
  const t = equipmentWords.use();
  const words = useWords();
  const names = useNames();
  const lang = words.lang;
  const files = (page.files ?? []).filter((f) => (e.files ?? []).includes(f.id));
  return (
    <li>
      <span className="nums">{formatDateShort(e.on, lang)}</span>
      <div>
        <span className={e.taken_back ? "eq-taken" : undefined}>{e.kind === "state" ? names.state(e.state ?? "") : e.kind === "service" ? t("event_service", { what: names.service(e.service ?? "") }) : t("event_withdrawal")}</span>
        {e.taken_back && <> <span className="tag">{t("takenBack")}</span></>}
        {e.next && <> · {t("nextSaid", { date: formatDateShort(e.next, lang) })}</>}
        {(e.document || e.office) && <span className="small quiet eq-under">{[e.document, e.office && words.office(e.office)].filter(Boolean).join(" · ")}</span>}
        {e.reason && <span className="eq-under">{e.reason}</span>}
        {e.remark && <span className="small quiet eq-under">{e.remark}</span>}
        {files.map((f) => <a key={f.id} className="eq-under" href={`/api/files/${f.id}/content`}>{f.name}</a>)}
        {canTakeBack(e, page) && <Withdraw id={page.row.id} event={e.id} again={again} />}
      </div>
    </li>
  );
}

/** Of the states only the last one can be taken back. */
function canTakeBack(e: EquipmentEvent, page: EquipmentPage): boolean {
  if (e.taken_back || e.kind === "withdrawal" || !(page.may ?? []).includes("manage_works")) return false;
  return e.kind === "service" || (page.events ?? []).find((x) => x.kind === "state" && !x.taken_back)?.id === e.id;
}

function About({ page }: { page: EquipmentPage }) {
  const t = equipmentWords.use();
  const c = common.use();
  const words = useWords();
  const lang = words.lang;
  const { row, record } = page;
  const n = (v: number) => formatNumber(v, lang);
  return (
    <Card title={t("record")} className="eq-about">
      <dl className="dl">
        <dt>{t("itemOf")}</dt><dd>{say(page.item.name, lang)}</dd>
        <dt>{t("emdn")}</dt><dd>{page.item.emdn ?? <span className="quiet">{t("noEmdn")}</span>}</dd>
        {row.maker && <><dt>{t("maker")}</dt><dd>{row.maker}</dd></>}
        {row.model && <><dt>{t("model")}</dt><dd>{row.model}</dd></>}
        {row.room && <><dt>{t("room")}</dt><dd>{row.room}</dd></>}
        {row.serial && <><dt>{t("serial")}</dt><dd>{row.serial}</dd></>}
        <dt>{t("priceOf")}</dt><dd>{row.price === null ? <span className="unknown">{c("unknown")}</span> : <>{formatMoney(row.price, words.currency, lang)} {row.vat && <span className="small quiet">{t(`vat_${row.vat}` as EquipmentKey)}</span>}</>}</dd>
        {row.warranty_to && <><dt>{t("warranty")}</dt><dd>{t(page.in_warranty ? "until" : "ended", { date: formatDate(row.warranty_to, lang) })}</dd></>}
        <dt>{t("age")}</dt>
        <dd>
          {row.age_years === null ? <span className="unknown">{c("unknown")}</span> : t("yearsN", { n: n(row.age_years) })}
          {page.left_years !== null && <span className="eq-under">{page.left_years >= 0 ? t("leftN", { n: n(page.left_years) }) : t("beyondLife", { n: n(-page.left_years) })}</span>}
          {row.life_assumed && <span className="small quiet eq-under">{t("lifeAssumed", { n: n(row.life_years) })}</span>}
        </dd>
        {page.work && <><dt>{t("work")}</dt><dd><A to={`/works/${page.work.id}`}>{say(page.work.title, lang)}</A></dd></>}
        {record.source && <><dt>{t("source")}</dt><dd>{record.source}</dd></>}
      </dl>
    </Card>
  );
}
