// What the row of a cleared alert says.

import { expect, it } from 'vitest';
import type { Alert } from '../../server/api/contract.ts';
import { overSince } from '../../web/parts/over.ts';
import { en } from '../../web/text/en.ts';
import { zh } from '../../web/text/zh.ts';
import { sampleAlert } from './sample-alert.ts';

const cleared = sampleAlert({
  state: 'cleared',
  raisedAt: '2026-03-17T13:00:00.000Z',
  clearedAt: '2026-03-17T16:00:00.000Z',
});
const foretold = (...whats: Alert['history'][number]['what'][]) =>
  sampleAlert({
    ...cleared,
    kind: 'fault-predicted',
    history: whats.map((what) => ({ at: '2026-03-17T16:00:00.000Z', what })),
  });
const NOW = Date.parse('2026-03-17T20:00:00Z');
/** With plain spaces. */
const over = (alert: Alert, language: 'en' | 'zh' = 'en') =>
  overSince(alert, 'UTC', language, NOW, { en, zh }[language])?.replace(/\s/g, ' ');

it('says since when a trouble is over and how long it lasted', () => {
  expect(over(cleared)).toBe('Over since 16:00, lasted 3 h');
  expect(overSince(sampleAlert(), 'UTC', 'en', NOW, en)).toBeNull();
});

it('says of what was foretold what came of it, also once it was acknowledged', () => {
  expect(over(foretold('raised', 'came-true', 'acknowledged'))).toBe('Came true at 16:00, 3 h after the warning');
  expect(over(foretold('raised', 'withdrawn'))).toBe('Taken back at 16:00, 3 h after the warning');
  expect(over(foretold('raised', 'expired'))).toBe('Had not come by 16:00, 3 h after the warning');
  expect(over(foretold('raised', 'came-true'), 'zh')).toBe('16:00 应验，距预警 3 小时');
  expect(over(foretold('raised', 'cleared'))).toBe('Over since 16:00, lasted 3 h');
});
