// What a crew gets in the morning: one visit a site, what saves most first, and why it stands where it stands.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dispatchCsv } from '../../server/dispatch/csv.ts';
import { dispatchHtml } from '../../server/dispatch/html.ts';
import { type DispatchList, tell } from '../../server/dispatch/list.ts';
import { HORIZON_HOURS, hoursAhead, visitsOf } from '../../server/dispatch/visits.ts';
import type { AlertRecord } from '../../server/model/alert.ts';
import type { Prediction } from '../../server/model/prediction.ts';

import { csvTable } from './csv-table.ts';

const HOUR = 3_600_000;
/** 2026-03-17 08:00 UTC. */
const NOW = Date.UTC(2026, 2, 17, 8);

function alert(id: string, siteId: string, people: number | null, more: Partial<AlertRecord> = {}): AlertRecord {
  const title = { code: 'title-down', values: { place: `${siteId}-A`, at: NOW } };
  return {
    ...{ id, kind: 'fault', audience: 'noc', severity: 'major', state: 'open', scope: 'cell', subject: `${siteId}-A` },
    ...{ cells: [`${siteId}-A`], siteId, raisedAt: NOW - HOUR, changedAt: NOW, count: 1, title, history: [] },
    evidence: { observed: 0, expected: 100, low: 95, high: 100, score: 1 },
    why: { code: 'down', values: { downSeconds: 900, periodSeconds: 900 } },
    wouldClear: { code: 'available-again', values: {} },
    ...(people !== null && { impact: { subscribers: people, byTier: {}, starsAtRisk: 1, rank: 1 } }),
    ...more,
  } as AlertRecord;
}

function foretold(id: string, siteId: string, people: number | null, hours: number, more: Partial<Prediction> = {}) {
  const prediction: Prediction = {
    ...{ mode: 'battery', model: 'first-passage@1', basis: 'first-passage', probability: 0.8 },
    expectedAt: NOW + hours * HOUR,
    earliestAt: NOW + 0.7 * hours * HOUR,
    latestAt: NOW + 1.3 * hours * HOUR,
    ifNothing: { code: 'if-nothing', values: { mode: 'battery' } },
    repair: { code: 'repair-for', values: { mode: 'battery' } },
    ...more,
  };
  const values = { mode: prediction.mode, place: siteId, at: NOW, probability: 0.8 };
  return alert(id, siteId, people, { kind: 'fault-predicted', title: { code: 'title-foretold', values }, prediction });
}

describe('the visits of a day', () => {
  test('the same fault comes first where more people are, and where it is sooner', () => {
    const visits = visitsOf(
      [foretold('1', 'L', 100, 6), foretold('2', 'H', 4000, 6), foretold('3', 'S', 4000, 40)],
      NOW,
    );
    expect(visits.map(({ siteId }) => siteId)).toEqual(['H', 'S', 'L']);
  });

  test('one visit serves all reasons of a site, with all parts, and no hour of a person is saved twice', () => {
    const [visit, ...others] = visitsOf(
      [foretold('1', 'H', 4000, 6), foretold('2', 'H', 1000, 50, { mode: 'feeder' }), alert('3', 'H', 4000)],
      NOW,
    );
    expect(others).toEqual([]);
    expect(visit!.reasons).toHaveLength(3);
    expect(visit!.parts).toEqual(expect.arrayContaining(['generator', 'analyser', 'connectors', 'laptop']));
    expect(visit!.saved).toBeLessThanOrEqual(4000 * HORIZON_HOURS);
  });

  test('each figure of the product can be checked', () => {
    const [visit] = visitsOf([foretold('1', 'H', 1000, 6)], NOW);
    const { probability, loss, hours, mends, saved } = visit!.reasons[0]!;
    expect(saved).toBeCloseTo(probability * 1000 * loss * hours * mends, -3);
    expect(hours).toBeGreaterThan(60);
  });

  test('nobody is sent for what is no visit: crowding, parts of a wider trouble, what is held back, what is far away', () => {
    const none = [
      foretold('1', 'L', 100, 10, { mode: 'congestion' }),
      alert('2', 'H', 100, { partOf: '9' }),
      alert('3', 'S', 100, { mutedBy: 'mute-1' }),
      alert('4', 'K', 100, { kind: 'anomaly' }),
      foretold('5', 'M', 100, 24 * 30),
    ];
    expect(visitsOf(none, NOW)).toEqual([]);
  });

  test('the likely cause of open trouble says what to bring and to do, and that nobody has to drive for what goes by itself', () => {
    const cause = (code: string) => ({ cause: { code, values: {} } });
    const visits = visitsOf(
      [
        alert('1', 'H', 4000, cause('battery')),
        alert('2', 'L', 1000, { kind: 'anomaly', ...cause('feeder') }),
        alert('3', 'S', 9000, { kind: 'anomaly', ...cause('duct') }),
        alert('4', 'K', 9000, cause('clock-around')),
      ],
      NOW,
    );
    expect(visits.map(({ siteId, parts }) => [siteId, parts[0]])).toEqual([
      ['H', 'generator'],
      ['L', 'analyser'],
    ]);
    expect(visits.map(({ reasons }) => reasons[0]!.repair)).toMatchObject([
      { code: 'repair-battery' },
      { code: 'repair-feeder' },
    ]);
    expect(visits[0]!.reasons[0]).toMatchObject({ mode: 'battery', cause: { code: 'cause-battery' } });
  });

  test('uplink noise that grew over days is looked for at the site itself; what began at once comes from outside', () => {
    const noise = { kind: 'anomaly' as const, cause: { code: 'interference', values: {} } };
    const crept = { title: { code: 'title-crept-above', values: {} } };
    const visits = visitsOf(
      [
        alert('1', 'H', 4000, noise),
        alert('2', 'L', 3000, { ...noise, foretoldBy: '9' }),
        alert('3', 'S', 2000, { ...noise, ...crept }),
      ],
      NOW,
    );
    expect(visits.map(({ siteId, parts }) => [siteId, parts])).toEqual([
      ['L', ['analyser', 'connectors']],
      ['S', ['analyser', 'connectors']],
    ]);
    for (const lang of ['en', 'zh'] as const) {
      const said = tell(visits[0]!.reasons[0]!.repair, lang, { zone: 'UTC', at: NOW });
      expect(said).toMatch({ en: /Grew over days: .*connectors/, zh: /数日内升高：.*接头/ }[lang]);
    }
  });

  test('nobody is sent where most likely nothing is found; what else is there is done by who goes anyway', () => {
    const low = alert('1', 'H', 9000, { kind: 'anomaly', cause: { code: 'antenna', values: {} } });
    const unsure = foretold('2', 'L', 9000, 6, { probability: 0.4 });
    expect(visitsOf([low, { ...low, id: '3', subject: 'H-B' }, unsure], NOW)).toEqual([]);
    const [visit] = visitsOf([low, foretold('4', 'H', 100, 6)], NOW);
    expect(visit!.reasons.map(({ probability }) => probability).sort()).toEqual([0.2, 0.8]);
  });

  test('while nobody is known, cells stand for people', () => {
    const visits = visitsOf([alert('1', 'L', null), alert('2', 'H', null, { cells: ['H-A', 'H-B', 'H-C'] })], NOW);
    expect(visits.map(({ siteId, people }) => [siteId, people])).toEqual([
      ['H', null],
      ['L', null],
    ]);
  });

  test('the sooner it comes, the more hours are saved, never more than the horizon nor fewer than none', () => {
    const hours = fc.integer({ min: -200, max: 500 });
    const spread = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(hours, spread, spread, fc.integer({ min: 0, max: 50 }), (expected, before, after, later) => {
        const times = (shift: number) => ({
          earliestAt: NOW + (expected - before + shift) * HOUR,
          expectedAt: NOW + (expected + shift) * HOUR,
          latestAt: NOW + (expected + after + shift) * HOUR,
        });
        const [soon, late] = [hoursAhead(times(0), NOW), hoursAhead(times(later), NOW)];
        expect(soon).toBeGreaterThanOrEqual(late - 1e-6);
        expect(soon).toBeLessThanOrEqual(HORIZON_HOURS + 1e-6);
        expect(late).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

const list = (visits: DispatchList['visits'], name: string): DispatchList => ({
  ...{ day: '2026-03-17', at: NOW, isPeopled: true, visits, ofAll: visits.length, zone: 'UTC' },
  others: { alerts: 0, forPlanners: 0, people: null },
  siteName: () => name,
  recordOf: (reason) =>
    reason.kind === 'fault-predicted' ? { settled: 20, cameTrue: 15, medianLeadMs: 9 * HOUR } : undefined,
});

describe('the list to take along', () => {
  const visits = visitsOf([foretold('1', 'H', 4000, 6), alert('2', 'L', 12)], NOW);

  test('as CSV has a row for each reason, and runs nothing in a spreadsheet, whatever a site is called', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const rows = csvTable(dispatchCsv(list(visits, name), 'en'));
        expect(rows).toHaveLength(3);
        expect(new Set(rows.map((row) => row.length)).size).toBe(1);
        expect(rows.flat().filter((field) => /^[=+@]/.test(field))).toEqual([]);
      }),
    );
    const text = dispatchCsv(list(visits, 'Old Harbour 7'), 'en');
    expect(text).toContain('Of the last 20 such warnings 15 came true, median 9 h ahead.');
  });

  test('as a page names each site, its record, its parts, and escapes what others wrote', () => {
    const page = dispatchHtml(list(visits, '<b>7</b>'), 'en');
    expect(page).toContain('2 visits save about');
    expect(page).toContain('&lt;b&gt;7&lt;/b&gt;');
    expect(page).not.toContain('<b>7</b>');
    expect(page).toContain('generator and fuel');
    expect(dispatchHtml(list([], 'x'), 'zh')).toContain('今天无需上站');
  });
});
