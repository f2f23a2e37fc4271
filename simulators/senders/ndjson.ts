// Readings as NDJSON, in the product's own words.

import { SENT } from '../readings.ts';
import { bytesOf } from './byte-builder.ts';
import type { LineForm } from './line-writer.ts';

const KEYS = SENT.map(({ kpi }) => bytesOf(`"${kpi}":`));
const DECIMALS = SENT.map(({ decimals }) => decimals);
const COMMA = 0x2c;
const LINE_END = bytesOf('}}\n');

export function ndjsonForm(periodSeconds: number): LineForm {
  let time: Uint8Array = bytesOf('');
  let timeAt = Number.NaN;
  return {
    door: 'readings',
    headOf: (cell) => bytesOf(`{"cell":"${cell}","at":`),
    put(out, head, at, row) {
      if (at !== timeAt) time = bytesOf(`${at},"periodSeconds":${periodSeconds},"kpis":{`);
      timeAt = at;
      out.put(head);
      out.put(time);
      for (let k = 0; k < row.length; k++) {
        const value = row[k]!;
        if (Number.isNaN(value)) continue;
        out.put(KEYS[k]!);
        out.putNumber(value, DECIMALS[k]!);
        out.putByte(COMMA);
      }
      out.dropLast(COMMA);
      out.put(LINE_END);
    },
  };
}
