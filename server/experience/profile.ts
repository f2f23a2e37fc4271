// How stars are given, as data that a deployment can change. Every figure here is a default.

import type { Dimension } from '../model/star.ts';

/** A KPI between the value at which nothing works for people and the one from which on nothing is felt. */
export interface Limit {
  kpi: string;
  bad: number;
  good: number;
  /** The count behind a ratio. */
  attempts?: string;
}

export interface StarProfile {
  limits: readonly Limit[];
  /** A ratio over fewer attempts says nothing. */
  leastAttempts: number;
  /** Days weigh half as much after so many days more. */
  halfLifeDays: number;
  /** Local days that the network dimension looks back. */
  days: number;
  /** Local days of cell hours that are kept. */
  daysKept: number;
  /** Share of use of each local hour, 24 figures; only their proportion counts. */
  courseOfDay: readonly number[];
  weights: Readonly<Record<Dimension, number>>;
  /** Complaints of so many days are looked at; answered within `wellHours` is well, from `badHours` on is bad. */
  complaintDays: number;
  wellHours: number;
  badHours: number;
  /** Surveys weigh half as much after so many days more. */
  surveyHalfLifeDays: number;
  /** Fewer calls of a person say nothing about drops. */
  leastCalls: number;
  /** Below this network score a fall of usage is put down to the network and counts neither way. */
  badNetwork: number;
  /** Profile of tiers for people of whom the operator names none. */
  tiers: 'china-mobile' | 'china-telecom' | 'china-unicom' | null;
}

export const STAR_PROFILE: StarProfile = {
  limits: [
    { kpi: 'drop_rate_pct', bad: 5, good: 0.5, attempts: 'session_releases' },
    { kpi: 'setup_success_pct', bad: 90, good: 99, attempts: 'setup_attempts' },
    { kpi: 'handover_success_pct', bad: 85, good: 97, attempts: 'handover_attempts' },
    { kpi: 'dl_throughput_mbps', bad: 0.5, good: 10 },
    { kpi: 'latency_ms', bad: 200, good: 50 },
    { kpi: 'rtt_ms', bad: 200, good: 50 },
    { kpi: 'packet_loss_pct', bad: 5, good: 0.5 },
    { kpi: 'voice_setup_success_pct', bad: 90, good: 99 },
    { kpi: 'voice_drop_pct', bad: 5, good: 0.5 },
    { kpi: 'voice_loss_pct', bad: 5, good: 0.5 },
  ],
  leastAttempts: 20,
  halfLifeDays: 3,
  days: 14,
  daysKept: 60,
  courseOfDay: [
    ...[1.6, 1, 0.7, 0.5, 0.5, 0.8, 1.8, 3.2, 4.2, 4.6, 4.8, 5.2],
    ...[5.6, 5.2, 5, 5, 5.2, 5.6, 6.2, 6.8, 7.2, 7, 5.6, 3.3],
  ],
  weights: { network: 35, service: 20, usage: 15, plan: 15, satisfaction: 15 },
  complaintDays: 90,
  wellHours: 24,
  badHours: 168,
  surveyHalfLifeDays: 90,
  leastCalls: 30,
  badNetwork: 50,
  tiers: null,
};

/** Shares of a day's use by hour; they sum up to 1. */
export function hourWeights({ courseOfDay }: StarProfile): Float64Array {
  const sum = courseOfDay.reduce((all, part) => all + part, 0);
  return Float64Array.from(courseOfDay, (part) => part / sum);
}
