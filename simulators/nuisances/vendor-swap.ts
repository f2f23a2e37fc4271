// A site gets radios of another vendor in one night: from then on all levels are a little different, for good.

import { WORKS } from '../effects.ts';
import { DAY } from '../era.ts';
import { type NuisanceMaker, nuisance } from './maker.ts';

const VENDORS = ['Northwind', 'Silverline', 'Juniper Bay'] as const;
/** After so long everybody knows the new levels. */
const NEW_FOR = 3 * DAY;

export const VENDOR_SWAP: NuisanceMaker = {
  per: 'cells',
  make: (draft, end) => {
    const site = draft.site();
    if (!site) return undefined;
    const { random } = draft;
    const night = draft.atHour(0, 2);
    const back = night.onset + draft.span(2, 5);
    const level = {
      lossDb: random.between(-2.5, 1),
      noiseDb: random.between(-2.5, 2),
      fails: random.between(0, 0.004),
    };
    const vendor = VENDORS[random.below(VENDORS.length)]!;
    return nuisance(night, 'vendor-swap', {
      cells: site.cells,
      lasts: NEW_FOR,
      until: end,
      changes: site.cells.map((cell) => ({ cell, set: { vendor } })),
      apply: (effects, at) => {
        for (const cell of site.cells) {
          if (at < back) effects.setState(cell, WORKS);
          effects.dlLossDb[cell] = effects.dlLossDb[cell]! + level.lossDb;
          effects.ulNoiseDb[cell] = effects.ulNoiseDb[cell]! + level.noiseDb;
          effects.handoverFail[cell] = effects.handoverFail[cell]! + level.fails;
        }
      },
    });
  },
};
