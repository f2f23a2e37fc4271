// How good predictions were: shares with their intervals, leads, what was said against what came, and whether that supports more.

import { median } from '../maths/median.ts';
import { wilsonInterval } from '../maths/wilson-interval.ts';
import type { FaultMode } from '../model/prediction.ts';
import {
  OUTCOMES,
  type Outcome,
  type RecordOfMode,
  type ReliabilityBin,
  type RunningRecord,
  type SettledPrediction,
} from '../model/prediction-record.ts';

/** So many of the newest decide whether more are told: old mistakes are forgiven. *Default.* */
const SUPPORT_WINDOW = 40;
/** Fewer say nothing. */
export const LEAST_SETTLED = 8;
/** "Of the last 20 such warnings …" */
const RUNNING_WINDOW = 20;
const BINS = 5;

/** The fault came, whether or not there was time to act; or somebody found its cause before it came. */
const TRUE: ReadonlySet<Outcome> = new Set(['hit', 'late', 'confirmed']);
/** Settled by time alone: nobody knows what would have come where somebody mended. */
const BY_TIME: ReadonlySet<Outcome> = new Set(['hit', 'late', 'false', 'withdrawn']);

const isTrue = ({ outcome }: SettledPrediction) => TRUE.has(outcome);
const leadsOf = (settled: readonly SettledPrediction[]) =>
  settled.flatMap(({ cameAt, saidAt }) => (cameAt === undefined ? [] : [Math.max(0, cameAt - saidAt)]));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** @param settled of one mode and model, oldest first, here and below */
export function runningRecord(settled: readonly SettledPrediction[]): RunningRecord {
  const newest = settled.filter(({ counts }) => counts).slice(-RUNNING_WINDOW);
  return {
    settled: newest.length,
    cameTrue: newest.filter(isTrue).length,
    medianLeadMs: median(leadsOf(newest)) ?? null,
  };
}

/** Not supported: even the most that the record allows (95 %, Wilson) lies below what was claimed. */
export function supportOf(settled: readonly SettledPrediction[]): RecordOfMode['support'] {
  const newest = settled.filter(({ counts }) => counts).slice(-SUPPORT_WINDOW);
  if (newest.length === 0) return { isSupported: true, of: 0, claimed: null, most: null };
  const claimed = mean(newest.map(({ first }) => first.probability));
  const [, most] = wilsonInterval(newest.filter(isTrue).length, newest.length);
  return { isSupported: newest.length < LEAST_SETTLED || most >= claimed, of: newest.length, claimed, most };
}

export function recordOf(
  mode: FaultMode,
  model: string,
  settled: readonly SettledPrediction[],
  open: readonly { told: boolean }[],
): RecordOfMode {
  const counted = settled.filter(({ counts }) => counts);
  const byTime = settled.filter(({ outcome }) => BY_TIME.has(outcome));
  const right = counted.filter(isTrue).length;
  const [low, high] = wilsonInterval(right, counted.length);
  const outcomes = OUTCOMES.map((outcome) => [outcome, settled.filter((each) => each.outcome === outcome).length]);
  return {
    ...{ mode, model, said: settled.length + open.length, open: open.length },
    told: [...settled, ...open].filter(({ told }) => told).length,
    outcomes: Object.fromEntries(outcomes) as RecordOfMode['outcomes'],
    precision: counted.length === 0 ? null : { share: right / counted.length, low, high, of: counted.length },
    medianLeadMs: median(leadsOf(settled)) ?? null,
    brier: brierOf(byTime),
    bins: reliabilityOf(byTime),
    support: supportOf(settled),
  };
}

/** G. W. Brier, Verification of forecasts expressed in terms of probability (1950). */
function brierOf(settled: readonly SettledPrediction[]): number | null {
  if (settled.length === 0) return null;
  return mean(settled.map((each) => (each.first.probability - Number(isTrue(each))) ** 2));
}

/** By fifths of what was said; empty ones are left out. */
export function reliabilityOf(settled: readonly SettledPrediction[]): ReliabilityBin[] {
  const bins = Array.from({ length: BINS }, (): SettledPrediction[] => []);
  for (const each of settled) bins[Math.min(BINS - 1, Math.floor(each.first.probability * BINS))]!.push(each);
  return bins.flatMap((bin, i) => {
    if (bin.length === 0) return [];
    const came = bin.filter(isTrue).length;
    const [low, high] = wilsonInterval(came, bin.length);
    const said = mean(bin.map(({ first }) => first.probability));
    return [{ from: i / BINS, to: (i + 1) / BINS, predictions: bin.length, said, came: came / bin.length, low, high }];
  });
}

/** All that are settled by time, whatever their mode: the reliability of the whole house. */
export function reliabilityOfAll(settled: readonly SettledPrediction[]): ReliabilityBin[] {
  return reliabilityOf(settled.filter(({ outcome }) => BY_TIME.has(outcome)));
}
