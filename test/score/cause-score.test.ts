// Causes scored by hand: told right, told wrong, and told of what was no fault.

import { expect, it } from 'vitest';
import { causeRows, scoreCauses } from './cause-score.ts';
import { DAY, madeAlert, madeFault, madeSpell, madeTruth } from './made-truth.ts';

const truth = madeTruth({
  faults: [20, 22].map((day) => madeFault(day * DAY, 8, { kind: 'feeder-decay', id: `feeder-${day}` })),
  nuisances: [madeSpell('dawn-duct', 24 * DAY, 24 * DAY + 8, ['2-A'])],
  falsePrecursors: [madeSpell('feeder-decay', 26 * DAY, 27 * DAY, ['3-A'])],
});
const alerts = [
  madeAlert(20 * DAY + 1, { cause: 'feeder' }),
  madeAlert(20 * DAY + 2, { cause: 'unknown' }),
  madeAlert(22 * DAY + 1, { cause: 'antenna' }),
  madeAlert(24 * DAY + 1, { cells: ['2-A'], cause: 'duct' }),
  madeAlert(26 * DAY + 1, { cells: ['3-A'], cause: 'feeder' }),
];

it('of each fault the first alert counts, of a nuisance every one; of false signs no cause is right', () => {
  const tally = scoreCauses(truth, { name: 'one', alerts });
  expect(tally).toEqual({
    'feeder-decay': { feeder: 1, antenna: 1 },
    'dawn-duct': { duct: 1 },
    'false precursor: feeder-decay': { feeder: 1 },
  });
  expect(causeRows([tally, tally])).toEqual([
    ['what was behind it', 'cause', 'told right', 'told'],
    ['dawn-duct', 'duct', '2 of 2', 'duct 2'],
    ['false precursor: feeder-decay', '–', '–', 'feeder 2'],
    ['feeder-decay', 'feeder', '2 of 4', 'antenna 2, feeder 2'],
    ['all', '', '4 of 6', ''],
  ]);
});
