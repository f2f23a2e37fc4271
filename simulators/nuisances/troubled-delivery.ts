// Readings on their way: some are never collected, some come late, some come twice. The cells are well.

import { MINUTE } from '../era.ts';
import type { Draft } from '../faults/draft.ts';
import { type NuisanceMaker, nuisance } from './maker.ts';

/** Of all sites, so many hang on one collector. */
const collected = (draft: Draft) => draft.collected(0.06, 0.15);

/** One period is missing, or two. */
export const COLLECTION_GAP: NuisanceMaker = {
  per: 'network',
  make: (draft) => {
    const cells = collected(draft);
    return nuisance(draft, 'collection-gap', {
      cells,
      lasts: (1 + draft.random.below(2)) * draft.material.periodMs,
      apply: ({ lost }) => {
        for (const cell of cells) lost[cell] = 1;
      },
    });
  },
};

export const LATE_DATA: NuisanceMaker = {
  per: 'network',
  make: (draft) => {
    const cells = collected(draft);
    const late = Math.round(draft.random.between(20, 90)) * MINUTE;
    return nuisance(draft, 'late-data', {
      cells,
      lasts: draft.span(0.5, 5),
      apply: ({ lateMs }) => {
        for (const cell of cells) lateMs[cell] = late;
      },
    });
  },
};

export const DOUBLED_DATA: NuisanceMaker = {
  per: 'network',
  make: (draft) => {
    const cells = collected(draft);
    return nuisance(draft, 'doubled-data', {
      cells,
      lasts: draft.span(1, 8),
      apply: ({ doubled }) => {
        for (const cell of cells) doubled[cell] = 1;
      },
    });
  },
};
