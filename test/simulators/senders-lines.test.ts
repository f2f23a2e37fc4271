// Readings line by line as they leave: what is written by hand reads back as the values that went in.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SENT } from '../../simulators/readings.ts';
import { ByteBuilder } from '../../simulators/senders/byte-builder.ts';
import { csvForm } from '../../simulators/senders/csv.ts';
import { BODY_BYTES } from '../../simulators/senders/delivery.ts';
import { lineProtocolForm } from '../../simulators/senders/line-protocol.ts';
import { type LineForm, LineWriter } from '../../simulators/senders/line-writer.ts';
import { ndjsonForm } from '../../simulators/senders/ndjson.ts';

const AT = 1_772_409_600_000;
const value = fc.oneof(fc.constant(Number.NaN), fc.double({ min: -200, max: 90_000, noNaN: true }));
const rows = fc
  .array(value, { minLength: SENT.length, maxLength: SENT.length })
  .filter((row) => !row.every(Number.isNaN));

function lineOf(form: LineForm, row: readonly number[]): string[] {
  const writer = new LineWriter(form, ['one-a']);
  writer.add(0, AT, Float64Array.from(row));
  const [delivery, ...more] = writer.take();
  expect(more).toEqual([]);
  expect(delivery!.rows).toBe(1);
  return new TextDecoder().decode(delivery!.body).trimEnd().split('\n');
}

/** KPI → value as read back, against what went in. */
function expectSame(read: Record<string, number>, row: readonly number[]): void {
  SENT.forEach(({ kpi, decimals }, k) => {
    if (Number.isNaN(row[k])) expect(read).not.toHaveProperty(kpi);
    else expect(Math.abs(read[kpi]! - row[k]!)).toBeLessThanOrEqual(0.5001 * 10 ** -decimals);
  });
}

describe('a reading written by hand', () => {
  it('as NDJSON reads back as the values that went in, rounded to the decimals of each KPI', () => {
    fc.assert(
      fc.property(rows, (row) => {
        const { kpis, ...rest } = JSON.parse(lineOf(ndjsonForm(300), row)[0]!);
        expect(rest).toEqual({ cell: 'one-a', at: AT, periodSeconds: 300 });
        expectSame(kpis, row);
      }),
    );
  });

  it('as line protocol does so too', () => {
    fc.assert(
      fc.property(rows, (row) => {
        const [head, fields, time] = lineOf(lineProtocolForm(300), row)[0]!.split(' ');
        expect([head, time]).toEqual(['cell_kpi,cell=one-a,period=300', String(AT)]);
        const pairs = fields!.split(',').map((field) => field.split('='));
        expectSame(Object.fromEntries(pairs.map(([kpi, text]) => [kpi, Number(text)])), row);
      }),
    );
  });

  it('and as CSV, with empty fields for what was not measured', () => {
    fc.assert(
      fc.property(rows, (row) => {
        const [heading, line] = lineOf(csvForm(300), row).map((text) => text.split(','));
        expect(line!.slice(0, 3)).toEqual(['one-a', new Date(AT).toISOString(), '300']);
        const pairs = heading!.map((kpi, i) => [kpi, line![i]] as const).slice(3);
        const measured = pairs.filter(([, text]) => text !== '').map(([kpi, text]) => [kpi, Number(text)]);
        expectSame(Object.fromEntries(measured), row);
      }),
    );
  });
});

describe('bodies', () => {
  it('are cut before a network of any size makes one too large, and no reading is lost or split', () => {
    const row = new Float64Array(SENT.length).fill(123.456);
    const writer = new LineWriter(csvForm(900), ['one-a']);
    const count = 60_000;
    for (let i = 0; i < count; i++) writer.add(0, AT, row);
    const deliveries = writer.take();
    expect(deliveries.length).toBeGreaterThan(1);
    for (const { body, rows: told } of deliveries) {
      expect(body.length).toBeLessThan(BODY_BYTES + 1000);
      const lines = new TextDecoder().decode(body).trimEnd().split('\n');
      expect(lines[0]).toMatch(/^cell,at,period_seconds,/);
      expect(lines.length - 1).toBe(told);
    }
    expect(deliveries.reduce((sum, one) => sum + one.rows, 0)).toBe(count);
    expect(writer.take()).toEqual([]);
  });
});

describe('a number put by hand', () => {
  it('is the number, whatever its size and sign, and never "-0"', () => {
    const numbers = fc.oneof(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 0, max: 1e14, noNaN: true }),
    );
    fc.assert(
      fc.property(numbers, fc.integer({ min: 0, max: 4 }), (number, decimals) => {
        const out = new ByteBuilder();
        out.putNumber(number, decimals);
        const text = new TextDecoder().decode(out.take());
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(text).not.toMatch(/^-0(\.0*)?$/);
        expect(Math.abs(Number(text) - number)).toBeLessThanOrEqual(0.5001 * 10 ** -decimals);
      }),
    );
  });
});
