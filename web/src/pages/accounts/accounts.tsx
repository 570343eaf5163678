// The accounts of the territories that the reader manages: who is invited, who
// may do what, and the links that are handed over.
import { useState } from "react";
import { useApi, useSession } from "../../api/queries.ts";
import type { Account, AccountLink, List } from "../../api/types.ts";
import { formatMoment } from "../../format/date.ts";
import { common } from "../../i18n/words.ts";
import { useLang, useSearchParams, useSetSearch } from "../../route.tsx";
import { Combo, type Option } from "../../ui/combo.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Choice, Field } from "../../ui/form.tsx";
import { usePlaceOptions } from "../../ui/options.ts";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { useRights } from "../../ui/rights-words.ts";
import { useWords } from "../../words.tsx";
import { Invite } from "./invite.tsx";
import { One } from "./one.tsx";
import { accountsWords } from "./words.ts";

export const states = ["invited", "active", "disabled"] as const;

export default function AccountsPage() {
  const t = accountsWords.use();
  const c = common.use();
  const s = useSearchParams();
  const set = useSetSearch();
  const places = useManagedPlaces();
  const [inviting, setInviting] = useState(false);
  const [link, setLink] = useState<AccountLink | null>(null);
  const q = useApi<List<Account>>("/accounts", { place: s.place, state: s.state, q: s.q });
  usePageTitle(t("title"));
  if (q.error) return <><PageHead title={t("title")} /><Failure inner error={q.error} retry={() => void q.refetch()} /></>;
  const chosen = q.data?.items.find((x) => x.id === s.show);
  return (
    <>
      <PageHead title={t("title")}><p className="lead">{t("lead")}</p></PageHead>
      <div className="stack">
        <Card>
          <div className="filters">
            <Field label={t("query")} value={s.q ?? ""} onChange={(v) => set({ q: v || undefined }, true)} maxLength={100} />
            <Combo label={t("territory")} options={places} value={s.place ?? ""} empty={c("all")} onChange={(v) => set({ place: v || undefined })} />
            <Choice label={t("state")} value={s.state ?? ""} onChange={(v) => set({ state: v || undefined })} options={[["", c("all")], ...states.map((x) => [x, t(`state_${x}`)] as const)]} />
            <button type="button" className="button button-main" aria-expanded={inviting} onClick={() => { setInviting(!inviting); setLink(null); }}>{t("invite")}</button>
          </div>
        </Card>
        {inviting && <Invite places={places} onDone={(l) => { setInviting(false); setLink(l); set({ show: l.account.id }); }} onCancel={() => setInviting(false)} />}
        {link && <LinkNote link={link} />}
        {chosen && <One key={`${chosen.id} ${chosen.version}`} account={chosen} places={places} onLink={setLink} onClose={() => { set({ show: undefined }); setLink(null); }} />}
        {q.data ? <Table items={q.data.items} onShow={(id) => { setLink(null); set({ show: id }); }} /> : <Waiting rows={8} />}
      </div>
    </>
  );
}

/** Places within the territories whose accounts the reader manages. */
function useManagedPlaces(): Option[] {
  const words = useWords();
  const session = useSession().data;
  const roots = (session?.grants ?? []).filter((g) => g.role === "administrator").map((g) => g.territory);
  return usePlaceOptions().filter((o) => words.path(o.value).some((p) => roots.includes(p)));
}

export function LinkNote({ link }: { link: AccountLink }) {
  const t = accountsWords.use();
  const lang = useLang();
  const address = link.link.startsWith("/") ? window.location.origin + link.link : link.link;
  return (
    <div className="note" role="status">
      <p>{link.account.name}, {link.account.email}</p>
      <p>{t("link", { when: formatMoment(link.expires, lang) })}</p>
      <p className="secret">{address}</p>
    </div>
  );
}

function Table({ items, onShow }: { items: readonly Account[]; onShow: (id: string) => void }) {
  const t = accountsWords.use();
  const lang = useLang();
  const words = useWords();
  const rights = useRights();
  if (items.length === 0) return <p className="note">{t("none")}</p>;
  return (
    <Card>
      <table className="table folds">
        <thead><tr><th scope="col">{t("name")}</th><th scope="col">{t("state")}</th><th scope="col">{t("home")}</th><th scope="col">{t("grants")}</th><th scope="col">{t("seen")}</th><th scope="col"><span className="sr">{t("change")}</span></th></tr></thead>
        <tbody>
          {items.map((a) => (
            <tr key={a.id}>
              <th scope="row">{a.name}<br /><span className="small quiet">{a.email}</span></th>
              <td data-label={t("state")}><span className={`tag ${{ active: "tag-good", invited: "tag-wait" }[a.state as string] ?? ""}`}>{t(`state_${a.state}`)}</span></td>
              <td data-label={t("home")}>{words.place(a.home)}{a.office && <><br /><span className="small quiet">{words.office(a.office)}</span></>}</td>
              <td data-label={t("grants")} className="wide">{a.grants.length === 0 ? t("noGrants") : a.grants.map((g) => <div key={`${g.role}@${g.territory}`}>{rights.role(g.role)}: {words.place(g.territory)}</div>)}</td>
              <td data-label={t("seen")}>{a.seen ? formatMoment(a.seen, lang) : "—"}</td>
              <td className="r"><button type="button" className="button button-small" aria-label={t("changeOf", { name: a.name })} onClick={() => onShow(a.id)}>{t("change")}</button></td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
