// What a reader sees who may not: to sign in, or which right is missing, in
// which territory, which roles have it and which offices can give it.
import type { ApiError } from "../api/client.ts";
import { useApi, useVocabulary } from "../api/queries.ts";
import type { Rights } from "../api/types.ts";
import { say } from "../format/text.ts";
import { define } from "../i18n/define.ts";
import { A, useLang } from "../route.tsx";
import { useRights } from "./rights-words.ts";
import { useHere, userWords } from "./user-menu.tsx";

export const missingWords = define({
  signIn: ["Алдымен кіріңіз", "Сначала войдите", "Sign in first"],
  signInHint: ["Бұл бетті тіркелгісі бар адамдар ғана көреді.", "Эту страницу видят только те, у кого есть учётная запись.", "Only people with an account see this page."],
  title: ["Құқық жетпейді", "Не хватает права", "A right is missing"],
  refused: ["Сервер рұқсат бермеді.", "Сервер не разрешил это.", "The server did not allow this."],
  needs: ["Керегі: {act}.", "Нужно право: {act}.", "Needed: to {act}."],
  needsAt: ["Керегі: {act}. Аумағы: {place}.", "Нужно право: {act}. Территория: {place}.", "Needed: to {act}. Territory: {place}."],
  roles: ["Мұндай құқығы бар рөлдер: {list}.", "Это право есть у ролей: {list}.", "Roles that have it: {list}."],
  offices: ["Құқықты беретін мекемелер: {list}.", "Дать его могут в ведомствах: {list}.", "Offices that can give it: {list}."],
  askAdmin: ["Құқықты осы аумақтың тіркелгілерін басқаратын әкімші береді.", "Дать его может администратор учётных записей этой территории.", "An administrator of the accounts of this territory can give it."],
} as const);

export default function MissingRight({ error, inner }: { error: ApiError; inner?: boolean }) {
  const t = missingWords.use();
  const user = userWords.use();
  const rights = useRights();
  const lang = useLang();
  const here = useHere();
  const words = useVocabulary().data;
  const at = error.missing?.territory ?? "";
  const asked = useApi<Rights>(error.status === 403 && at ? "/rights" : "", { act: error.missing?.act, territory: at });
  const H = inner ? "h2" : "h1";
  if (error.status === 401) {
    return (
      <div className="failure" role="alert">
        <H>{t("signIn")}</H>
        <p>{t("signInHint")}</p>
        <A to="/sign-in" search={{ next: here }} className="button button-main">{user("signIn")}</A>
      </div>
    );
  }
  const place = say(words?.places.find((p) => p.code === at)?.name, lang) || at;
  const offices = (asked.data?.offices ?? []).map((o) => say(words?.offices[o]?.name, lang) || o);
  const act = error.missing ? rights.act(error.missing.act) : "";
  return (
    <div className="failure" role="alert">
      <H>{t("title")}</H>
      {act ? <p>{at ? t("needsAt", { act, place }) : t("needs", { act })}</p> : <p>{t("refused")}</p>}
      {error.givers.length > 0 && <p>{t("roles", { list: error.givers.map(rights.role).join(", ") })}</p>}
      <p>{offices.length > 0 ? t("offices", { list: offices.join("; ") }) : t("askAdmin")}</p>
      {!act && error.message && <p className="small quiet" lang="en">{error.message}</p>}
      <A to="/rights">{user("rights")}</A>
    </div>
  );
}
