// A unit that restarts itself now and then, more and more often: each time everybody on it is thrown off.

import { DOWN } from '../effects.ts';
import { HOUR } from '../era.ts';
import { type Draft, type FaultMaker, progress } from './draft.ts';
import type { FalsePrecursor, Fault } from './happening.ts';

/** Restarts an hour when they begin, when the unit is as good as broken, and of one that comes to rest again. */
const FIRST = 0.1;
const BROKEN = 1.6;
const RESTING = 0.18;
/** What a restart does to the period in which it falls. */
const DROPPED = 0.35;
const REFUSED = 0.25;
/** Once broken, so many restarts keep the cell down for the whole period. */
const STAYS_DOWN = 0.3;

function make(draft: Draft): Fault | FalsePrecursor | undefined {
  const cell = draft.awake();
  if (cell === undefined) return undefined;
  const { onset, sign } = draft;
  if (sign === 'false') {
    const lasts = draft.span(12, 48);
    const restarts = drawRestarts(draft, onset, onset + lasts, () => RESTING);
    return draft.falseAlarm('intermittent-hardware', {
      cells: [cell],
      lasts,
      apply: restarting(draft, cell, restarts),
    });
  }
  const lead = draft.span(12, 72);
  const lasts = draft.span(4, 36);
  const from = sign === 'true' ? onset - lead : onset;
  const rate = (at: number) => (at >= onset ? BROKEN : FIRST + 0.3 * (BROKEN - FIRST) * progress(at, from, onset) ** 2);
  const restarts = drawRestarts(draft, from, onset + lasts, rate);
  // The first restart is the first that anybody can see of it, and the first after the onset is what hurts.
  restarts.set(from, false);
  restarts.set(onset, false);
  return draft.fault('intermittent-hardware', {
    cells: [cell],
    lead,
    lasts,
    hurt: 0.5,
    apply: restarting(draft, cell, restarts),
  });
}

/** Starts of the periods with a restart, and whether the cell stays down in it. */
type Restarts = Map<number, boolean>;

function drawRestarts(
  { random, onset, material: { periodMs } }: Draft,
  from: number,
  until: number,
  perHour: (at: number) => number,
): Restarts {
  const restarts: Restarts = new Map();
  for (let at = from; at < until; at += periodMs) {
    const chance = 1 - Math.exp((-perHour(at) * periodMs) / HOUR);
    if (random.uniform() < chance) restarts.set(at, at >= onset && random.uniform() < STAYS_DOWN);
  }
  return restarts;
}

function restarting({ material: { periodMs } }: Draft, cell: number, restarts: Restarts): Fault['apply'] {
  return (effects, middle) => {
    const staysDown = restarts.get(Math.floor(middle / periodMs) * periodMs);
    if (staysDown === undefined) return;
    if (staysDown) effects.setState(cell, DOWN);
    effects.dropFail[cell] = effects.dropFail[cell]! + DROPPED;
    effects.setupFail[cell] = effects.setupFail[cell]! + REFUSED;
  };
}

export const INTERMITTENT_HARDWARE: FaultMaker = { canBeForetold: true, make };
