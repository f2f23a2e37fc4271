// Cells that come or go by their validity are tried until they are taken, and a full journal is told once.

import { expect, it } from 'vitest';
import { ValidityWatch } from '../server/validity-watch.ts';

it('a journal that is full for hours is one line in the log, and one more when it is full again', async () => {
  const lines: string[] = [];
  let [isFull, tries] = [true, 0];
  const watch = new ValidityWatch(
    () => ({ begin: ['A'], end: [] }),
    async () => {
      tries++;
      if (isFull) throw new Error('the journal is full');
    },
    (line) => lines.push(line),
  );
  const look = async (times: number) => {
    for (let n = 0; n < times; n++) await watch.look();
  };
  await look(100);
  expect([tries, lines.length]).toEqual([100, 1]);
  expect(lines[0]).toContain('the journal is full');
  isFull = false;
  await look(1);
  isFull = true;
  await look(2);
  expect([tries, lines.length]).toEqual([103, 2]);
});
