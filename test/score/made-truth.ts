// Small answer keys and alerts written by hand, for tests of the scores themselves.

import type { Prediction, ScoredAlert } from './scored-alert.ts';
import type { Fault, Spell, Truth } from './truth.ts';

export const PERIOD = 900_000;
export const DAY = 96;
/** A Monday. */
const START = Date.UTC(2026, 0, 5);

/** END of the period with this number, or the beginning of the next, epoch milliseconds. */
export const at = (period: number) => START + period * PERIOD;

/** Ten sites of three cells: `1-A` … `10-C`; thirty days. */
export function madeTruth(given: Partial<Truth> = {}): Truth {
  const cells = Array.from({ length: 30 }, (_, i) => `${Math.floor(i / 3) + 1}-${'ABC'[i % 3]}`);
  return {
    ...{ seed: 1, scenario: 'made', periodMs: PERIOD, from: START, until: at(30 * DAY), cells },
    sites: new Map(cells.map((cell) => [cell, cell.slice(0, -2)])),
    ...{ faults: [], falsePrecursors: [], nuisances: [], renames: new Map() },
    ...given,
  };
}

/** An outage of one cell that comes without a sign and hurts at once, from the period on and for so many. */
export function madeFault(onset: number, lasts: number, given: Partial<Fault> = {}): Fault {
  return {
    ...{ id: `fault-${onset}`, kind: 'outage', cells: ['1-A'], disturbs: [], precursorFrom: null },
    ...{ onset: at(onset), hurtsFrom: at(onset), repair: at(onset + lasts) },
    ...given,
  };
}

export function madeSpell(kind: string, from: number, until: number, cells: string[]): Spell {
  return { id: `${kind}-${from}`, kind, cells, from: at(from), until: at(until), disturbs: [] };
}

/** Raised at the END of the periods. */
export function madeAlert(periods: number | readonly number[], given: Partial<ScoredAlert> = {}): ScoredAlert {
  const raises = [periods].flat().map(at);
  return { id: `alert-${periods}`, kind: 'anomaly', scope: 'cell', cells: ['1-A'], raises, ...given };
}

/** Says that people will be hurt by the period `expected`, give or take `slack` periods. */
export function madePrediction(
  made: number,
  expected: number,
  slack: number,
  probability: number,
  given: Partial<ScoredAlert> = {},
): ScoredAlert {
  const prediction: Prediction = {
    ...{ expectedAt: at(expected), earliestAt: at(expected - slack), latestAt: at(expected + slack) },
    probability,
  };
  return madeAlert(made, { id: `prediction-${made}`, kind: 'fault-predicted', prediction, ...given });
}
