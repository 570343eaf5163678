import { scaled } from "./choropleth.tsx";

/** Names the colours of a map; the last entry is the hatching of the unknown. */
export function Legend({ texts, tone = "brand", unknown }: { texts: string[]; tone?: "brand" | "late"; unknown?: string }) {
  return (
    <ul className="map-legend">
      {texts.map((text, i) => (
        <li key={text}>
          <svg viewBox="0 0 18 14" aria-hidden="true"><rect width="18" height="14" rx="2" className={`map-${tone}-${scaled(i, texts.length)}`} /></svg>
          {text}
        </li>
      ))}
      {unknown && (
        <li>
          <svg viewBox="0 0 18 14" aria-hidden="true"><rect width="18" height="14" rx="2" className="map-none" /></svg>
          {unknown}
        </li>
      )}
    </ul>
  );
}
