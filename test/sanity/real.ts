// What real files tell: load of LTE cells, drop rates of a network by the hour, levels of drive tests. They are read by the product's own readers.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { archiveMembers } from '../../server/collect/archive.ts';
import type { FormatContext } from '../../server/collect/format.ts';
import { gnettrack } from '../../server/collect/formats/gnettrack.ts';
import type { LoadReading } from './figures.ts';

export interface Levels {
  rsrpDbm: number[];
  rsrqDb: number[];
  sinrDb: number[];
}

/** 33 LTE cells, each row one quarter of an hour of a day that is not told. */
export function realLoad(folder: string): LoadReading[] {
  const [heading, ...lines] = readFileSync(join(folder, 'kpi/ml-matt_train_first8000.csv'), 'utf8')
    .trim()
    .split(/\r?\n/);
  const columns = heading!.split(',');
  const [time, cell, load, carried] = ['Time', 'CellName', 'PRBUsageDL', 'meanThr_DL'].map((name) =>
    columns.indexOf(name),
  );
  return lines.map((line) => {
    const fields = line.split(',');
    const [hour, minute] = fields[time!]!.split(':').map(Number);
    return {
      ...{ cell: fields[cell!]!, minute: 60 * hour! + minute! },
      ...{ loadPct: Number(fields[load!]), carriedMbps: Number(fields[carried!]) },
    };
  });
}

/** Drop rate of a whole network, %, hour by hour over four years: a sheet a year, times as days since 1900. */
export async function realDrops(folder: string): Promise<number[]> {
  const drops: number[] = [];
  const path = join(folder, 'kpi/lte-network-hourly/E_RAB_DR_LTE.xlsx');
  for await (const { bytes } of archiveMembers('book.xlsx', path, 'xlsx')) {
    for (const line of new TextDecoder().decode(bytes).trim().split(/\r?\n/).slice(1)) {
      const value = Number(line.split(',').at(-1));
      if (Number.isFinite(value) && line.split(',').at(-1) !== '') drops.push(value);
    }
  }
  return drops;
}

/** Mean use of blocks of one busy site, %, week by week. */
export function realWeeks(folder: string): number[] {
  const lines = readFileSync(join(folder, 'kpi/weekly_prb.csv'), 'utf8').trim().split(/\r?\n/).slice(2);
  // Thousands stand in quotes, but behind this column.
  return lines.map((line) => Number(line.split(',')[5])).filter((percent) => percent > 0);
}

/** LTE levels of every log of a phone; what phones write for "not measured" is left out. */
export function realLevels(folder: string): Levels {
  const levels: Levels = { rsrpDbm: [], rsrqDb: [], sinrDb: [] };
  const logs = readdirSync(join(folder, 'coverage'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?:\/B_.*\.csv|_log\.txt)$/.test(name),
  );
  for (const name of logs) addLog(readFileSync(join(folder, 'coverage', name), 'utf8'), levels);
  return levels;
}

const RANGES = { rsrpDbm: [-140, -44], rsrqDb: [-43, 20], sinrDb: [-23, 40] } as const;

function addLog(text: string, levels: Levels): void {
  const context: FormatContext = { zoneOffsetMinutes: 0 };
  for (const parsed of gnettrack.parse(text, context)) {
    if (parsed.kind !== 'record' || parsed.record.radio !== 'LTE') continue;
    for (const key of ['rsrpDbm', 'rsrqDb', 'sinrDb'] as const) {
      const given = parsed.record[key];
      const value = given === undefined || given === '' || given === null ? Number.NaN : Number(given);
      if (value >= RANGES[key][0] && value <= RANGES[key][1]) levels[key].push(value);
    }
  }
}
