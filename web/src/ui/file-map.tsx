// Where photos were taken: a small drawing of the territory with a dot for each,
// which leads to the photo in the gallery.
import { useMemo } from "react";
import { apiUrl, get } from "../api/client.ts";
import { useQuery } from "@tanstack/react-query";
import type { FileInfo } from "../api/types.ts";
import { draw, fit, readOutlines, type Collection } from "../map/outline.ts";
import { useWords } from "../words.tsx";
import { fileName, takenAt } from "./files.tsx";
import { fileWords } from "./file-words.ts";
import { useWidth } from "./use-width.ts";

const tallest = 300; // pixels

export function FileMap({ files, place }: { files: readonly FileInfo[]; place: string }) {
  const words = useWords();
  const t = fileWords.use();
  const [box, width] = useWidth<HTMLDivElement>();
  const url = apiUrl("/boundaries/regions");
  const q = useQuery<Collection, Error>({ queryKey: [url], queryFn: ({ signal }) => get<Collection>(url, signal), staleTime: Infinity });
  const region = words.regionOf(place);
  const drawn = useMemo(() => {
    const all = q.data ? readOutlines(q.data).list : [];
    const own = all.filter((o) => o.code === region);
    const list = own.length > 0 ? own : all;
    const wide = Math.min(width, 520);
    const sheet = fit(list, wide);
    if (!sheet) return undefined;
    const scale = Math.min(1, tallest / sheet.height); // a tall region gets a narrower drawing
    const at = scale < 1 ? fit(list, wide * scale) : sheet;
    return at && { ...at, width: wide * scale, shapes: draw(list, wide * scale).shapes };
  }, [q.data, region, width]);
  const dots = drawn ? files.flatMap((f) => {
    if (!f.point) return [];
    const [x, y] = drawn.put([f.point.lon, f.point.lat]);
    return x >= 0 && y >= 0 && x <= drawn.width && y <= drawn.height ? [{ f, x, y }] : [];
  }) : [];
  return (
    <div ref={box} className="file-map">
      {drawn && dots.length > 0 && (
        <>
          <svg viewBox={`0 0 ${drawn.width} ${drawn.height}`} width={drawn.width} height={drawn.height} role="group" aria-label={t("map", { n: dots.length })}>
            {drawn.shapes.map((s) => <path key={s.code} d={s.d} className="file-land" />)}
            {dots.map(({ f, x, y }) => {
              const name = `${fileName(f, words)}, ${takenAt(f, words.lang) || t("noDate")}`;
              return (
                <a key={f.id} href={`#file-${f.id}`} aria-label={name}>
                  <circle cx={x} cy={y} r={12} className="file-reach" />
                  <circle cx={x} cy={y} r={6} className="file-dot"><title>{name}</title></circle>
                </a>
              );
            })}
          </svg>
          <p className="small quiet">{t("mapHint")}</p>
        </>
      )}
    </div>
  );
}
