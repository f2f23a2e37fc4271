// Line protocol: any name and any number goes in, and the same comes out.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeName, encodeName, fieldOfCounter, fieldOfKpi, readField } from '../../server/model/line-protocol.ts';
import { writeLines } from '../../server/storage/influx/lines.ts';
import { seriesQuery } from '../../server/storage/influx/queries.ts';
import { batchOf } from '../batch.ts';

function linesOf(...readings: Parameters<typeof batchOf>[0]): string[] {
  const lines: string[] = [];
  writeLines(batchOf(readings), (_, line) => lines.push(line));
  return lines;
}

describe('names in line protocol', () => {
  it('come back as they were, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(decodeName(encodeName(name))).toBe(name);
        expect(readField(fieldOfKpi(name))).toEqual({ kind: 'kpi', name });
        expect(readField(fieldOfCounter(name))).toEqual({ kind: 'counter', name });
      }),
    );
  });

  it('never break a line nor end in a backslash', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(encodeName(name)).not.toMatch(/[\n\r\\]/);
      }),
    );
  });

  it('stay readable for other tools wherever line protocol allows', () => {
    expect(
      linesOf({ cell: 'Harbour East, 1=2', at: 1000, kpis: { drop_rate_pct: 0.5 }, counters: { 'RRC.Att sum': 7 } }),
    ).toEqual(['cell_kpi,cell=Harbour\\ East\\,\\ 1\\=2,period=900 drop_rate_pct=0.5,c:RRC.Att\\ sum=7 1000']);
  });
});

describe('lines', () => {
  it('leave out what was not measured, and rows in which nothing was', () => {
    const lines = linesOf(
      { cell: 'A', at: 1, kpis: { x: 1 } },
      { cell: 'A', at: 2, kpis: { y: 2 } },
      { cell: 'A', at: 3 },
    );
    expect(lines).toEqual(['cell_kpi,cell=A,period=900 x=1 1', 'cell_kpi,cell=A,period=900 y=2 2']);
  });

  it('mark a suspect row, and say nothing of the others', () => {
    const lines = linesOf({ cell: 'A', at: 1, kpis: { x: 1 }, suspect: true }, { cell: 'A', at: 2, kpis: { x: 1 } });
    expect(lines).toEqual(['cell_kpi,cell=A,period=900 x=1,suspect=true 1', 'cell_kpi,cell=A,period=900 x=1 2']);
  });
});

describe('questions', () => {
  it('quote whatever they name', () => {
    const query = seriesQuery('k"; DROP', { cell: "it's", from: 1.5, to: Number.POSITIVE_INFINITY, limit: 3 });
    expect(query).toBe(
      `SELECT "k\\"; DROP", "suspect", "late" FROM "cell_kpi" WHERE "cell" = 'it\\'s' ` +
        `AND time > 1ms AND time <= 9200000000000ms GROUP BY "period" ORDER BY time DESC LIMIT 3`,
    );
  });
});
