// A run of the pretend network kept as columns of numbers, so that it is made once and replayed as often as one likes.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cell } from '../../../server/model/cell.ts';
import type { ReadingBatch } from '../../../server/model/reading.ts';
import { type RunOptions, runPretendNetwork } from '../pretend-run.ts';
import { ReadingsTable } from '../readings-table.ts';
import type { Truth } from '../truth.ts';

/** What a foreteller of full cells looks at, in the order of the file. */
const KEPT = ['prb_util_pct', 'active_users', 'traffic_gb', 'dl_throughput_mbps', 'setup_attempts'] as const;

export interface KeptRun {
  truth: Truth;
  cells: Cell[];
  periods: number;
  /** Value of KPI k of cell c in period p at `(p * KEPT.length + k) * cells + c`; NaN where none was measured. */
  values: Float32Array;
}

/** From the folder, or made and put there: a minute or two. */
export async function keptRun(folder: string, run: RunOptions): Promise<KeptRun> {
  mkdirSync(folder, { recursive: true });
  const name = join(folder, `${run.scenario}-${run.seed}-${run.cells}-${run.days}`);
  if (!existsSync(`${name}.json`)) await make(name, run);
  const { truth, cells, periods } = JSON.parse(readFileSync(`${name}.json`, 'utf8')) as Omit<KeptRun, 'values'>;
  const bytes = readFileSync(`${name}.bin`);
  const sites = new Map(cells.map(({ id, siteId }) => [id, siteId]));
  const renames = new Map(Object.entries(truth.renames));
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  return { truth: { ...truth, sites, renames }, cells, periods, values };
}

/** Period by period what arrives, as a batch of readings; cells keep their first ids. */
export function* batchesOf({ truth, cells, periods, values }: KeptRun): Generator<ReadingBatch> {
  const rows = cells.length;
  const names = cells.map(({ id }) => id);
  for (let period = 0; period < periods; period++) {
    yield {
      ...{ source: 'score', receivedAt: truth.from, rows, cells: names, counters: [] },
      cell: Uint32Array.from({ length: rows }, (_, row) => row),
      at: new Float64Array(rows).fill(truth.from + (period + 1) * truth.periodMs),
      periodSeconds: new Uint32Array(rows).fill(truth.periodMs / 1000),
      suspect: new Uint8Array(rows),
      kpis: KEPT.map((name, kpi) => {
        const from = (period * KEPT.length + kpi) * rows;
        return { name, values: Float64Array.from(values.subarray(from, from + rows)) };
      }),
    };
  }
}

async function make(name: string, run: RunOptions): Promise<void> {
  let [kept, values] = [undefined as Omit<KeptRun, 'values'> | undefined, new Float32Array(0)];
  let indexes = new Map<string, number>();
  await runPretendNetwork(run, {
    begin(truth, cells) {
      const periods = Math.floor((truth.until - truth.from) / truth.periodMs);
      kept = { truth, cells: [...cells], periods };
      indexes = new Map(cells.map(({ id }, index) => [id, index]));
      for (const [later, first] of truth.renames) indexes.set(later, indexes.get(first)!);
      values = new Float32Array(periods * KEPT.length * cells.length).fill(Number.NaN);
    },
    readings(ndjson) {
      const { truth, cells, periods } = kept!;
      for (const line of new TextDecoder().decode(ndjson).split('\n')) {
        if (line === '') continue;
        const { cell, at, kpis } = JSON.parse(line) as {
          cell: string;
          at: string | number;
          kpis: Record<string, number>;
        };
        const time = typeof at === 'number' ? at : Date.parse(at);
        const [period, index] = [Math.round((time - truth.from) / truth.periodMs) - 1, indexes.get(cell)];
        if (index === undefined || period < 0 || period >= periods) continue;
        KEPT.forEach((kpi, k) => {
          values[(period * KEPT.length + k) * cells.length + index] = kpis[kpi] ?? Number.NaN;
        });
      }
    },
  });
  writeFileSync(`${name}.bin`, new Uint8Array(values.buffer));
  const renames = Object.fromEntries(kept!.truth.renames);
  writeFileSync(`${name}.json`, JSON.stringify({ ...kept, truth: { ...kept!.truth, renames, sites: undefined } }));
}

/** The same readings as scores of other tools read them. */
export function tableOf({ truth, cells, periods, values }: KeptRun): ReadingsTable {
  const table = new ReadingsTable(cells, truth.from, truth.until, truth.periodMs);
  KEPT.forEach((name, kpi) => {
    const column = table.column(name);
    for (let period = 0; period < periods; period++) {
      const from = (period * KEPT.length + kpi) * cells.length;
      column.set(values.subarray(from, from + cells.length), period * cells.length);
    }
  });
  return table;
}
