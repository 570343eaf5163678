// The button that asks an office about a thing. What it opens loads when it is
// asked for.
import { lazy, Suspense, useState } from "react";
import { common } from "../i18n/words.ts";
import { WithWords, type Words } from "../words.tsx";
import type { Message } from "./ask.ts";
import { Icon } from "./icons.tsx";

const AskDialog = lazy(() => import("./ask-dialog.tsx"));

interface Props {
  /** Id of a promise, a question or a figure. */
  about: string;
  /** What it is called, for those who do not see its surroundings. */
  title: string;
  /** The text that is proposed, in the language of the words. */
  message: (words: Words) => Message;
  main?: boolean;
  small?: boolean;
}

export function AskButton({ about, title, message, main, small }: Props) {
  const t = common.use();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className={`button no-print${main ? " button-main" : ""}${small ? " button-small" : ""}`} aria-haspopup="dialog" aria-label={t("askAbout", { title })} onClick={() => setOpen(true)}>
        <Icon name="mail" />
        {t("ask")}
      </button>
      {open && (
        <WithWords waiting={null}>
          <Suspense fallback={null}>
            <AskDialog about={about} message={message} onClose={() => setOpen(false)} />
          </Suspense>
        </WithWords>
      )}
    </>
  );
}
