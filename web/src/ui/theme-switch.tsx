import { useState } from "react";
import { common } from "../i18n/words.ts";
import { Icon, type IconName } from "./icons.tsx";

type Theme = "auto" | "light" | "dark";
const next: Record<Theme, Theme> = { auto: "light", light: "dark", dark: "auto" };
const icon: Record<Theme, IconName> = { auto: "device", light: "sun", dark: "moon" };
const word = { auto: "themeAuto", light: "themeLight", dark: "themeDark" } as const;

function stored(): Theme {
  const v = document.documentElement.dataset.theme;
  return v === "light" || v === "dark" ? v : "auto";
}

function apply(theme: Theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem("shanyraq.theme", theme);
  } catch {
    // storage is closed: the choice lasts as long as the page
  }
  window.dispatchEvent(new Event("shanyraq-theme"));
}

/** Goes round light, dark and as on the device; remembered on this device. */
export function ThemeSwitch() {
  const t = common.use();
  const [theme, setTheme] = useState<Theme>(stored);
  const turn = () => {
    apply(next[theme]);
    setTheme(next[theme]);
  };
  const label = `${t("theme")}: ${t(word[theme])}`;
  return (
    <button type="button" className="top-theme" onClick={turn} aria-label={label} title={label}>
      <Icon name={icon[theme]} size={18} />
    </button>
  );
}
