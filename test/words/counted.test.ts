// Numbers of things and lengths of time in sentences.

import { expect, it } from 'vitest';
import { counted, longSpan } from '../../server/words/counted.ts';

it('one thing is one, and no span has millions of minutes', () => {
  expect([counted(0, 'sample'), counted(1, 'sample'), counted(2, 'sample')]).toEqual([
    '0 samples',
    '1 sample',
    '2 samples',
  ]);
  expect([1, 40, 120, 121, 2881, 38_393_248].map(longSpan)).toEqual([
    ...['1 minute', '40 minutes', '120 minutes', '2 hours', '2 days', '73 years'],
  ]);
});
