// A run of the pretend network as a foreteller of equipment meets it, kept on disk: readings, what the detector finds in them, and alarms.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ves } from '../../../server/collect/formats/ves.ts';
import { placeOf } from '../../../server/detect/detect.ts';
import { SeasonalDetector } from '../../../server/detect/detectors/seasonal.ts';
import { EquipmentForeteller } from '../../../server/detect/foretellers/equipment.ts';
import { checkAlarm } from '../../../server/intake/alarms.ts';
import { textHash } from '../../../server/maths/text-hash.ts';
import type { Alarm } from '../../../server/model/alarm.ts';
import type { Cell } from '../../../server/model/cell.ts';
import { type Finding, isShiftInDecibels } from '../../../server/model/finding.ts';
import type { ReadingBatch } from '../../../server/model/reading.ts';
import { type RunOptions, runPretendNetwork } from '../pretend-run.ts';
import { ReadingsTable } from '../readings-table.ts';
import type { Truth } from '../truth.ts';

const KEPT = new EquipmentForeteller({ zone: 'UTC' }).kpis;

export interface KeptRun {
  truth: Truth;
  cells: Cell[];
  periods: number;
  /** Value of KPI k of cell c in period p at `(p * KEPT.length + k) * cells + c`; NaN where none was measured. */
  values: Float32Array;
  /** In the order of time. */
  findings: Finding[];
  alarms: Alarm[];
}

/** One period: what arrives, what the detector finds in it, and what equipment told meanwhile. */
export interface Heard {
  batch: ReadingBatch;
  findings: Finding[];
  alarms: Alarm[];
}

/** From the folder, or made and put there: some minutes. */
export async function keptRun(folder: string, run: RunOptions): Promise<KeptRun> {
  mkdirSync(folder, { recursive: true });
  const { scenario, seed, cells: size, days, falseAlarms } = run;
  // What is kept hangs on what the foreteller reads.
  const layout = textHash(KEPT.join()).toString(36);
  const parts = [scenario, seed, size, days, falseAlarms, layout].filter((part) => part !== undefined);
  const name = join(folder, parts.join('-'));
  if (!existsSync(`${name}.json`)) await make(name, run);
  const kept = JSON.parse(readFileSync(`${name}.json`, 'utf8')) as Omit<KeptRun, 'values'>;
  const bytes = readFileSync(`${name}.bin`);
  const sites = new Map(kept.cells.map(({ id, siteId }) => [id, siteId]));
  const renames = new Map(Object.entries(kept.truth.renames));
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  return { ...kept, truth: { ...kept.truth, sites, renames }, values };
}

/** Period by period, from the first that ends after a time; cells keep their first ids. */
export function* periodsOf(run: KeptRun, after: number): Generator<Heard> {
  const { truth, cells, periods, values, findings, alarms } = run;
  const rows = cells.length;
  const names = cells.map(({ id }) => id);
  const [nextFindings, nextAlarms] = [taker(findings), taker(alarms)];
  for (let period = 0; period < periods; period++) {
    const at = truth.from + (period + 1) * truth.periodMs;
    const told = { findings: nextFindings(at), alarms: nextAlarms(at) };
    if (at <= after) continue;
    yield {
      ...told,
      batch: {
        ...{ source: 'score', receivedAt: truth.from, rows, cells: names, counters: [] },
        cell: Uint32Array.from({ length: rows }, (_, row) => row),
        at: new Float64Array(rows).fill(at),
        periodSeconds: new Uint32Array(rows).fill(truth.periodMs / 1000),
        suspect: new Uint8Array(rows),
        kpis: KEPT.map((name, kpi) => {
          const from = (period * KEPT.length + kpi) * rows;
          return { name, values: Float64Array.from(values.subarray(from, from + rows)) };
        }),
      },
    };
  }
}

/** Those up to a time that were not taken before. */
function taker<T extends { at: number }>(all: readonly T[]): (at: number) => T[] {
  let next = 0;
  return (at) => {
    const first = next;
    while (next < all.length && all[next]!.at <= at) next += 1;
    return all.slice(first, next);
  };
}

async function make(name: string, run: RunOptions): Promise<void> {
  let made: { truth: Truth; cells: Cell[]; table: ReadingsTable } | undefined;
  const alarms: Alarm[] = [];
  await runPretendNetwork(
    { ...run, events: true },
    {
      begin: (truth, cells) => {
        made = {
          truth,
          cells: [...cells],
          table: new ReadingsTable(cells, truth.from, truth.until, truth.periodMs, truth.renames),
        };
      },
      readings: (ndjson) => made!.table.addNdjson(ndjson),
      events: (json) => alarms.push(...alarmsIn(json, made?.cells ?? [])),
    },
  );
  const { truth, cells, table } = made!;
  table.derive();
  const findings = foundIn(table, cells);
  const { values, periods } = keptOf(table);
  writeFileSync(`${name}.bin`, new Uint8Array(values.buffer));
  const renames = Object.fromEntries(truth.renames);
  const kept = { truth: { ...truth, renames, sites: undefined }, cells, periods, findings, alarms };
  writeFileSync(`${name}.json`, JSON.stringify(kept));
}

function alarmsIn(json: Uint8Array, cells: readonly Cell[]): Alarm[] {
  const ids = new Set(cells.map(({ id }) => id));
  const sites = new Map(cells.map(({ id, siteId }) => [id, siteId]));
  const known = new Set(sites.values());
  const places = {
    find: (name: string) => (ids.has(name) ? name : undefined),
    knownCell: () => undefined,
    get: (cell: string) => ({ siteId: sites.get(cell)! }),
    cellsOf: (site: string) => (known.has(site) ? [site] : []),
  };
  const context = { now: Number.MAX_SAFE_INTEGER, zoneOffsetMinutes: () => 0 };
  const events = [...ves.parse(new TextDecoder().decode(json), { ...context, zoneOffsetMinutes: () => 0 })];
  return events.flatMap((event) => {
    const alarm = event.kind === 'alarm' ? checkAlarm(event.alarm, places, context) : undefined;
    return alarm && 'alarmId' in alarm ? [alarm] : [];
  });
}

function foundIn(table: ReadingsTable, cells: readonly Cell[]): Finding[] {
  const detector = new SeasonalDetector({ zone: 'UTC' });
  detector.place(
    cells.flatMap((cell) => {
      const place = placeOf(cell);
      return place ? [[cell.id, place] as const] : [];
    }),
  );
  const rows = cells.length;
  const columns = table.kpis.map((name) => ({ name, values: table.column(name) }));
  const findings: Finding[] = [];
  for (let period = 0; period < table.periods; period++) {
    const [from, end] = [period * rows, (period + 1) * rows];
    const heard = cells.flatMap((_, row) => (table.heard[from + row] ? [row] : []));
    const batch: ReadingBatch = {
      ...{
        source: 'score',
        receivedAt: table.endOf(period),
        rows: heard.length,
        cells: cells.map(({ id }) => id),
        counters: [],
      },
      cell: Uint32Array.from(heard),
      at: new Float64Array(heard.length).fill(table.endOf(period)),
      periodSeconds: new Uint32Array(heard.length).fill(table.periodMs / 1000),
      suspect: new Uint8Array(heard.length),
      kpis: columns
        .map(({ name, values }) => ({ name, values: values.subarray(from, end) }))
        .map(({ name, values }) => ({
          name,
          values: Float64Array.from(heard, (row) => values[row]!),
        })),
    };
    if (heard.length > 0) findings.push(...detector.observe(batch));
  }
  return findings.filter((one) => one.phase !== 'lasts' || isShiftInDecibels(one)).sort((a, b) => a.at - b.at);
}

function keptOf(table: ReadingsTable): { values: Float32Array; periods: number } {
  const rows = table.cells.length;
  const values = new Float32Array(table.periods * KEPT.length * rows);
  KEPT.forEach((kpi, k) => {
    const column = table.column(kpi);
    for (let period = 0; period < table.periods; period++)
      values.set(column.subarray(period * rows, (period + 1) * rows), (period * KEPT.length + k) * rows);
  });
  return { values, periods: table.periods };
}
