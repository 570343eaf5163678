import { describe, expect, test } from "vitest";
import { counts, quantiles } from "./classes.ts";
import { cone, draw, readOutlines } from "./outline.ts";

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
