// The same answer as a file. The address is permanent, like that of the page.
import { apiUrl, type Params } from "../api/client.ts";
import { useWhen } from "../api/queries.ts";
import { common } from "../i18n/words.ts";
import { Icon } from "./icons.tsx";

export function Downloads({ path, params = {}, formats = ["csv", "xlsx"], children }: { path: string; params?: Params; formats?: ("csv" | "xlsx" | "json")[]; children?: React.ReactNode }) {
  const t = common.use();
  const when = useWhen();
  return (
    <ul className="row downloads no-print" aria-label={t("download")}>
      {children}
      {formats.map((f) => (
        <li key={f}>
          <a className="button button-small" href={apiUrl(`${path}.${f}`, { ...params, ...when })} download>
            <Icon name="down" />
            {f.toUpperCase()}
          </a>
        </li>
      ))}
    </ul>
  );
}
