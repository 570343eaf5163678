// How the owner of an account hears by e-mail; a card of the account page.
import { useEffect, useRef } from "react";
import { useLocation } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { sendJson } from "../../api/client.ts";
import { useApi } from "../../api/queries.ts";
import type { LetterSettings } from "../../api/types.ts";
import { Refused, useAction } from "../../ui/form.tsx";
import { Card } from "../../ui/page.tsx";
import { noticeWords } from "./words.ts";

const choices = ["at_once", "daily", "never"] as const;

export function NoticeSettings() {
  const t = noticeWords.use();
  const client = useQueryClient();
  const { hash } = useLocation();
  const box = useRef<HTMLDivElement>(null);
  const [saved, setSaved] = useState(false);
  const q = useApi<LetterSettings>("/account/letters");
  const choose = useAction(async (letters: string) => {
    setSaved(false);
    await sendJson("PUT", "/account/letters", { letters });
    await client.invalidateQueries({ queryKey: ["/api/account/letters"] });
    setSaved(true);
  });
  const ready = q.data !== undefined;
  useEffect(() => {
    if (ready && hash === "letters") box.current?.scrollIntoView(); // from the foot of a letter
  }, [ready, hash]);
  if (!q.data) return null;
  return (
    <div ref={box}>
      <Card title={t("letters")} id="letters">
        <div className="stack-s">
          <p className="small quiet">{t("lettersHint")}</p>
          {!q.data.sent && <p className="note">{t("off")}</p>}
          <fieldset className="checks">
            <legend className="sr">{t("letters")}</legend>
            {choices.map((c) => (
              <label key={c} className="check">
                <input type="radio" name="letters" checked={q.data.letters === c} disabled={choose.busy} onChange={() => void choose.run(c)} />
                {t(c)}
              </label>
            ))}
          </fieldset>
          <Refused error={choose.error} />
          <span role="status">{saved && t("saved")}</span>
        </div>
      </Card>
    </div>
  );
}
