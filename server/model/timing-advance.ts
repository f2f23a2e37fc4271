// How far from a cell, by timing advance, which levels were measured: counts by distance and level, as a network's measurement reports give them.

/** One basic time unit of LTE, seconds (TS 36.211, 4). */
const TS_SECONDS = 1 / 30_720_000;
const LIGHT_MS = 299_792_458;
/** One step of LTE's timing advance (TS 36.213, 4.2.3) in Ts. */
export const STEP_TS = 16;

/** One way: the signal goes there and back. A step of 16 Ts is 78.07 m. */
export const metresOfTs = (ts: number): number => (ts * TS_SECONDS * LIGHT_MS) / 2;

/** From, up to; null where it is open. */
export type Bin = readonly [number | null, number | null];

/** How counts came to be: made here of single reports, or by the network itself. They are of the same phones and never added up. */
export const TIMING_FORMS = ['reports', 'statistics'] as const;
export type TimingForm = (typeof TIMING_FORMS)[number];

/** Measurements of one bin. A side that is absent was not told apart. */
export interface TimingBin {
  form: TimingForm;
  /** Timing advance, Ts. */
  ts?: Bin;
  /** RSRP or SS-RSRP, dBm. */
  dbm?: Bin;
  samples: number;
}

/** What a batch of samples brings for the table of a cell. */
export interface TimingCount extends TimingBin {
  cell: string;
  /** END of the local day, epoch milliseconds. */
  dayEnd: number;
}

/** Lower edges of the bins of distance in Ts: those in which networks count timing advance themselves (`MR.Tadv`). */
export const TIMING_EDGES_TS: readonly number[] = [
  ...steps(0, 192, 16),
  ...steps(192, 1024, 32),
  ...steps(1024, 2048, 256),
  ...steps(2048, 4096, 1024),
  4096,
];

function steps(from: number, to: number, by: number): number[] {
  return Array.from({ length: (to - from) / by }, (_, i) => from + i * by);
}

/** The bin that holds a timing advance. */
export function timingBin(ts: number): Bin {
  const next = TIMING_EDGES_TS.findIndex((edge) => edge > ts);
  const place = next < 0 ? TIMING_EDGES_TS.length - 1 : next - 1;
  return [TIMING_EDGES_TS[place]!, TIMING_EDGES_TS[place + 1] ?? null];
}

/** Levels are told apart by so many dB. */
const LEVEL_STEP_DB = 5;
const [LOWEST_DBM, HIGHEST_DBM] = [-125, -60];

/** The bin of 5 dB that holds a level. */
export function levelBin(dbm: number): Bin {
  if (dbm < LOWEST_DBM) return [null, LOWEST_DBM];
  if (dbm >= HIGHEST_DBM) return [HIGHEST_DBM, null];
  const low = Math.floor(dbm / LEVEL_STEP_DB) * LEVEL_STEP_DB;
  return [low, low + LEVEL_STEP_DB];
}

/** Counts of equal bins as one, nearest and weakest first. */
export function addUp(bins: Iterable<TimingBin>): TimingBin[] {
  const sums = new Map<string, TimingBin>();
  for (const { form, ts, dbm, samples } of bins) {
    const key = JSON.stringify([form, ts, dbm]);
    const known = sums.get(key);
    sums.set(key, { form, ...(ts && { ts }), ...(dbm && { dbm }), samples: samples + (known?.samples ?? 0) });
  }
  return [...sums.values()].sort((a, b) => lowOf(a.ts) - lowOf(b.ts) || lowOf(a.dbm) - lowOf(b.dbm));
}

/** Finite, so that two open bins may be compared. */
const lowOf = (bin: Bin | undefined): number => bin?.[0] ?? -1e6;
