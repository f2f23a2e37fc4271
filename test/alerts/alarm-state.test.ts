// One alarm: however its messages arrive, doubled, late or out of order, it comes to the same state.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folded, isStanding, MOST_STEPS, severityOf } from '../../server/alerts/alarm-state.ts';
import type { Alarm, AlarmState } from '../../server/model/alarm.ts';
import { SEVERITIES } from '../../server/model/health.ts';
import { alarm, period } from './network.ts';

const foldAll = (alarms: readonly Alarm[]) =>
  alarms.reduce<AlarmState | undefined>((state, each) => folded(state, each), undefined)!;

describe('an alarm', () => {
  it('stands from its raise to its clear, and keeps its steps', () => {
    const state = foldAll([
      alarm('L-A', 'e-1', 'minor', 1),
      alarm('L-A', 'e-1', 'critical', 2),
      alarm('L-A', 'e-1', 'cleared', 3, { condition: '' }),
    ]);
    expect(state).toMatchObject({ raisedAt: period(1), clearedAt: period(3), alarm: { condition: 'LinkDown' } });
    expect(state.steps.map(({ severity }) => severity)).toEqual(['minor', 'critical', 'cleared']);
  });

  it('does not change by a number that was taken before, or by an older one', () => {
    const state = foldAll([alarm('L-A', 'e-1', 'major', 5)]);
    expect(folded(state, alarm('L-A', 'e-1', 'cleared', 5))).toBe(state);
    expect(severityOf(folded(state, alarm('L-A', 'e-1', 'cleared', 4)))).toBe('major');
  });

  it('of which only the clear was heard is over, and stays so when its raise comes late', () => {
    const state = foldAll([alarm('L-A', 'e-1', 'cleared', 3), alarm('L-A', 'e-1', 'major', 1)]);
    expect(isStanding(state)).toBe(false);
    expect(state.alarm.severity).toBe('major');
  });

  it('without numbers is ordered by its times; one that came back stands since then', () => {
    const at = (n: number, severity: Alarm['severity']) =>
      alarm('L-A', 'e-1', severity, n, { sequence: 0, startedMicros: 0, raisedAt: period(n) });
    const state = foldAll([at(6, 'major'), at(1, 'major'), at(3, 'cleared')]);
    expect(state).toMatchObject({ raisedAt: period(6) });
    expect(state.clearedAt).toBeUndefined();
    expect(foldAll([at(3, 'cleared'), at(3, 'major')]).clearedAt).toBe(period(3));
  });

  const messages = (isNumbered: boolean) =>
    fc.uniqueArray(
      fc.record({ n: fc.nat({ max: 200 }), severity: fc.constantFrom(...SEVERITIES) }).map(({ n, severity }) =>
        alarm('L-A', 'e-1', severity, n, {
          condition: `condition ${n}`,
          ...(isNumbered ? { sequence: n + 1 } : { sequence: 0, startedMicros: 0, raisedAt: period(n) }),
        }),
      ),
      { selector: ({ at }) => at, minLength: 1, maxLength: 80 },
    );

  it.each([true, false])('is the same after any order and doubling of its messages (numbered: %s)', (isNumbered) => {
    const shuffled = messages(isNumbered).chain((all) =>
      fc.record({
        all: fc.constant(all),
        other: fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2, maxLength: all.length * 2 }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ all, other }) => {
        const { subject: _, ...state } = foldAll(all);
        expect(foldAll(other)).toMatchObject(state);
        expect(state.steps.length).toBeLessThanOrEqual(MOST_STEPS);
      }),
    );
  });
});
