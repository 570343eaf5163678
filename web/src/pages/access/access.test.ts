import { describe, expect, test } from "vitest";
import type { AccessDifference, AccessHub, AccessQuestion, AccessSum } from "../../api/access.ts";
import { crossing, bandLimits } from "./paint.ts";
import { parameterSet, pointAdded, pointRemoved, pointsOf, promisedSwitched, readPoint, serviceAsked, settings, switched, switchOf, writePoint } from "./question.ts";
import { sortValue } from "./regions.tsx";
import { codeOf, hubName, isPrivate, sayAnswer, sayDifference, shortPeople, shortShare, wholeMinutes } from "./sentence.ts";

const plain = (s: string) => s.replaceAll("\u00a0", " ");

describe("the address", () => {
  test("a facility is switched on, off and back", () => {
    expect(switched({}, "F1", "on")).toEqual({ on: "F1", off: undefined });
    expect(switched({ on: "F1,F2" }, "F1", "off")).toEqual({ on: "F2", off: "F1" });
    expect(switched({ on: "F2", off: "F1" }, "F1", undefined)).toEqual({ on: "F2", off: undefined });
    expect(switchOf({ on: "F2", off: " F1 " }, "F1")).toBe("off");
    expect(switchOf({ on: "F2" }, "F20")).toBeUndefined();
  });
  test("a promised facility is switched on alone, or off where all count", () => {
    expect(promisedSwitched({}, "F1", true)).toEqual({ on: "F1", off: undefined });
    expect(promisedSwitched({ on: "F1" }, "F1", false)).toEqual({ on: undefined, off: undefined });
    expect(promisedSwitched({ promised: "true" }, "F1", false)).toEqual({ on: undefined, off: "F1" });
    expect(promisedSwitched({ promised: "true", off: "F1" }, "F1", true)).toEqual({ on: undefined, off: undefined });
  });
  test("points are added and removed by their number", () => {
    const one = pointAdded({}, { lat: 46.848061, lon: 74.995 });
    expect(one).toEqual({ add: "46.8481,74.995" });
    const two = pointAdded(one, { lat: -1, lon: 2 });
    expect(pointsOf(two)).toEqual([{ lat: 46.8481, lon: 74.995 }, { lat: -1, lon: 2 }]);
    expect(pointRemoved(two, 0)).toEqual({ add: "-1,2" });
    expect(pointRemoved({ add: "1,2" }, 0)).toEqual({ add: undefined });
  });
  test("a position is read as people write it", () => {
    expect(readPoint("46.85, 74.99")).toEqual({ lat: 46.85, lon: 74.99 });
    expect(readPoint("46.85 74.99")).toEqual({ lat: 46.85, lon: 74.99 });
    for (const bad of ["", "46.85", "91, 10", "10, 181", "46,85, 74,99", "x, y"]) expect(readPoint(bad), bad).toBeUndefined();
    expect(writePoint({ lat: 46.123456, lon: 74 })).toBe("46.1235,74");
  });
  test("parameters are set and given back", () => {
    const s = parameterSet({ set: "speed_main:70" }, "on_scene", "15");
    expect(s).toEqual({ set: "speed_main:70,on_scene:15" });
    expect([...settings(s)]).toEqual([["speed_main", "70"], ["on_scene", "15"]]);
    expect(parameterSet(s, "speed_main", undefined)).toEqual({ set: "on_scene:15" });
  });
  test("another service is asked with its own norm and without the switches", () => {
    expect(serviceAsked("stroke")).toEqual({ service: "stroke", limit: undefined, on: undefined, off: undefined, promised: undefined });
  });
  test("only what everybody may see goes into the ledger", () => {
    expect(isPrivate({ on: "F1" })).toBe(true);
    expect(isPrivate({ add: "1,2" })).toBe(true);
    expect(isPrivate({ set: "on_scene:15" })).toBe(true);
    expect(isPrivate({})).toBe(false);
  });
});

const question = { service: "infarction", service_name: { en: "Care of myocardial infarction" }, kind: "emergency", season: "summer", mode: "road", span: "call_to_door", limit_minutes: 60 } as unknown as AccessQuestion;
const sum = { people: 19_738_313, inside: 11_566_796 } as AccessSum;

describe("the sentence", () => {
  test("in three languages", () => {
    expect(plain(sayAnswer(question, sum, "en"))).toBe("In summer by road 11.6 million of 19.7 million people (59%) reach a hospital that opens a blocked vessel of the heart within 60 minutes of the call.");
    expect(plain(sayAnswer(question, sum, "ru"))).toBe("Летом по дороге 11,6 млн из 19,7 млн человек (59 %) попадают в больницу, где открывают закрытый сосуд сердца, в течение 60 минут от вызова.");
    expect(plain(sayAnswer(question, sum, "kk"))).toBe("Жазда автомобиль жолымен 19,7 млн адамның 59 %-ы (11,6 млн адам) шақырудан мекеме есігіне дейін 60 минут ішінде жүректің бітелген тамырын ашатын ауруханаға жетеді.");
  });
  test("forms of number, another way and a service without words of its own", () => {
    const q = { ...question, limit_minutes: 61, season: "winter", mode: "best", service: "dialysis", service_name: { ru: "Диализ", en: "Dialysis" } } as AccessQuestion;
    expect(plain(sayAnswer(q, sum, "ru"))).toContain("в течение 61 минуты от вызова.");
    expect(plain(sayAnswer(q, sum, "ru"))).toContain("учреждение, где есть «Диализ», в течение");
    expect(plain(sayAnswer(q, sum, "en"))).toMatch(/^In winter by road or air, whichever is sooner, 11.6 million .* reach a facility with “Dialysis” within 61 minutes/);
  });
  test("a region stands before it", () => {
    expect(plain(sayAnswer(question, sum, "ru", "Карагандинская область"))).toMatch(/^Карагандинская область: летом/);
  });
  test("people and shares are short, and never falsely whole", () => {
    expect(plain(shortPeople(999_999, "en"))).toBe("999,999");
    expect(plain(shortPeople(1_715_952, "ru"))).toBe("1,7 млн");
    expect(plain(shortShare(0, 100, "en"))).toBe("0%");
    expect(plain(shortShare(1, 1000, "en"))).toBe("< 1%");
    expect(plain(shortShare(999, 1000, "en"))).toBe("> 99%");
    expect(plain(shortShare(1000, 1000, "ru"))).toBe("100 %");
    expect(plain(shortShare(0, 0, "ru"))).toBe("0 %");
  });
  test("minutes above a limit are not shown as inside it", () => {
    expect(wholeMinutes(60)).toBe(60);
    expect(wholeMinutes(60.1)).toBe(61);
  });
  test("what the switches change", () => {
    const d = { gained: 77_878, lost: 0, places: 46 } as AccessDifference;
    expect(sayDifference(d, "en").map(plain)).toEqual(["+77,878 people come inside", "46 places have other minutes"]);
    expect(sayDifference({ ...d, gained: 1, lost: 2 }, "ru").map(plain)).toEqual(["+1 человек попадает в предел", "−2 человека выпадают из предела", "время меняется у 46 пунктов"]);
    expect(sayDifference({ ...d, gained: 0, places: 0 }, "en")).toEqual(["Nothing changes inside the limit."]);
  });
  test("facilities have codes and names", () => {
    const h = { facility: null, place: "GN1", name: { en: "Taraz" }, lat: 42.9, lon: 71.4 } as unknown as AccessHub;
    expect(codeOf(h)).toBe("GN1");
    expect(hubName({ ...h, name: {} } as AccessHub, "en")).toBe("42.900, 71.400");
  });
});

describe("the map", () => {
  test("who crosses the limit, which is inclusive", () => {
    expect(crossing(280, 60, 60)).toBe(1);
    expect(crossing(60, 60.1, 60)).toBe(-1);
    expect(crossing(null, 30, 60)).toBe(1);
    expect(crossing(50, 40, 60)).toBe(0);
    expect(crossing(null, null, 60)).toBe(0);
  });
  test("the limit has an area of its own", () => expect(bandLimits(75)).toBe("30,60,75,90,120,180"));
});

test("regions sort by shares, and no way is longer than any", () => {
  const r = { people: 10, inside: 4, urban: 0, urban_inside: 0, rural: 8, rural_inside: 2, median_minutes: null, p90_minutes: 90, inside_on_presumed: 1, inside_percent: 40 } as AccessSum;
  expect(sortValue(r, "rural")).toBe(0.25);
  expect(sortValue(r, "urban")).toBe(-1);
  expect(sortValue(r, "median")).toBe(Infinity);
  expect(sortValue(r, "share")).toBe(40);
});
