// Classes of a choropleth: few steps with readable limits, so that a legend
// can name them.

export interface Classes {
  /** Lower limits of the classes, ascending; the first is the least value. */
  limits: number[];
  of: (v: number) => number;
}

/** Equal counts of territories in each class; equal values always share a class. */
export function quantiles(values: number[], most: number): Classes {
  const sorted = [...values].sort((a, b) => a - b);
  const limits: number[] = [];
  for (let i = 0; i < most && sorted.length > 0; i++) {
    const v = sorted[Math.floor((i * sorted.length) / most)] as number;
    if (limits.at(-1) !== v) limits.push(v);
  }
  return { limits, of: (v) => Math.max(0, limits.findLastIndex((l) => v >= l)) };
}

/** Small whole numbers: 0 apart, then steps that double. */
export function counts(values: number[]): Classes {
  const max = Math.max(0, ...values);
  const limits = [0];
  for (let l = 1; l <= max && limits.length < 6; l = l < 3 ? l + 1 : l * 2) limits.push(l);
  return { limits, of: (v) => Math.max(0, limits.findLastIndex((l) => v >= l)) };
}
