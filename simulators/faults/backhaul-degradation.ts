// The line behind a site goes bad: the light fades for days until packets are lost; or a radio link narrows at once.

import type { Effects } from '../effects.ts';
import { type Draft, type FaultMaker, progress } from './draft.ts';
import type { FalsePrecursor, Fault } from './happening.ts';

/** Light that a line can lose before it makes errors, dB. */
const MARGIN_DB = 9;
/** In so many cases the line carries several sites. */
const HUB = 0.25;

function make(draft: Draft): Fault | FalsePrecursor | undefined {
  const site = draft.site('optical');
  if (!site) return undefined;
  if (draft.sign === 'false') return brightens(draft, site.cells);
  const isHub = draft.random.uniform() < HUB;
  const sites = isHub ? [site, ...draft.nearest(site, 2 + draft.random.below(3))] : [site];
  return fades(
    draft,
    sites.flatMap(({ cells }) => cells),
    site.cells,
  );
}

/** Only the first site sees the fading fibre; the others hang behind it. */
function fades(draft: Draft, cells: readonly number[], seeing: readonly number[]): Fault {
  const { onset, sign, random } = draft;
  const lead = draft.span(26, 7 * 24);
  const bend = random.between(1, 2);
  const lasts = draft.span(2, 30);
  const harm = { share: random.between(0.12, 0.4), delayMs: random.between(15, 80), loss: random.between(0.004, 0.04) };
  return draft.fault('backhaul-degradation', {
    cells,
    lead,
    lasts,
    hurt: 0.4,
    apply: (effects, at) => {
      if (sign === 'true') {
        const darker = MARGIN_DB * progress(at, onset - lead, onset) ** bend + (at < onset ? 0 : 2);
        for (const cell of seeing) effects.opticalDb[cell] = -darker;
      }
      if (at >= onset) for (const cell of cells) narrow(effects, cell, draft, harm);
    },
  });
}

function narrow(
  effects: Effects,
  cell: number,
  { material }: Draft,
  { share, delayMs, loss }: { share: number; delayMs: number; loss: number },
): void {
  const { capacityMbps } = material.city.cells[cell]!.carrier;
  effects.backhaulMbps[cell] = Math.min(effects.backhaulMbps[cell]!, share * capacityMbps);
  effects.backhaulDelayMs[cell] = effects.backhaulDelayMs[cell]! + delayMs;
  effects.backhaulLoss[cell] = effects.backhaulLoss[cell]! + loss;
}

/** A bent fibre is laid straight in time. */
function brightens(draft: Draft, cells: readonly number[]): FalsePrecursor {
  const { onset, random } = draft;
  const darkens = draft.span(24, 5 * 24);
  const stays = draft.span(2, 24);
  const darkestDb = random.between(0.4, 0.75) * MARGIN_DB;
  return draft.falseAlarm('backhaul-degradation', {
    cells,
    lasts: darkens + stays,
    apply: ({ opticalDb }, at) => {
      for (const cell of cells) opticalDb[cell] = -darkestDb * progress(at, onset, onset + darkens);
    },
  });
}

export const BACKHAUL_DEGRADATION: FaultMaker = { canBeForetold: true, make };
