// A match in the stadium: for some hours the cells around it carry several times what they usually do.

import { HOUR } from '../era.ts';
import { progress } from '../faults/draft.ts';
import { Random } from '../random.ts';
import { type NuisanceMaker, nuisance } from './maker.ts';

/** Of the same stadium every time: the site that stands in front of it, and those around. */
const AROUND = 2;

export const MATCH_EVENING: NuisanceMaker = {
  per: 'network',
  make: (draft) => {
    const { seed, city } = draft.material;
    const front = city.sites[new Random(seed, 'stadium').below(city.sites.length)]!;
    const sites = [front, ...draft.nearest(front, AROUND)];
    const cells = sites.flatMap((site) => site.cells);
    const evening = draft.atHour(17, 18.5);
    const from = evening.onset;
    const lasts = draft.span(3.5, 5);
    const most = draft.random.between(2.2, 4.5);
    return nuisance(evening, 'match-evening', {
      cells,
      lasts,
      apply: ({ demand }, at) => {
        // They come within an hour and leave within another.
        const there = Math.min(progress(at, from, from + HOUR), 1 - progress(at, from + lasts - HOUR, from + lasts));
        for (const cell of cells) {
          const share = front.cells.includes(cell) ? 1 : 0.4;
          demand[cell] = demand[cell]! * (1 + (most - 1) * share * there);
        }
      },
    });
  },
};
