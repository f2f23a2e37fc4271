// Numbers and lines as they leave: what is written by hand reads back as JSON.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NdjsonWriter } from '../../simulators/ndjson.ts';
import { SENT } from '../../simulators/readings.ts';

describe('a line written by hand', () => {
  it('reads back as the values that went in, rounded to the decimals of each KPI', () => {
    const value = fc.oneof(fc.constant(Number.NaN), fc.double({ min: -200, max: 90_000, noNaN: true }));
    fc.assert(
      fc.property(fc.array(value, { minLength: SENT.length, maxLength: SENT.length }), (values) => {
        if (values.every(Number.isNaN)) return;
        const writer = new NdjsonWriter(['one-a'], 300, 2);
        writer.add(0, 1_772_409_600_000, Float64Array.from(values));
        const { kpis, ...rest } = JSON.parse(new TextDecoder().decode(writer.take()));
        expect(rest).toEqual({ cell: 'one-a', at: 1_772_409_600_000, periodSeconds: 300 });
        SENT.forEach(({ kpi, decimals }, k) => {
          if (Number.isNaN(values[k])) expect(kpis).not.toHaveProperty(kpi);
          else expect(Math.abs(kpis[kpi] - values[k]!)).toBeLessThanOrEqual(0.5001 * 10 ** -decimals);
        });
      }),
    );
  });
});
