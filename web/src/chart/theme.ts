/** Colours of the theme as values; the chart library knows no custom properties. */
export function themeColours(el: HTMLElement) {
  const probe = document.createElement("span");
  el.append(probe);
  const read = (name: string) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const out = { lines: [0, 1, 2, 3, 4, 5].map((i) => read(`--c${i}`)), ink: read("--ink-2"), grid: read("--line"), raised: read("--raised"), strong: read("--ink") };
  probe.remove();
  return out;
}
