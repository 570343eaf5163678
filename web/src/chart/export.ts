// A drawing as a PNG with its title, source and day printed on it.

export interface Caption {
  title: string;
  subtitle: string;
  source: string;
}

const headHeight = 58;
const footHeight = 30;
const side = 20;
const sharpness = 2;

/** Replaces style sheet colours by their values, since a picture has no style sheet. */
function withStyles(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const from = [svg, ...svg.querySelectorAll<SVGElement>("*")];
  const to = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  const wanted = ["fill", "stroke", "stroke-width", "stroke-dasharray", "font-size", "font-weight", "font-family", "opacity", "text-anchor"];
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

/** Draws an SVG with its caption and offers it as a file. */
export async function savePng(svg: SVGSVGElement, caption: Caption, name: string): Promise<void> {
  const box = svg.getBoundingClientRect();
  const text = new XMLSerializer().serializeToString(withStyles(svg));
  const image = await load(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`);
  const style = getComputedStyle(document.body);
  const ground = getComputedStyle(document.querySelector(".card") ?? document.body).backgroundColor;
  const width = Math.ceil(box.width) + 2 * side;
  const height = Math.ceil(box.height) + headHeight + footHeight;
  const canvas = document.createElement("canvas");
  canvas.width = width * sharpness;
  canvas.height = height * sharpness;
  const g = canvas.getContext("2d");
  if (!g) return;
  g.scale(sharpness, sharpness);
  g.fillStyle = ground;
  g.fillRect(0, 0, width, height);
  g.drawImage(image, side, headHeight, box.width, box.height);
  g.fillStyle = style.color;
  g.font = `600 16px ${style.fontFamily}`;
  g.fillText(caption.title, side, 26, width - 2 * side);
  g.font = `400 12px ${style.fontFamily}`;
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
