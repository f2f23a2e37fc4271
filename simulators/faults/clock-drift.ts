// A site's clock goes wrong: its readings bear false times, or its TDD radios lose step and disturb all around.

import { type Draft, type FaultMaker, progress } from './draft.ts';
import type { FalsePrecursor, Fault } from './happening.ts';

/** Sites around that hear a TDD site that is out of step. */
const HEARERS = 5;

function make(draft: Draft): Fault | FalsePrecursor | undefined {
  if (draft.sign === 'none') return wrongTimes(draft);
  const tdd = draft.cell((one) => draft.shows(one, 'sync'));
  if (tdd === undefined) return undefined;
  const { site } = draft.material.city.cells[tdd]!;
  return draft.sign === 'false' ? heldOver(draft, site) : outOfStep(draft, site);
}

/** No person feels it. */
function wrongTimes(draft: Draft): Fault | undefined {
  const site = draft.site();
  if (!site) return undefined;
  const { onset, random } = draft;
  const lasts = draft.span(6, 72);
  const mostSeconds = Math.round(random.between(180, 1500));
  const way = random.uniform() < 0.5 ? 1000 : -1000;
  return draft.fault('clock-drift', {
    cells: site.cells,
    harmlessFor: null,
    lasts,
    hurt: 0,
    apply: ({ clockShiftMs }, at) => {
      const shiftMs = way * Math.ceil(mostSeconds * progress(at, onset, onset + lasts));
      for (const cell of site.cells) clockShiftMs[cell] = shiftMs;
    },
  });
}

/** The reference is lost; the oscillator holds the step for some hours, then the site disturbs its neighbours. */
function outOfStep(draft: Draft, siteIndex: number): Fault {
  const { sites } = draft.material.city;
  const site = sites[siteIndex]!;
  const own = tddOf(draft, site.cells);
  const hearers = draft.nearest(site, HEARERS, (other) => tddOf(draft, other.cells).length > 0);
  const cells = [...own, ...hearers.flatMap((other) => tddOf(draft, other.cells))];
  const { onset, random } = draft;
  const liftDb = random.between(9, 16);
  return draft.fault('clock-drift', {
    cells,
    lead: draft.span(6, 30),
    lasts: draft.span(2, 18),
    hurt: liftDb / 36,
    apply: ({ syncOff, ulNoiseDb }, at) => {
      for (const cell of own) syncOff[cell] = 1;
      if (at >= onset) for (const cell of cells) ulNoiseDb[cell] = Math.max(ulNoiseDb[cell]!, liftDb);
    },
  });
}

/** The reference comes back before the oscillator has drifted. */
function heldOver(draft: Draft, siteIndex: number): FalsePrecursor {
  const own = tddOf(draft, draft.material.city.sites[siteIndex]!.cells);
  return draft.falseAlarm('clock-drift', {
    cells: own,
    lasts: draft.span(1, 10),
    apply: ({ syncOff }) => {
      for (const cell of own) syncOff[cell] = 1;
    },
  });
}

function tddOf({ material }: Draft, cells: readonly number[]): number[] {
  return cells.filter((cell) => material.city.cells[cell]!.carrier.duplex === 'TDD');
}

export const CLOCK_DRIFT: FaultMaker = { canBeForetold: true, make };
