// Who may do what: the table by which the server decides, as it is.
import { useApi } from "../../api/queries.ts";
import type { Rights } from "../../api/types.ts";
import { define } from "../../i18n/define.ts";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Icon } from "../../ui/icons.tsx";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { useRights } from "../../ui/rights-words.ts";

export const rightsWords = define({
  title: ["Кім не істей алады", "Кому что можно", "Who may do what"],
  lead: [
    "Құқық рөл мен аумаққа байланысты: рөл өз аумағында және оның ішіндегінің бәрінде әрекет ете алады. Басқа өңірдің жобалары көрінбейді, жарияланғанды кез келген адам оқи алады.",
    "Право зависит от роли и территории: роль действует на своей территории и во всём, что в неё входит. Черновики другого региона не видны, опубликованное может читать каждый.",
    "A right follows from role and territory: a role counts in its territory and in everything below. Drafts of another region are invisible; what was published everybody may read.",
  ],
  act: ["Әрекет", "Действие", "Act"],
  everybody: ["Кез келген адам, барлық жерде", "Любой человек, везде", "Anybody, everywhere"],
  yes: ["иә", "да", "yes"],
  no: ["жоқ", "нет", "no"],
} as const);

export default function RightsPage() {
  const t = rightsWords.use();
  const names = useRights();
  const q = useApi<Rights>("/rights");
  usePageTitle(t("title"));
  const roles = (q.data?.roles ?? []).filter((r) => r !== "public");
  return (
    <>
      <PageHead title={t("title")}><p className="lead">{t("lead")}</p></PageHead>
      {q.error && <Failure inner error={q.error} retry={() => void q.refetch()} />}
      {!q.data && !q.error && <Waiting rows={12} />}
      {q.data && (
        <Card>
          <div className="table-box" tabIndex={0} role="region" aria-label={t("title")}>
            <table className="table rights">
              <thead>
                <tr><th scope="col">{t("act")}</th>{roles.map((r) => <th key={r} scope="col">{names.role(r)}</th>)}</tr>
              </thead>
              <tbody>
                {q.data.acts.map((a) => (
                  <tr key={a.act}>
                    <th scope="row">{names.act(a.act)}</th>
                    {a.roles.length === 0 ? <td colSpan={roles.length}>{t("everybody")}</td> : roles.map((r) => (
                      <td key={r}>{a.roles.includes(r) ? <><Icon name="done" /><span className="sr">{t("yes")}</span></> : <span className="sr">{t("no")}</span>}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Card>
      )}
    </>
  );
}
