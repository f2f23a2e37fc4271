// The list says what a person must do, in the order in which to do it.

import { describe, expect, it } from 'vitest';
import {
  countListed,
  groupAlerts,
  groupOf,
  partsByWhole,
  plannersAlerts,
  pulses,
  timeToAcknowledge,
} from '../../web/parts/alert-groups.ts';
import { RAISED_AT, sampleAlert } from './sample-alert.ts';

const names = (alerts: Parameters<typeof groupAlerts>[0]) =>
  groupAlerts(alerts).map((group) => [group.name, group.alerts.map((alert) => alert.id)]);

describe('the groups of the alert list', () => {
  it('part what needs someone from what is being worked, foretold, and over but not acknowledged', () => {
    const alerts = [
      sampleAlert({ id: 'over', state: 'cleared', clearedAt: RAISED_AT }),
      sampleAlert({ id: 'soon', kind: 'fault-predicted' }),
      sampleAlert({ id: 'worked', state: 'acknowledged' }),
      sampleAlert({ id: 'given', assignedTo: 'Field East' }),
      sampleAlert({ id: 'new' }),
    ];
    expect(names(alerts)).toEqual([
      ['needsSomeone', ['new']],
      ['beingWorked', ['given', 'worked']],
      ['foretold', ['soon']],
      ['clearedNotAcknowledged', ['over']],
    ]);
  });

  it('put the worst first and, among equals, the newest', () => {
    const alerts = [
      sampleAlert({ id: 'minor', severity: 'minor' }),
      sampleAlert({ id: 'older', severity: 'critical' }),
      sampleAlert({ id: 'newer', severity: 'critical', raisedAt: '2026-03-17T13:40:00.000Z' }),
    ];
    expect(names(alerts)).toEqual([['needsSomeone', ['newer', 'older', 'minor']]]);
  });

  it('let an alert go once it is cleared and acknowledged, whether or not somebody gave a name', () => {
    const acknowledged = { at: RAISED_AT, what: 'acknowledged' as const };
    expect(groupOf(sampleAlert({ state: 'cleared', acknowledgedBy: 'Wen' }))).toBeNull();
    expect(groupOf(sampleAlert({ state: 'cleared', history: [acknowledged] }))).toBeNull();
  });

  it('keep a cleared alert that came back after it had been acknowledged', () => {
    const history = [
      { at: RAISED_AT, what: 'acknowledged' as const },
      { at: RAISED_AT, what: 'returned' as const },
    ];
    expect(groupOf(sampleAlert({ state: 'cleared', history }))).toBe('clearedNotAcknowledged');
  });

  it('tell planners of a whole without its parts', () => {
    const whole = sampleAlert({ id: 'region', scope: 'area', audience: 'planner' });
    const part = sampleAlert({ id: 'cell', partOf: 'region', audience: 'planner' });
    expect(plannersAlerts([whole, part]).map(({ id }) => id)).toEqual(['region']);
    expect(plannersAlerts([{ ...whole, state: 'cleared' }, part]).map(({ id }) => id)).toEqual(['cell']);
  });

  it('count a part in its whole and list it alone when the whole is gone', () => {
    const whole = sampleAlert({ id: 'site', scope: 'site' });
    const part = sampleAlert({ id: 'cell', partOf: 'site' });
    expect(names([whole, part])).toEqual([['needsSomeone', ['site']]]);
    expect(partsByWhole([whole, part]).get('site')).toEqual([part]);
    expect(partsByWhole([whole, { ...part, state: 'cleared' }]).size).toBe(0);
    expect(names([part])).toEqual([['needsSomeone', ['cell']]]);
  });

  it('never show what is for planners or for care', () => {
    expect(names([sampleAlert({ audience: 'planner' }), sampleAlert({ audience: 'care' })])).toEqual([]);
  });

  it('keep what is for planners in a list of its own, that counts for nobody’s night', () => {
    const weak = sampleAlert({ id: 'weak', kind: 'weak-coverage', audience: 'planner' });
    const over = sampleAlert({ id: 'over', audience: 'planner', state: 'cleared' });
    expect(plannersAlerts([sampleAlert(), weak, over]).map(({ id }) => id)).toEqual(['weak']);
    expect(countListed([sampleAlert(), weak])).toBe(1);
    expect(timeToAcknowledge(weak, Date.parse(RAISED_AT))).toBeNull();
  });

  it('put what hits people most first when asked for impact, and what hits nobody known last', () => {
    const impact = (rank: number) => ({ subscribers: 20, byTier: {}, starsAtRisk: 1, rank });
    const alerts = [
      sampleAlert({ id: 'unknown', severity: 'critical' }),
      sampleAlert({ id: 'few', severity: 'critical', impact: impact(10) }),
      sampleAlert({ id: 'many', severity: 'minor', impact: impact(20) }),
    ];
    expect(groupAlerts(alerts, new Set(), 'impact')[0]?.alerts.map(({ id }) => id)).toEqual(['many', 'few', 'unknown']);
  });

  it('show only the severities that were asked for', () => {
    const alerts = [sampleAlert({ id: 'a' }), sampleAlert({ id: 'b', severity: 'minor' })];
    expect(groupAlerts(alerts, new Set(['minor'])).flatMap((group) => group.alerts.map(({ id }) => id))).toEqual(['b']);
  });
});

describe('the time left to acknowledge', () => {
  const told = Date.parse(RAISED_AT);

  it('runs from the telling: 15 minutes for a critical alert, negative once it is overdue', () => {
    const critical = sampleAlert({ severity: 'critical' });
    expect(timeToAcknowledge(critical, told + 5 * 60_000)).toBe(10 * 60_000);
    expect(timeToAcknowledge(critical, told + 16 * 60_000)).toBe(-60_000);
  });

  it('is over once somebody has taken it', () => {
    expect(timeToAcknowledge(sampleAlert({ state: 'acknowledged' }), told)).toBeNull();
  });
});

describe('a pulse on the map', () => {
  it('is only for critical and major alerts that nobody has acknowledged', () => {
    expect(pulses(sampleAlert({ severity: 'critical' }))).toBe(true);
    expect(pulses(sampleAlert({ severity: 'major' }))).toBe(true);
    expect(pulses(sampleAlert({ severity: 'minor' }))).toBe(false);
    expect(pulses(sampleAlert({ state: 'acknowledged' }))).toBe(false);
    expect(pulses(sampleAlert({ kind: 'fault-predicted' }))).toBe(false);
  });
});
