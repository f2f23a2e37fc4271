// What the columns of a network's own statistics of measurement reports (MRS) count: bins of level and of timing advance.

import { type Bin, levelBin, TIMING_EDGES_TS, type TimingBin } from '../model/timing-advance.ts';

/** `MR.RSRP.00` … `.47`, lower edges in dBm: one bin below −120, one of 5 dB, 35 of 1 dB, 10 of 2 dB, the rest. */
const LEVEL_EDGES_DBM = [
  Number.NEGATIVE_INFINITY,
  -120,
  ...Array.from({ length: 35 }, (_, i) => -115 + i),
  ...Array.from({ length: 10 }, (_, i) => -80 + 2 * i),
  -60,
];
/** `MR.Tadv00Rsrp…`: steps of 48 Ts up to 384. Beyond, descriptions differ, so that all three further bins count as one. */
const JOINT_STEP_TS = 48;
const JOINT_STEPS = 8;
const MOST_JOINT = 10;
/** `…Rsrp00` is all below −110 dBm, then steps of 5 dB, the last open. */
const [JOINT_LOWEST_DBM, JOINT_LEVEL_STEP_DB, MOST_JOINT_LEVELS] = [-110, 5, 11];

type BinOf = (column: string) => Omit<TimingBin, 'form' | 'samples'> | undefined;

const BINS: readonly BinOf[] = [
  (column) => {
    const place = placeIn(/^MR\.RSRP\.(\d{1,2})$/i, column);
    const dbm = place === undefined ? undefined : levelOf(place);
    return dbm && { dbm };
  },
  (column) => {
    const place = placeIn(/^MR\.Tadv\.(\d{1,2})$/i, column);
    const from = place === undefined ? undefined : TIMING_EDGES_TS[place];
    return from === undefined ? undefined : { ts: [from, TIMING_EDGES_TS[place! + 1] ?? null] };
  },
  (column) => {
    const [, distance, level] = /^MR\.Tadv(\d\d)Rsrp(\d\d)$/i.exec(column) ?? [];
    if (Number(distance) > MOST_JOINT || Number(level) > MOST_JOINT_LEVELS || level === undefined) return undefined;
    return { ts: jointDistance(Number(distance)), dbm: jointLevel(Number(level)) };
  },
];

function placeIn(pattern: RegExp, column: string): number | undefined {
  const digits = pattern.exec(column)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** By 5 dB; a bin that crosses an edge counts where its lower edge lies. */
function levelOf(place: number): Bin | undefined {
  const edge = LEVEL_EDGES_DBM[place];
  if (edge === undefined) return undefined;
  return edge === Number.NEGATIVE_INFINITY ? [null, -120] : levelBin(edge);
}

function jointDistance(place: number): Bin {
  if (place >= JOINT_STEPS) return [JOINT_STEPS * JOINT_STEP_TS, null];
  return [place * JOINT_STEP_TS, (place + 1) * JOINT_STEP_TS];
}

function jointLevel(place: number): Bin {
  const high = JOINT_LOWEST_DBM + place * JOINT_LEVEL_STEP_DB;
  if (place === 0) return [null, high];
  return [high - JOINT_LEVEL_STEP_DB, place === MOST_JOINT_LEVELS ? null : high];
}

/** A column that is read: where it stands, and what it counts. */
export interface StatisticsColumn {
  place: number;
  bin: Omit<TimingBin, 'samples'>;
}

/** The columns that are read; none where the table is of something else. */
export function statisticsColumns(names: readonly string[]): StatisticsColumn[] {
  return names.flatMap((name, place) => {
    const bin = BINS.map((of) => of(name)).find((found) => found !== undefined);
    return bin ? [{ place, bin: { form: 'statistics' as const, ...bin } }] : [];
  });
}
