// What the reader was told and has not read: the bell in the header.
import { useQuery } from "@tanstack/react-query";
import { get } from "../api/client.ts";
import { useSession } from "../api/queries.ts";
import type { Session } from "../api/types.ts";
import { define } from "../i18n/define.ts";
import { A } from "../route.tsx";
import { Icon } from "./icons.tsx";

const everyMs = 30_000; // while the page is seen

export const bellWords = define({
  none: ["Хабарламалар", "Уведомления", "Notifications"],
  some: ["Хабарламалар: {n} оқылмаған", "Уведомления: {n} непрочитанное|Уведомления: {n} непрочитанных|Уведомления: {n} непрочитанных", "Notifications: {n} unread|Notifications: {n} unread"],
} as const);

const most = 99;

export function Bell() {
  const t = bellWords.use();
  const signedIn = Boolean(useSession().data?.account);
  // The same answer as everywhere, only fresher.
  const q = useQuery<Session, Error>({ queryKey: ["/api/session"], queryFn: ({ signal }) => get<Session>("/api/session", signal), enabled: signedIn, staleTime: everyMs, refetchInterval: everyMs, refetchOnWindowFocus: true });
  if (!signedIn) return null;
  const n = q.data?.unread ?? 0;
  return (
    <A to="/notifications" className="top-user top-bell" aria-label={n > 0 ? t("some", { n }) : t("none")}>
      <Icon name="bell" size={18} />
      {n > 0 && <b aria-hidden="true">{n > most ? `${most}+` : n}</b>}
    </A>
  );
}
