// The list of alerts by urgency: each once, page by page, for one audience or for all.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageOf } from '../../server/alerts/listing.ts';
import type { AlertRecord, Audience } from '../../server/model/alert.ts';
import type { Impact } from '../../server/model/star.ts';
import { bench, finding, MemoryLedger } from './network.ts';

const IMPACT: Impact = { subscribers: 40, byTier: { gold: 40 }, starsAtRisk: 12, rank: 400 };

const alert = (id: string, raisedAt: number, audience: Audience): AlertRecord => ({
  ...{ id, kind: 'fault', audience, severity: 'major', state: 'open', scope: 'cell', subject: id, cells: [id] },
  ...{ raisedAt, changedAt: raisedAt, count: 1, title: { code: 't', values: {} }, why: { code: 'w', values: {} } },
  ...{ evidence: { observed: 0, expected: 1, low: 1, high: 1, score: 1 }, wouldClear: { code: 'c', values: {} } },
  history: [],
});

describe('the impact of an alert', () => {
  it('is told with it, kept in the ledger, and stays with it once it is over', async () => {
    const ledger = new MemoryLedger();
    let impact = IMPACT;
    const { take, about, published, alerts } = await bench(ledger, { impactOf: () => impact });
    await take(finding('fault', 'S-A', 'begins', 0));
    expect(published.at(-1)!.alert.impact).toEqual(IMPACT);
    impact = { ...IMPACT, subscribers: 99 };
    await take(finding('fault', 'S-A', 'ends', 4, 0));
    expect(about('S-A')).toMatchObject({ state: 'cleared', impact: IMPACT });
    await alerts.act(about('S-A').id, { what: 'acknowledge', by: 'Ann' });
    expect((await ledger.alert(about('S-A').id))?.impact).toEqual(IMPACT);
  });

  it('is absent while nobody is known', async () => {
    const { take, about } = await bench(undefined, { impactOf: () => undefined });
    await take(finding('fault', 'S-A', 'begins', 0));
    expect(about('S-A')).not.toHaveProperty('impact');
  });
});

describe('alerts by urgency', () => {
  it('come each once over all pages, most urgent first, equal ones newest first', () => {
    const ranks = fc.array(
      fc.oneof(fc.constantFrom(0, 100, 1e9 + 300), fc.double({ min: 0, max: 1e10, noNaN: true })),
      {
        minLength: 1,
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(ranks, fc.integer({ min: 1, max: 7 }), (values, limit) => {
        const rankOf = ({ id }: AlertRecord) => values[Number(id.slice(1))]!;
        const alerts = values.map((_, i) => alert(`a${i}`, (i * 7) % 5, 'noc'));
        const seen: AlertRecord[] = [];
        for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
          const page = pageOf(alerts, { state: 'all', limit, cursor, rankOf })!;
          seen.push(...page.alerts);
          cursor = page.nextCursor;
        }
        expect(seen.map(({ id }) => id).sort()).toEqual(alerts.map(({ id }) => id).sort());
        const told = seen.map((one) => Math.round(rankOf(one) * 1000));
        expect(told).toEqual([...told].sort((a, b) => b - a));
      }),
    );
  });

  it('take no cursor of the other order', () => {
    const alerts = [alert('a', 1, 'noc'), alert('b', 2, 'noc')];
    const ranked = { state: 'all', limit: 1, rankOf: () => 5 } as const;
    const cursor = pageOf(alerts, ranked)!.nextCursor!;
    expect(pageOf(alerts, { ...ranked, cursor })?.alerts.map(({ id }) => id)).toEqual(['a']);
    expect(pageOf(alerts, { state: 'all', limit: 1, cursor })).toBeUndefined();
    expect(pageOf(alerts, { ...ranked, cursor: '2.b' })).toBeUndefined();
  });

  it('are for one audience where it is asked for', () => {
    const alerts = [alert('a', 1, 'noc'), alert('b', 2, 'planner')];
    expect(pageOf(alerts, { state: 'all', limit: 9, audience: 'planner' })?.alerts.map(({ id }) => id)).toEqual(['b']);
  });
});
