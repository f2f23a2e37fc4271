// How much of what people want from a cell they do not get in a period, 0…1, by what it measured.

import { ASLEEP, ON_AIR } from './effects.ts';
import { SENT } from './readings.ts';

type SentKpi = (typeof SENT)[number]['kpi'];
const COLUMN = Object.fromEntries(SENT.map(({ kpi }, column) => [kpi, column])) as Record<SentKpi, number>;

/** What people feel: from here on a video stops, a page waits, a call breaks (judgement, not a standard). */
const SLOW_MBPS = 3;
const WAITS_MS = 80;
const UNBEARABLE_MS = 400;
const LOSES_PERCENT = 1;
const UNBEARABLE_PERCENT = 10;
const FAILS_SHARE = 0.03;
const UNBEARABLE_SHARE = 0.25;
/** Shares of fewer attempts say nothing. */
const LEAST_ATTEMPTS = 40;
/** Less is not noticed. */
const NOTICED = 0.05;

/** Pain of a cell that is not on air: nothing is to be had, but a carrier that sleeps is missed by nobody. */
export function painOffAir(state: number): number {
  return state === ON_AIR || state === ASLEEP ? 0 : 1;
}

/** Pain of a cell on air by its row, in the order of SENT: the parts add up as independent losses. */
export function painOf(row: Float64Array): number {
  const of = (kpi: SentKpi) => row[COLUMN[kpi]]!;
  const well =
    (1 - part(SLOW_MBPS - of('dl_throughput_mbps'), 0, SLOW_MBPS)) *
    (1 - part(of('latency_ms'), WAITS_MS, UNBEARABLE_MS)) *
    (1 - part(of('packet_loss_pct'), LOSES_PERCENT, UNBEARABLE_PERCENT)) *
    (1 - failing(of('setup_attempts') - of('setup_successes'), of('setup_attempts'))) *
    (1 - failing(of('abnormal_releases'), of('session_releases')));
  return 1 - well < NOTICED ? 0 : 1 - well;
}

function failing(failed: number, attempts: number): number {
  return attempts >= LEAST_ATTEMPTS ? part(failed / attempts, FAILS_SHARE, UNBEARABLE_SHARE) : 0;
}

/** How far a value lies between two others, 0…1; 0 where there is none. */
function part(value: number, from: number, to: number): number {
  return Number.isNaN(value) ? 0 : Math.min(1, Math.max(0, (value - from) / (to - from)));
}
