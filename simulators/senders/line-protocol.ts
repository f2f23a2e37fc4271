// Readings as InfluxDB line protocol, as Telegraf sends them; times in milliseconds.

import { fieldOfKpi, MEASUREMENT } from '../../server/model/line-protocol.ts';
import { SENT } from '../readings.ts';
import { bytesOf } from './byte-builder.ts';
import type { LineForm } from './line-writer.ts';

const FIELDS = SENT.map(({ kpi }) => bytesOf(`${fieldOfKpi(kpi)}=`));
const DECIMALS = SENT.map(({ decimals }) => decimals);
const COMMA = 0x2c;

export function lineProtocolForm(periodSeconds: number): LineForm {
  let time: Uint8Array = bytesOf('');
  let timeAt = Number.NaN;
  return {
    door: 'line',
    headOf: (cell) => bytesOf(`${MEASUREMENT},cell=${cell.replace(/[ ,=\\]/g, '\\$&')},period=${periodSeconds} `),
    put(out, head, at, row) {
      if (at !== timeAt) time = bytesOf(` ${at}\n`);
      timeAt = at;
      out.put(head);
      for (let k = 0; k < row.length; k++) {
        const value = row[k]!;
        if (Number.isNaN(value)) continue;
        out.put(FIELDS[k]!);
        out.putNumber(value, DECIMALS[k]!);
        out.putByte(COMMA);
      }
      out.dropLast(COMMA);
      out.put(time);
    },
  };
}
