import { describe, expect, test } from "vitest";
import { counts, quantiles } from "./classes.ts";
import { held, minuteClass, nearest, peopleRadius, showing, unput, whole, zoomed } from "./field.ts";
import { cone, draw, fit, readOutlines } from "./outline.ts";

const square = (code: string, x: number, y: number, size = 2) => ({
  properties: { code },
  geometry: { type: "Polygon", coordinates: [[[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]] },
});

describe("outlines", () => {
  test("polygons of one code belong together, points draw nothing", () => {
    const o = readOutlines({ schematic: true, features: [square("A", 50, 45), square("A", 54, 45), square("B", 50, 49), { properties: { code: "C" }, geometry: { type: "Point", coordinates: [1, 2] } }, { properties: null, geometry: null }] });
    expect(o.schematic).toBe(true);
    expect(o.list.map((x) => [x.code, x.rings.length])).toEqual([["A", 2], ["B", 1], ["C", 0]]);
  });

  test("north is up, west is left, and everything fits", () => {
    const { shapes, height } = draw(readOutlines({ features: [square("south", 60, 42), square("north", 60, 52), square("east", 80, 42)] }).list, 400);
    const at = new Map(shapes.map((s) => [s.code, s]));
    expect(at.get("north")?.y).toBeLessThan(at.get("south")?.y ?? 0);
    expect(at.get("east")?.x).toBeGreaterThan(at.get("south")?.x ?? 0);
    for (const s of shapes) {
      expect(s.x).toBeGreaterThanOrEqual(0);
      expect(s.x).toBeLessThanOrEqual(400);
      expect(s.y).toBeLessThanOrEqual(height);
    }
  });

  test("nothing to draw is an empty drawing", () => expect(draw([], 400)).toEqual({ shapes: [], height: 0 }));

  test("on the central meridian the cone goes straight up", () => {
    const p = cone(42, 54, 67);
    expect(p([67, 50])[0]).toBeCloseTo(0, 12);
    expect(p([67, 52])[1]).toBeLessThan(p([67, 50])[1]);
  });

  test("a label stands inside a shape that bends", () => {
    // An L: its centroid lies near the inner corner.
    const l = { properties: { code: "L" }, geometry: { type: "Polygon", coordinates: [[[60, 44], [70, 44], [70, 46], [62, 46], [62, 54], [60, 54], [60, 44]]] } };
    const { shapes } = draw(readOutlines({ features: [l, square("far", 60, 54, 0.1)] }).list, 600);
    const s = shapes[0];
    expect(s && (s.y > 300 || s.x < 150)).toBe(true);
  });
});

describe("classes", () => {
  test("equal values share a class", () => {
    const k = quantiles([1, 1, 1, 1, 5, 9], 3);
    expect(k.limits).toEqual([1, 5]);
    expect([1, 5, 9].map(k.of)).toEqual([0, 1, 1]);
  });
  test("counts keep zero apart", () => {
    const k = counts([0, 1, 9]);
    expect(k.limits).toEqual([0, 1, 2, 3, 6]);
    expect([0, 1, 2, 4, 9].map(k.of)).toEqual([0, 1, 2, 3, 4]);
  });
  test("no values, no trouble", () => {
    expect(quantiles([], 5).limits).toEqual([]);
    expect(counts([]).limits).toEqual([0]);
  });
});

describe("points of a field", () => {
  const size = { width: 800, height: 400 };
  const sheet = fit([{ code: "A", rings: [[[50, 41], [87, 41], [87, 55], [50, 55]]] }], 800);

  test("zooming keeps what is under the finger, and the drawing over its frame", () => {
    const v = zoomed(whole, 2, 200, 100, size);
    expect(v).toEqual({ k: 2, x: -200, y: -100 });
    expect(zoomed(v, 0.1, 0, 0, size)).toEqual(whole);
    expect(held({ k: 2, x: 50, y: -900 }, size)).toEqual({ k: 2, x: 0, y: -400 });
  });
  test("a box fills the frame", () => {
    const v = showing([100, 100, 200, 150], size);
    expect(v.k).toBeCloseTo(800 / 115, 6);
    expect(150 * v.k + v.x).toBeCloseTo(400, 6);
  });
  test("the nearest point within its reach is hit", () => {
    const at = Float32Array.from([10, 10, 30, 10]);
    expect(nearest(at, whole, 24, 10, () => 8)).toBe(1);
    expect(nearest(at, whole, 20.5, 10, () => 8)).toBe(-1);
    expect(nearest(at, { k: 2, x: 0, y: 0 }, 24, 20, () => 8)).toBe(0);
  });
  test("a click goes back to the earth", () => {
    if (!sheet) throw new Error("no sheet");
    const [x, y] = sheet.put([74.995, 46.848]);
    const p = unput(sheet, x, y, { lat: 50, lon: 60 });
    expect(p.lat).toBeCloseTo(46.848, 6);
    expect(p.lon).toBeCloseTo(74.995, 6);
  });
  test("a limit belongs to the class that it closes", () => {
    expect([30, 30.1, 60, 180, 181].map(minuteClass)).toEqual([0, 1, 1, 4, 5]);
  });
  test("the area of a circle grows with the people", () => {
    expect(peopleRadius(1e6, 1e6, 800)).toBe(20);
    expect(peopleRadius(2.5e5, 1e6, 800)).toBe(10);
    expect(peopleRadius(0, 1e6, 800)).toBeGreaterThan(1);
  });
});
