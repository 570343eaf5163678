// A drawing as a PNG with its title, source and day printed on it.

export interface Caption {
  title: string;
  subtitle: string;
  source: string;
  /** The list that names the colours of a map. */
  legend?: Element | null;
}

const headHeight = 58;
const footHeight = 30;
const side = 20;
const legendRow = 24;
const swatch = { width: 20, height: 13, gap: 7, next: 22 };
const sharpness = 2;

/** Replaces style sheet colours by their values, since a picture has no style sheet. */
function withStyles(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const from = [svg, ...svg.querySelectorAll<SVGElement>("*")];
  const to = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  const wanted = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "paint-order", "font-size", "font-weight", "font-family", "opacity", "text-anchor"];
  from.forEach((el, i) => {
    const style = getComputedStyle(el);
    for (const name of wanted) to[i]?.style.setProperty(name, style.getPropertyValue(name));
  });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return copy;
}

function load(url: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.addEventListener("load", () => resolve(image));
    image.addEventListener("error", () => reject(new Error("the drawing could not be turned into a picture")));
    image.src = url;
  });
}

interface Entry {
  fill: string;
  text: string;
}

/** Colours and words of a legend as they stand on the page. */
function readLegend(legend: Element | null | undefined): Entry[] {
  return [...(legend?.querySelectorAll("li") ?? [])].map((li) => ({ fill: getComputedStyle(li.querySelector("rect") ?? li).fill, text: li.textContent ?? "" }));
}

/** Draws the legend in rows from y on and returns where it ends; without a canvas to draw on it only measures. */
function drawLegend(g: CanvasRenderingContext2D, entries: Entry[], y: number, width: number, paint: boolean): number {
  let x = side;
  let at = y;
  const ink = g.fillStyle;
  for (const e of entries) {
    const w = swatch.width + swatch.gap + g.measureText(e.text).width + swatch.next;
    if (x > side && x + w > width - side) {
      x = side;
      at += legendRow;
    }
    if (paint) {
      g.strokeStyle = ink;
      g.lineWidth = 0.5;
      if (e.fill.startsWith("url")) hatch(g, x, at);
      else {
        g.fillStyle = e.fill;
        g.fillRect(x, at, swatch.width, swatch.height);
      }
      g.strokeRect(x, at, swatch.width, swatch.height);
      g.fillStyle = ink;
      g.fillText(e.text, x + swatch.width + swatch.gap, at + swatch.height - 2);
    }
    x += w;
  }
  return entries.length > 0 ? at + legendRow : y;
}

/** The sign of the unknown. */
function hatch(g: CanvasRenderingContext2D, x: number, y: number) {
  g.save();
  g.beginPath();
  g.rect(x, y, swatch.width, swatch.height);
  g.clip();
  g.beginPath();
  for (let i = -swatch.height; i < swatch.width; i += 5) {
    g.moveTo(x + i, y + swatch.height);
    g.lineTo(x + i + swatch.height, y);
  }
  g.stroke();
  g.restore();
}

/** Draws an SVG, or what a canvas shows, with its caption and offers it as a file. */
export async function savePng(drawing: SVGSVGElement | HTMLCanvasElement, caption: Caption, name: string): Promise<void> {
  const box = drawing.getBoundingClientRect();
  const image = drawing instanceof HTMLCanvasElement ? drawing : await load(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(withStyles(drawing)))}`);
  const style = getComputedStyle(document.body);
  const ground = getComputedStyle(document.querySelector(".card") ?? document.body).backgroundColor;
  const width = Math.ceil(box.width) + 2 * side;
  const small = `400 12px ${style.fontFamily}`;
  const entries = readLegend(caption.legend);
  const canvas = document.createElement("canvas");
  const g = canvas.getContext("2d");
  if (!g) return;
  g.font = small;
  const legendTop = headHeight + Math.ceil(box.height) + 8;
  const height = (entries.length > 0 ? drawLegend(g, entries, legendTop, width, false) : headHeight + Math.ceil(box.height)) + footHeight;
  canvas.width = width * sharpness; // this also forgets the font
  canvas.height = height * sharpness;
  g.scale(sharpness, sharpness);
  g.fillStyle = ground;
  g.fillRect(0, 0, width, height);
  g.drawImage(image, side, headHeight, box.width, box.height);
  g.fillStyle = style.color;
  g.font = `600 16px ${style.fontFamily}`;
  g.fillText(caption.title, side, 26, width - 2 * side);
  g.font = small;
  drawLegend(g, entries, legendTop, width, true);
  g.fillText(caption.subtitle, side, 46, width - 2 * side);
  g.fillText(caption.source, side, height - 11, width - 2 * side);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (blob) download(blob, name);
}

function download(blob: Blob, name: string) {
  const url = URL.createObjectURL(blob);
  const a = document.createElement("a");
  a.href = url;
  a.download = name;
  a.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
