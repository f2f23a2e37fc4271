// Which earlier alerts stand beside one as most like it.

import { expect, test } from 'vitest';
import { AlikeIndex, mendedBy } from '../../../server/alerts/explain/alike.ts';
import type { AlarmState } from '../../../server/model/alarm.ts';
import { bench, finding, period } from '../network.ts';

const ROOMS = { classOf: () => 'LTE 1800', hourOf: (at: number) => new Date(at).getUTCHours() };

test('a site that is not heard is compared with what cells went through, not with places of weak coverage', async () => {
  const { take, about } = await bench();
  await take(finding('silent', 'L-A', 'begins', 4));
  const silent = { ...about('L-A'), raisedAt: period(40), since: period(40) };
  const before = { ...silent, raisedAt: period(8), since: period(8), clearedAt: period(12), state: 'cleared' as const };
  const dark = { ...before, id: 'dark' };
  const weak = { ...before, id: 'weak', kind: 'weak-coverage' as const };
  const alike = new AlikeIndex(ROOMS);
  expect(alike.nearest(silent, [weak, dark]).map(({ alert }) => alert.id)).toEqual(['dark']);
  const laterPlace = { ...weak, id: 'later', raisedAt: period(50), since: period(50), clearedAt: undefined };
  expect(alike.nearest(laterPlace, [weak, dark]).map(({ alert }) => alert.id)).toEqual(['weak']);
});

test('the equipment alarm that ended with an alert mended it, also where somebody cleared that by the clock on the wall', async () => {
  const { take, about, alerts } = await bench();
  await take(finding('fault', 'L-A', 'begins', 4));
  const { id } = about('L-A');
  await alerts.act(id, { what: 'clear', by: 'Ann' });
  const byHand = (await alerts.get(id))!;
  const alarm = { clearedAt: period(4), alarm: { condition: 'MainsFailure' } } as unknown as AlarmState;
  expect(mendedBy({ ...byHand, clearedAt: period(9000) }, [alarm])).toMatchObject({
    comment: 'MainsFailure',
    by: null,
  });
});
