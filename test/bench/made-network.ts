// A made-up network of any size whose readings have twelve KPIs: by columns, as NDJSON and as line protocol.

import type { ReadingBatch } from '../../server/model/reading.ts';
import { seeded } from '../detect/synthetic-network.ts';
import { PERIOD_MS, START } from '../flow/network.ts';

/** At a quiet and at a busy hour, and how many decimals a sender would write. */
const KPIS = [
  { name: 'availability_pct', quiet: 100, busy: 100, decimals: 0 },
  { name: 'setup_success_pct', quiet: 99.8, busy: 99.4, decimals: 2 },
  { name: 'drop_rate_pct', quiet: 0.1, busy: 0.3, decimals: 3 },
  { name: 'handover_success_pct', quiet: 98.9, busy: 98.3, decimals: 2 },
  { name: 'dl_throughput_mbps', quiet: 60, busy: 24, decimals: 2 },
  { name: 'ul_throughput_mbps', quiet: 14, busy: 6, decimals: 2 },
  { name: 'latency_ms', quiet: 16, busy: 27, decimals: 1 },
  { name: 'packet_loss_pct', quiet: 0.05, busy: 0.2, decimals: 3 },
  { name: 'prb_util_pct', quiet: 8, busy: 62, decimals: 1 },
  { name: 'active_users', quiet: 4, busy: 85, decimals: 0 },
  { name: 'traffic_gb', quiet: 0.6, busy: 9, decimals: 3 },
  { name: 'rsrp_dbm', quiet: -94, busy: -96, decimals: 1 },
] as const;

export const KPI_COUNT = KPIS.length;

/** All cells in one period, the same for the same numbers. */
export function madeBatch(cells: number, period: number): ReadingBatch {
  const random = seeded(cells + period);
  const load = 0.5 - 0.5 * Math.cos(((period % 96) / 96) * 2 * Math.PI);
  return {
    source: 'bench',
    receivedAt: START + (period + 1) * PERIOD_MS,
    rows: cells,
    cells: Array.from({ length: cells }, (_, i) => cellId(i)),
    cell: Uint32Array.from({ length: cells }, (_, i) => i),
    at: new Float64Array(cells).fill(START + (period + 1) * PERIOD_MS),
    periodSeconds: new Uint32Array(cells).fill(PERIOD_MS / 1000),
    suspect: new Uint8Array(cells),
    kpis: KPIS.map(({ name, quiet, busy, decimals }) => {
      const middle = quiet + load * (busy - quiet);
      const spread = 0.05 * (busy - quiet);
      const scale = 10 ** decimals;
      const value = () => Math.round((middle + spread * (2 * random() - 1)) * scale) / scale;
      return { name, values: Float64Array.from({ length: cells }, value) };
    }),
    counters: [],
  };
}

export const cellId = (i: number) => `site-${Math.floor(i / 3)}-${'ABC'[i % 3]}`;

type WriteRow = (cell: string, at: number, values: [name: string, value: number][]) => string;

const asNdjson: WriteRow = (cell, at, values) =>
  `{"cell":"${cell}","at":${at},"periodSeconds":${PERIOD_MS / 1000},"kpis":{${values.map(([name, value]) => `"${name}":${value}`).join()}}}`;

const asLine: WriteRow = (cell, at, values) =>
  `cell_kpi,cell=${cell} ${values.map(([name, value]) => `${name}=${value}`).join()} ${at}`;

export const ndjsonBodies = (batch: ReadingBatch, rowsEach: number) => bodies(batch, rowsEach, asNdjson);
export const lineBodies = (batch: ReadingBatch, rowsEach: number) => bodies(batch, rowsEach, asLine);

function bodies(batch: ReadingBatch, rowsEach: number, write: WriteRow): Uint8Array[] {
  const made: Uint8Array[] = [];
  for (let from = 0; from < batch.rows; from += rowsEach) {
    const lines = Array.from({ length: Math.min(rowsEach, batch.rows - from) }, (_, i) => {
      const row = from + i;
      const values = batch.kpis.map((kpi): [string, number] => [kpi.name, kpi.values[row]!]);
      return write(batch.cells[batch.cell[row]!]!, batch.at[row]!, values);
    });
    made.push(new TextEncoder().encode(`${lines.join('\n')}\n`));
  }
  return made;
}
