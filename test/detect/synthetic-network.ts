// A small invented network for the detector's tests: daily and weekly life with noise, seeded, and ways to spoil it.

import type { ReadingBatch } from '../../server/model/reading.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
/** A Monday, 00:00 UTC. */
export const START = Date.UTC(2026, 0, 5);

export type Row = Record<string, number>;

/** Seeded uniform numbers in 0…1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export class Noise {
  private readonly uniform: () => number;

  constructor(seed: number) {
    this.uniform = seeded(seed);
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  poisson(mean: number): number {
    if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    const limit = Math.exp(-mean);
    let count = -1;
    for (let product = 1; product > limit; count++) product *= this.uniform();
    return count;
  }

  /** Successes of `attempts`, each with this chance. */
  binomial(attempts: number, chance: number): number {
    if (chance > 0.5) return attempts - this.binomial(attempts, 1 - chance);
    if (attempts * chance > 30) {
      const spread = Math.sqrt(attempts * chance * (1 - chance));
      return Math.min(attempts, Math.max(0, Math.round(attempts * chance + spread * this.normal())));
    }
    return Math.min(attempts, this.poisson(attempts * chance));
  }
}

/** One cell: load by hour of day and day of week, with its own character and slow weather. */
export class SyntheticCell {
  private readonly noise: Noise;
  private readonly size: number;
  private readonly weekend: number;
  private readonly dropShare: number;
  private weather = 0;

  constructor(
    readonly name: string,
    seed: number,
  ) {
    this.noise = new Noise(seed);
    const character = seeded(seed + 1);
    this.size = 10 + 60 * character();
    this.weekend = 0.5 + 0.8 * character();
    this.dropShare = 0.001 + 0.004 * character();
  }

  /** The twelve KPIs, and the attempts behind them, of the period that ends at `at`. */
  row(at: number, periodSeconds: number): Row {
    const { noise } = this;
    const hours = periodSeconds / 3600;
    this.weather = this.weather * Math.exp(-hours / 6) + 0.08 * Math.sqrt(1 - Math.exp(-hours / 3)) * noise.normal();
    const load = this.load(at - periodSeconds * 500) * Math.exp(this.weather + 0.05 * noise.normal());
    const users = this.size * load;
    const setups = noise.poisson(users * 40 * hours);
    const handovers = noise.poisson(users * 60 * hours);
    const dropped = noise.binomial(setups, this.dropShare * (0.7 + 0.6 * load));
    const blocked = noise.binomial(setups, 0.003 * (0.7 + 0.6 * load));
    const lost = noise.binomial(handovers, 0.015);
    const row: Row = {
      availability_pct: 100,
      fault_unavail_s: 0,
      active_users: Math.max(0, users + 0.6 * noise.normal()),
      traffic_gb: users * 0.8 * hours * Math.exp(0.1 * noise.normal()),
      prb_util_pct: Math.min(100, 4 + 55 * load * Math.exp(0.08 * noise.normal())),
      dl_throughput_mbps: (60 / (1 + load)) * Math.exp(0.1 * noise.normal()),
      ul_throughput_mbps: (12 / (1 + load)) * Math.exp(0.12 * noise.normal()),
      latency_ms: 18 * (1 + 0.5 * load) * Math.exp(0.08 * noise.normal()),
      packet_loss_pct: 0.1 * (1 + load) * Math.exp(0.3 * noise.normal()),
      rsrp_dbm: -95 + noise.normal(),
      ul_interference_dbm: -112 + 3 * load + noise.normal(),
      setup_attempts: setups,
      session_releases: setups,
      handover_attempts: handovers,
    };
    if (setups > 0) row.drop_rate_pct = (100 * dropped) / setups;
    if (setups > 0) row.setup_success_pct = 100 - (100 * blocked) / setups;
    if (handovers > 0) row.handover_success_pct = 100 - (100 * lost) / handovers;
    return row;
  }

  /** 0.06 at night to 1.1 in the evening; another level at weekends. */
  private load(middle: number): number {
    const hour = (middle / HOUR_MS) % 24;
    const day = (Math.floor(middle / DAY_MS) + 3) % 7;
    const wave = 0.5 - 0.5 * Math.cos((2 * Math.PI * (hour - 4)) / 24);
    const evening = 0.35 * Math.exp(-((hour - 20) ** 2) / 4);
    return (0.06 + 0.8 * wave ** 1.5 + evening) * (day >= 5 ? this.weekend : 1);
  }
}

export interface TestRow {
  cell: string;
  at: number;
  row: Row;
  suspect?: boolean;
  periodSeconds?: number;
}

/** From the end of a period until its rows have come. */
const SENDING_MS = 60_000;

/** Rows of many cells by columns; a value that a row lacks is null. */
export function batchOf(rows: readonly TestRow[], periodSeconds = 900, source = 'test'): ReadingBatch {
  const cells = new Map<string, number>();
  const columns = new Map<string, Float64Array>();
  rows.forEach(({ cell, row }, i) => {
    if (!cells.has(cell)) cells.set(cell, cells.size);
    for (const name in row) {
      const values = columns.get(name) ?? new Float64Array(rows.length).fill(Number.NaN);
      values[i] = row[name]!;
      columns.set(name, values);
    }
  });
  return {
    source,
    receivedAt: rows.reduce((newest, { at }) => Math.max(newest, at), 0) + SENDING_MS,
    rows: rows.length,
    cells: [...cells.keys()],
    cell: Uint32Array.from(rows, ({ cell }) => cells.get(cell)!),
    at: Float64Array.from(rows, ({ at }) => at),
    periodSeconds: Uint32Array.from(rows, (row) => row.periodSeconds ?? periodSeconds),
    suspect: Uint8Array.from(rows, ({ suspect }) => (suspect ? 1 : 0)),
    kpis: [...columns].map(([name, values]) => ({ name, values })),
    counters: [],
  };
}
