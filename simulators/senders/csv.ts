// Readings as CSV, as an export with one row a cell and period.

import { SENT } from '../readings.ts';
import { bytesOf } from './byte-builder.ts';
import type { LineForm } from './line-writer.ts';

const DECIMALS = SENT.map(({ decimals }) => decimals);
const COMMA = 0x2c;
const LINE_END = 0x0a;

export function csvForm(periodSeconds: number): LineForm {
  let time: Uint8Array = bytesOf('');
  let timeAt = Number.NaN;
  return {
    door: 'csv',
    heading: bytesOf(`cell,at,period_seconds,${SENT.map(({ kpi }) => kpi).join(',')}\n`),
    headOf: (cell) => bytesOf(`${cell},`),
    put(out, head, at, row) {
      if (at !== timeAt) time = bytesOf(`${new Date(at).toISOString()},${periodSeconds}`);
      timeAt = at;
      out.put(head);
      out.put(time);
      for (let k = 0; k < row.length; k++) {
        out.putByte(COMMA);
        if (!Number.isNaN(row[k]!)) out.putNumber(row[k]!, DECIMALS[k]!);
      }
      out.putByte(LINE_END);
    },
  };
}
