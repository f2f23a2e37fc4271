// A prediction: what will fail, when at the earliest and at the latest, how likely it is, and what would keep it from happening.

import type { Said } from './said.ts';

/** How equipment and service fail, as far as that can be foretold. */
export const FAULT_MODES = [
  'battery',
  'cooling',
  'feeder',
  'optics',
  'backhaul',
  'hardware',
  'interference',
  'clock',
  'congestion',
  'other',
] as const;
export type FaultMode = (typeof FAULT_MODES)[number];

/** Modes that are one cell's: its antenna line, its radio unit, its load. All others are the whole site's. */
const OF_A_CELL: readonly FaultMode[] = ['feeder', 'hardware', 'interference', 'congestion'];

export const isOfACell = (mode: FaultMode): boolean => OF_A_CELL.includes(mode);

/** All times are data time, epoch milliseconds. */
export interface Prediction {
  mode: FaultMode;
  expectedAt: number;
  /** It comes no earlier in nine of ten cases, no later in nine of ten, if it comes at all. */
  earliestAt: number;
  latestAt: number;
  /** 0…1: that it comes no later than `latestAt`. */
  probability: number;
  /** Which model said so, `first-passage@1`. */
  model: string;
  basis: 'first-passage' | 'hazard';
  /** Where a trend leads to: value in the unit of the KPI. */
  limit?: { kpi: string; value: number };
  /** What happens if nothing is done. */
  ifNothing: Said;
  repair: Said;
}

/** How a prediction ended that the foreteller itself takes back. */
export const PREDICTION_ENDS = ['came-true', 'withdrawn', 'expired'] as const;
export type PredictionEnd = (typeof PREDICTION_ENDS)[number];

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A warning of use comes at least so long before the fault: time to send somebody, or to plan. *Default.* */
export const LEAST_LEAD_MS: Record<FaultMode, number> = {
  battery: 30 * MINUTE_MS,
  cooling: 2 * HOUR_MS,
  feeder: 24 * HOUR_MS,
  optics: 24 * HOUR_MS,
  backhaul: 24 * HOUR_MS,
  hardware: HOUR_MS,
  interference: 24 * HOUR_MS,
  clock: HOUR_MS,
  congestion: 14 * DAY_MS,
  other: HOUR_MS,
};

/** As which KPIs of service each mode comes, beside cells that are off air or unheard. */
const COMES_AS: Record<FaultMode, readonly string[]> = {
  battery: [],
  // Radios that throttle send with less power: level and quality fall together.
  cooling: ['setup_success_pct', 'drop_rate_pct', 'dl_throughput_mbps', 'rsrp_dbm', 'sinr_db'],
  feeder: [
    'setup_success_pct',
    'drop_rate_pct',
    'dl_throughput_mbps',
    'ul_throughput_mbps',
    'handover_success_pct',
    'sinr_db',
  ],
  optics: ['packet_loss_pct', 'latency_ms', 'rtt_ms', 'dl_throughput_mbps', 'setup_success_pct'],
  backhaul: ['packet_loss_pct', 'latency_ms', 'rtt_ms', 'dl_throughput_mbps', 'setup_success_pct'],
  hardware: ['availability_pct'],
  interference: ['ul_interference_dbm', 'ul_throughput_mbps', 'setup_success_pct', 'drop_rate_pct'],
  clock: [
    'ul_interference_dbm',
    'ul_throughput_mbps',
    'packet_loss_pct',
    'handover_success_pct',
    'drop_rate_pct',
    'setup_success_pct',
  ],
  congestion: ['prb_util_pct', 'dl_throughput_mbps'],
  other: ['setup_success_pct', 'drop_rate_pct', 'dl_throughput_mbps'],
};

/** Whether trouble of this kind, led by this KPI, is what a prediction of the mode foretold. */
export function comesAs(mode: FaultMode, kind: string, kpi: string | undefined): boolean {
  if (kind === 'fault' || kind === 'silent') return mode !== 'congestion';
  if (kind !== 'anomaly' || kpi === undefined) return false;
  return COMES_AS[mode].includes(kpi.split('.')[0]!);
}
