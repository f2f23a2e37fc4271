// Scores what predictions say on an ordinary day, silence included: the odds that a cell is hurt within two days, against what came.

import type { Window } from './matching.ts';
import { isPrediction, type Prediction, raisedAt, type ScoredAlert } from './scored-alert.ts';
import type { Fault, Truth } from './truth.ts';

const DAY_MS = 24 * 3_600_000;
const AHEAD_MS = 2 * DAY_MS;

/** Sums over cells and days, so that runs can be added up. */
export interface OddsTally {
  rows: number;
  /** Rows in which people came to be hurt. */
  came: number;
  /** Sum of squares of what was said less what came. */
  squares: number;
}

/**
 * Once a day for each cell that hurts nobody at that moment: the odds by the predictions that stand, 0 where none does.
 * Rows of which the two days are not over when the readings end are left out. The skill of it is the Brier skill score
 * against the share that came (Brier 1950, Murphy 1973), over warnings and silence alike.
 */
export function scoreDailyOdds(truth: Truth, alerts: readonly ScoredAlert[], window: Window): OddsTally {
  const hurting = truth.faults.filter(({ hurtsFrom }) => hurtsFrom !== null);
  const faults = byCell(hurting);
  const made = byCell(alerts.filter((alert) => isPrediction(alert) && alert.prediction));
  const tally = { rows: 0, came: 0, squares: 0 };
  for (let at = window.from; at + AHEAD_MS <= window.until; at += DAY_MS) {
    for (const cell of truth.cells) {
      const own = faults.get(cell) ?? [];
      if (own.some((fault) => isHurt(fault, at))) continue;
      const came = Number(own.some(({ hurtsFrom }) => hurtsFrom! > at && hurtsFrom! <= at + AHEAD_MS));
      const said = Math.max(0, ...(made.get(cell) ?? []).map((alert) => oddsAt(alert, at)));
      tally.rows++;
      tally.came += came;
      tally.squares += (said - came) ** 2;
    }
  }
  return tally;
}

/** Null where nothing or everything came: there is nothing to be better than. */
export function skillOf({ rows, came, squares }: OddsTally): number | null {
  const ofBaseRate = came * (1 - came / rows);
  return ofBaseRate > 0 ? 1 - squares / ofBaseRate : null;
}

function byCell<T extends { cells: readonly string[] }>(all: readonly T[]): Map<string, T[]> {
  const own = new Map<string, T[]>();
  for (const one of all) for (const cell of one.cells) own.set(cell, [...(own.get(cell) ?? []), one]);
  return own;
}

const isHurt = ({ hurtsFrom, repair }: Fault, at: number) => hurtsFrom! <= at && at < repair;

/** That it comes within two days, given that it has not come yet; by what stands at that time, until it is taken back. */
function oddsAt(alert: ScoredAlert, at: number): number {
  if (at < raisedAt(alert) || at >= (alert.endedAt ?? Number.POSITIVE_INFINITY)) return 0;
  const standing = standingAt(alert, at);
  if (at >= standing.prediction.latestAt) return 0;
  const [sofar, then] = [at, at + AHEAD_MS].map((time) => standing.prediction.probability * partBy(standing, time));
  return sofar! >= 1 ? 0 : (then! - sofar!) / (1 - sofar!);
}

interface Said {
  /** Data time at which it was said, epoch milliseconds. */
  at: number;
  prediction: Prediction;
}

function standingAt(alert: ScoredAlert, at: number): Said {
  const first = { at: raisedAt(alert), prediction: alert.prediction! };
  return alert.restated?.findLast((said) => said.at <= at) ?? first;
}

/** Of the chance that it comes by the latest time, the part by then: a tenth of ten in nine by the earliest, half by the expected. */
function partBy({ at, prediction: { earliestAt, expectedAt, latestAt } }: Said, time: number): number {
  const points = [
    [Math.min(at, earliestAt), 0],
    [earliestAt, 1 / 9],
    [expectedAt, 5 / 9],
    [latestAt, 1],
  ] as const;
  let part = 0;
  for (let i = 1; i < points.length; i++) {
    const [[from, low], [until, high]] = [points[i - 1]!, points[i]!];
    if (time >= until) part = high;
    else if (time > from) return low + ((high - low) * (time - from)) / (until - from);
  }
  return part;
}
