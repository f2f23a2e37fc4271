// The cells of a site get other names overnight; the global identity stays.

import { DAY } from '../era.ts';
import { type NuisanceMaker, nuisance } from './maker.ts';

/** Who lost the thread at the change would have shown it by then. */
const NEW_FOR = DAY;

export const RENAME: NuisanceMaker = {
  per: 'cells',
  make: (draft, end) => {
    const { cells } = draft.material.city;
    const site = draft.site();
    if (!site) return undefined;
    const renamed = ({ id, name }: { id: string; name?: string }) => ({ id: `${id}-x`, name: name && `${name} (new)` });
    return nuisance(draft.atHour(1, 4), 'rename', {
      cells: site.cells,
      lasts: NEW_FOR,
      until: end,
      changes: site.cells.map((cell) => ({ cell, set: renamed(cells[cell]!.cell) })),
      apply: () => {},
    });
  },
};
