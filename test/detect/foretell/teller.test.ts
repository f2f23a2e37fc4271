// What is said of one case of equipment, from the first word of it to the last.

import { expect, it } from 'vitest';
import { CaseBook } from '../../../server/detect/foretellers/equipment/case-book.ts';
import { Places } from '../../../server/detect/foretellers/equipment/places.ts';
import { Teller } from '../../../server/detect/foretellers/equipment/teller.ts';

const HOUR_MS = 3_600_000;
const QUOTED = { kpi: 'vswr_ratio', observed: 1.6, usual: 1.2, limit: 1.9 };

it('a warning that has run out is not told again for that very case, nor after a restart', () => {
  const judged = (at: number) => ({
    ...{ features: [1, 0, 0, 0, 0, 0, 0], probability: 0.95 },
    ...{ earliestAt: at + 10 * HOUR_MS, expectedAt: at + 12 * HOUR_MS, latestAt: at + 14 * HOUR_MS },
  });
  const run = (restarts: boolean) => {
    let book = new CaseBook();
    book.open('feeder', { scope: 'cell', id: 'a' }, 0);
    return Array.from({ length: 60 }, (_, i) => {
      if (restarts) book = new CaseBook(JSON.parse(JSON.stringify(book.save())));
      const teller = new Teller(book, new Places());
      const one = book.get('feeder', 'a')!;
      // Nothing is known until the warning runs out; then it looks as likely, and as far off, as before.
      const at = (i + 1) * HOUR_MS;
      teller.consider(one, i > 2 && one.told ? undefined : judged(at), at, QUOTED, 0.5);
      return teller.take().map(({ phase, ending }) => ending ?? phase);
    }).flat();
  };
  expect(run(false)).toEqual(['begins', 'expired']);
  expect(run(true)).toEqual(['begins', 'expired']);
});
