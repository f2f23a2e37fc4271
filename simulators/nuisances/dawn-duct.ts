// On still mornings the air carries far: TDD cells of a whole region hear base stations hundreds of kilometres away until the sun is up.

import { progress } from '../faults/draft.ts';
import { type NuisanceMaker, nuisance } from './maker.ts';

export const DAWN_DUCT: NuisanceMaker = {
  per: 'network',
  make: (draft) => {
    const { cells: all } = draft.material.city;
    const cells = all.flatMap(({ carrier }, index) => (carrier.duplex === 'TDD' ? [index] : []));
    if (cells.length === 0) return undefined;
    const { random } = draft;
    const mostDb = random.between(5, 14);
    const heard = Float64Array.from(cells, () => random.between(0.6, 1));
    const dawn = draft.atHour(4, 5.5);
    const from = dawn.onset;
    const lasts = draft.span(2.5, 5);
    return nuisance(dawn, 'dawn-duct', {
      cells,
      lasts,
      apply: ({ ulNoiseDb }, at) => {
        const height = Math.sin(Math.PI * progress(at, from, from + lasts));
        cells.forEach((cell, i) => {
          ulNoiseDb[cell] = ulNoiseDb[cell]! + mostDb * height * heard[i]!;
        });
      },
    });
  },
};
