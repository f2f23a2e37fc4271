// Visits scored by hand: who drives to something wrong, to what is about to break, or for nothing.

import { expect, it } from 'vitest';
import { at, DAY, madeFault, madeTruth } from './made-truth.ts';
import { scoreVisits } from './visit-score.ts';

const slow = madeFault(20 * DAY, 96);
const truth = madeTruth({ faults: [slow] });
const visit = (period: number, ...cells: string[]) => ({ at: at(period), cells });
const score = (...visits: ReturnType<typeof visit>[]) =>
  scoreVisits(truth, visits, { from: at(14 * DAY), until: truth.until });

it('a visit finds what is wrong at its site, or breaks there within a week', () => {
  const visits = [visit(14 * DAY, '1-A'), visit(20 * DAY + 5, '1-B'), visit(21 * DAY + 2, '1-A')];
  expect(score(...visits)).toEqual({ visits: 3, confirmed: 3 });
});

it('too early, too late or elsewhere it finds nothing, on each day that it is listed', () => {
  const visits = [visit(14 * DAY, '2-A'), visit(21 * DAY + 3, '1-A'), visit(20 * DAY, '2-B'), visit(22 * DAY, '1-B')];
  expect(score(...visits)).toEqual({ visits: 4, confirmed: 0 });
  const early = madeTruth({ faults: [madeFault(25 * DAY, 96)] });
  const window = { from: at(14 * DAY), until: early.until };
  expect(scoreVisits(early, [visit(18 * DAY - 1, '1-A'), visit(18 * DAY, '1-A')], window).confirmed).toBe(1);
});

it('what nobody has to drive for confirms no visit', () => {
  const asleep = madeTruth({ faults: [{ ...slow, kind: 'sleeping-cell' }] });
  const window = { from: at(14 * DAY), until: asleep.until };
  expect(scoreVisits(asleep, [visit(20 * DAY + 5, '1-A')], window)).toEqual({ visits: 1, confirmed: 0 });
});

it('lists of the time of learning are not scored', () => {
  expect(score(visit(13 * DAY, '1-A'))).toEqual({ visits: 0, confirmed: 0 });
});
