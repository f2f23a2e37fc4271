// Observers that know too much or nothing: one reads the answer key, others alarm always or whenever a die says so.

import { Random } from '../../simulators/random.ts';
import type { ScoredAlert } from './scored-alert.ts';
import { type Fault, isForetellable, type Truth } from './truth.ts';

/** One alert for each fault at its onset, and a certain prediction for each that can be foretold. */
export function oracle({ faults }: Truth): ScoredAlert[] {
  return faults.flatMap((fault) => {
    const { id, onset, cells } = fault;
    const scope = cells.length > 1 ? ('site' as const) : ('cell' as const);
    const found: ScoredAlert = { id: `${id} found`, kind: 'fault', scope, cells, raises: [onset] };
    return isForetellable(fault) ? [foretold(fault), found] : [found];
  });
}

function foretold({ id, cells, hurtsFrom, precursorFrom }: Fault): ScoredAlert {
  const at = hurtsFrom!;
  const prediction = { expectedAt: at, earliestAt: at, latestAt: at, probability: 1 };
  return { id: `${id} foretold`, kind: 'fault-predicted', scope: 'cell', cells, raises: [precursorFrom!], prediction };
}

/** Everything is always wrong: each cell is told anew in each period. */
export function alwaysAlarming({ from, until, periodMs, cells }: Truth): ScoredAlert[] {
  const alerts: ScoredAlert[] = [];
  for (let at = from + periodMs; at <= until; at += periodMs) {
    for (const cell of cells) alerts.push(anomaly(cell, at));
  }
  return alerts;
}

/** Everything was always wrong: each cell is told once, and stands for ever. */
export function onceAlarming({ from, periodMs, cells }: Truth): ScoredAlert[] {
  return cells.map((cell) => anomaly(cell, from + periodMs));
}

/** Alerts anywhere at any time, so many on 1,000 cell-days; every other one comes with a prediction, for a day or so ahead. */
export function random({ seed, from, until, periodMs, cells }: Truth, rate: number): ScoredAlert[] {
  const die = new Random(seed, 'random detector');
  const days = (until - from) / 86_400_000;
  const count = die.poisson((rate * cells.length * days) / 1000);
  return Array.from({ length: count }, (_, index) => {
    const at = from + periodMs * Math.ceil(die.uniform() * ((until - from) / periodMs));
    const alert = anomaly(cells[die.below(cells.length)]!, at);
    if (index % 2 === 0) return alert;
    const expectedAt = at + die.between(1, 48) * 3_600_000;
    const span = { expectedAt, earliestAt: at, latestAt: at + 2 * (expectedAt - at) };
    const prediction = { ...span, probability: die.uniform() };
    return { ...alert, id: `${alert.id} foretold`, kind: 'fault-predicted' as const, prediction };
  });
}

function anomaly(cell: string, at: number): ScoredAlert {
  return { id: `anomaly ${cell} ${at}`, kind: 'anomaly', scope: 'cell', cells: [cell], raises: [at] };
}
