// What a control room gets: one alert per trouble, its story, and nothing lost over a restart.

import { describe, expect, test } from 'vitest';
import { sayIn } from '../../server/words/say.ts';
import { bench, dropping, finding, MemoryLedger, period } from './network.ts';

const say = (said: { code: string; values: Record<string, string | number> }) => sayIn('en', said, { zone: 'UTC' });

describe('the life of an alert', () => {
  test('a finding raises one alert that says where, what, why and what would clear it', async () => {
    const { take, about, published } = await bench();
    await take(finding('anomaly', 'H-B', 'begins', 0));
    const alert = about('H-B');
    expect(alert).toMatchObject({
      state: 'open',
      severity: 'minor',
      scope: 'cell',
      cells: ['H-B'],
      count: 1,
      raisedAt: period(0),
    });
    expect(say(alert.title)).toBe('Old Harbour 7-B: calls drop 6× as often');
    expect(say(alert.why)).toMatch(/^38 of 1,824 sessions dropped/);
    expect(say(alert.wouldClear)).toBe(
      'Clears when the drop rate is at most 0.38 % for 3 periods in a row (45 min): 31 fewer of 1,824 sessions dropped would do.',
    );
    expect(published.map((change) => change.alert.id)).toEqual(['anomaly_H-B_20260317T2145Z']);
  });

  test('the same trouble in later periods counts up and is told again only at steps of the count', async () => {
    const { take, about, published } = await bench();
    await take(finding('anomaly', 'H-B', 'begins', 0));
    for (let n = 1; n < 12; n++) await take(finding('anomaly', 'H-B', 'lasts', n, 0));
    expect(about('H-B').count).toBe(12);
    expect(published.map((change) => change.alert.count)).toEqual([1, 2, 5, 10]);
  });

  test('worse is told at once, better only when it is clearly better', async () => {
    const { take, about } = await bench();
    const drops = (n: number, observed: number) =>
      take(finding('anomaly', 'H-B', n ? 'lasts' : 'begins', n, 0, dropping(observed)));
    await drops(0, 2);
    await drops(1, 5.2);
    expect(about('H-B').severity).toBe('major');
    await drops(2, 4.6);
    expect(about('H-B').severity).toBe('major');
    await drops(3, 3);
    expect(about('H-B').severity).toBe('minor');
    expect(about('H-B').history.map((each) => each.what)).toEqual(['raised', 'worsened', 'eased']);
  });

  test('recovery clears it in data time; it stays on the list until somebody acknowledged it', async () => {
    const { take, about, alerts } = await bench();
    await take(finding('anomaly', 'H-B', 'begins', 0));
    await take(finding('anomaly', 'H-B', 'ends', 4, 0));
    expect(about('H-B')).toMatchObject({ state: 'cleared', clearedAt: period(4) });
    const answer = await alerts.act(about('H-B').id, { what: 'acknowledge', by: 'Ann' });
    expect(answer).toMatchObject({ alert: { state: 'cleared', acknowledgedBy: 'Ann' } });
  });

  test('what it was is kept when it is said with a second acknowledgement', async () => {
    const { take, about, alerts } = await bench();
    await take(finding('fault', 'H-B', 'begins', 0));
    const { id } = about('H-B');
    await alerts.act(id, { what: 'acknowledge', by: 'Ann' });
    await alerts.act(id, { what: 'acknowledge', by: 'Bo', found: 'battery' });
    expect(about('H-B').history.at(-1)).toMatchObject({ what: 'commented', by: 'Bo', found: 'battery' });
  });

  test('trouble that comes back within half an hour is the same alert, still acknowledged', async () => {
    const { take, about, alerts } = await bench();
    await take(finding('anomaly', 'H-B', 'begins', 0));
    const { id } = about('H-B');
    await alerts.act(id, { what: 'acknowledge', by: 'Ann' });
    await take(finding('anomaly', 'H-B', 'ends', 2, 0));
    await take(finding('anomaly', 'H-B', 'begins', 4, 4));
    expect(about('H-B')).toMatchObject({ id, state: 'acknowledged', count: 2, raisedAt: period(0), since: period(4) });
    expect(about('H-B').clearedAt).toBeUndefined();
    expect(about('H-B').history.at(-1)?.what).toBe('returned');
  });

  test('trouble that comes back later is a new alert', async () => {
    const { take, alerts } = await bench();
    await take(finding('anomaly', 'H-B', 'begins', 0));
    await take(finding('anomaly', 'H-B', 'ends', 2, 0));
    await take(finding('anomaly', 'H-B', 'begins', 5, 5));
    const states = alerts.list({ state: 'all', limit: 10 })?.alerts.map((each) => [each.state, each.count]);
    expect(states).toEqual([
      ['open', 1],
      ['cleared', 1],
    ]);
  });

  test('what a person cleared while it lasts stays quiet for half an hour, then is raised anew', async () => {
    const { take, about, alerts } = await bench();
    await take(finding('fault', 'H-B', 'begins', 0));
    await alerts.act(about('H-B').id, { what: 'clear', by: 'Ann', comment: 'works' });
    await take(finding('fault', 'H-B', 'lasts', 1, 0));
    await take(finding('fault', 'H-B', 'lasts', 2, 0));
    expect(alerts.counts().open).toBe(0);
    await take(finding('fault', 'H-B', 'lasts', 3, 0));
    expect(alerts.counts()).toMatchObject({ open: 1, cleared: 1 });
  });

  test('a trouble whose beginning was never heard is raised by its continuation', async () => {
    const { take, about } = await bench();
    await take(finding('fault', 'S-A', 'lasts', 7, 2));
    expect(about('S-A')).toMatchObject({ state: 'open', raisedAt: period(7), since: period(2) });
  });

  test('a cell that leaves the network takes its alert along, even at an older reading', async () => {
    const { take, about } = await bench();
    await take(finding('silent', 'S-A', 'begins', 3, 1));
    await take(finding('silent', 'S-A', 'ends', 0, 1));
    expect(about('S-A')).toMatchObject({ state: 'cleared', clearedAt: period(3) });
  });
});

describe('what people do', () => {
  test('is written into the story with name, words and wall time', async () => {
    const { take, about, alerts } = await bench();
    await take(finding('fault', 'S-A', 'begins', 0));
    const { id } = about('S-A');
    await alerts.act(id, { what: 'assign', by: 'Ann', assignee: 'Field North', comment: 'van is near' });
    await alerts.act(id, { what: 'comment', by: 'Bo', comment: 'battery swapped' });
    await alerts.act(id, { what: 'clear', by: 'Bo' });
    expect(about('S-A')).toMatchObject({ state: 'cleared', assignedTo: 'Field North' });
    expect(about('S-A').history.slice(1)).toMatchObject([
      { what: 'assigned', by: 'Ann', comment: 'van is near' },
      { what: 'commented', by: 'Bo', comment: 'battery swapped' },
      { what: 'cleared', by: 'Bo' },
    ]);
  });

  test('whose lesson cannot be kept is not done, and may be sent again', async () => {
    const { take, about, alerts } = await bench();
    await take(finding('fault', 'S-A', 'begins', 0));
    const before = about('S-A');
    const clear = (first: () => Promise<void>) =>
      alerts.act(before.id, { what: 'clear', by: 'Ann', found: 'battery' }, first);
    await expect(clear(() => Promise.reject(new Error('full')))).rejects.toThrow('full');
    expect(about('S-A')).toEqual(before);
    expect(await clear(() => Promise.resolve())).toMatchObject({ alert: { state: 'cleared' } });
  });

  test('is refused with a reason when it makes no sense', async () => {
    const { take, about, alerts } = await bench();
    await take(finding('fault', 'S-A', 'begins', 0));
    const { id } = about('S-A');
    expect(await alerts.act('nothing', { what: 'clear' })).toEqual({ refused: 'unknown' });
    expect(await alerts.act(id, { what: 'assign' })).toEqual({ refused: 'no-assignee' });
    expect(await alerts.act(id, { what: 'comment' })).toEqual({ refused: 'no-comment' });
    expect(await alerts.act(id, { what: 'comment', comment: 'x'.repeat(2001) })).toEqual({ refused: 'too-long' });
    await alerts.act(id, { what: 'clear' });
    expect(await alerts.act(id, { what: 'clear' })).toEqual({ refused: 'already-cleared' });
    expect(await alerts.act(id, { what: 'assign', assignee: 'X' })).toEqual({ refused: 'already-cleared' });
  });

  test('acknowledging twice keeps the first name and adds nothing', async () => {
    const { take, about, alerts, published } = await bench();
    await take(finding('fault', 'S-A', 'begins', 0));
    await alerts.act(about('S-A').id, { what: 'acknowledge', by: 'Ann' });
    await alerts.act(about('S-A').id, { what: 'acknowledge', by: 'Bo' });
    expect(about('S-A').acknowledgedBy).toBe('Ann');
    expect(published).toHaveLength(2);
  });
});

describe('over a restart', () => {
  test('every alert, its story and the position are as they were', async () => {
    const first = await bench();
    await first.take(finding('fault', 'S-A', 'begins', 0));
    await first.take(finding('anomaly', 'H-B', 'begins', 0));
    await first.take(finding('anomaly', 'H-B', 'lasts', 1, 0), finding('anomaly', 'H-B', 'lasts', 2, 0));
    await first.alerts.checkpoint();
    const second = await bench(first.ledger);
    expect(second.alerts.position).toBe(3);
    expect(second.alerts.list({ state: 'all', limit: 10 })).toEqual(first.alerts.list({ state: 'all', limit: 10 }));
    expect(second.alerts.healthOf('S-A')).toBe('critical');
  });

  test('records that were dealt with before change nothing', async () => {
    const { take, alerts, published } = await bench();
    await take(finding('fault', 'S-A', 'begins', 0));
    await alerts.take([finding('fault', 'S-A', 'ends', 1, 0)], 1);
    expect(published).toHaveLength(1);
  });

  test('after a crash the same findings again lead to the same alerts', async () => {
    const story = [
      [finding('anomaly', 'H-B', 'begins', 0), finding('fault', 'S-A', 'begins', 0)],
      [finding('anomaly', 'H-B', 'lasts', 1, 0)],
      [finding('anomaly', 'H-B', 'lasts', 2, 0), finding('fault', 'S-A', 'ends', 2, 0)],
      [finding('anomaly', 'H-B', 'lasts', 3, 0), finding('fault', 'S-A', 'begins', 3)],
    ];
    const whole = await bench();
    for (const findings of story) await whole.take(...findings);
    const crashed = await bench();
    for (const findings of story.slice(0, 3)) await crashed.take(...findings);
    const again = await bench(crashed.ledger);
    for (const [index, findings] of story.entries()) await again.alerts.take(findings, index + 1);
    const facts = (each: typeof whole) =>
      each.alerts
        .list({ state: 'all', limit: 10 })
        ?.alerts.map(({ id, state, count, evidence }) => ({ id, state, count, evidence }));
    expect(facts(again)).toEqual(facts(whole));
  });

  test('when the ledger cannot save, nothing has happened and the same record can be taken again', async () => {
    const { take, alerts, ledger, published, health } = await bench();
    ledger.failing = true;
    await expect(take(finding('fault', 'S-A', 'begins', 0))).rejects.toThrow('the disk is full');
    expect([alerts.position, alerts.counts().open, published.length, health.length]).toEqual([0, 0, 0, 0]);
    ledger.failing = false;
    await take(finding('fault', 'S-A', 'begins', 0));
    expect([alerts.position, alerts.counts().open]).toEqual([1, 1]);
  });
});

describe('bounds', () => {
  test('beyond the maximum of active alerts further ones are refused, counted and logged once', async () => {
    const { take, alerts, log } = await bench(new MemoryLedger(), { maximumActive: 2 });
    await take(...['H-A', 'L-A', 'S-A', 'H-F'].map((cell) => finding('anomaly', cell, 'begins', 0)));
    expect(alerts.counts()).toMatchObject({ open: 2, refused: 2 });
    expect(log).toEqual(['alerts: 2 are active, further ones are refused']);
  });

  test('cleared alerts beyond the maximum leave memory, and are still found by id', async () => {
    const { take, alerts, log } = await bench(new MemoryLedger(), { maximumCleared: 1 });
    await take(finding('anomaly', 'H-A', 'begins', 0), finding('anomaly', 'S-A', 'begins', 0));
    await take(finding('anomaly', 'H-A', 'ends', 1, 0), finding('anomaly', 'S-A', 'ends', 1, 0));
    expect(alerts.counts()).toMatchObject({ cleared: 1, letGo: 1 });
    expect(log[0]).toMatch(/left the list unacknowledged/);
    expect(await alerts.get('anomaly_H-A_20260317T2145Z')).toMatchObject({ state: 'cleared' });
    expect(await alerts.act('anomaly_H-A_20260317T2145Z', { what: 'acknowledge' })).toMatchObject({
      alert: { acknowledgedBy: 'someone' },
    });
  });
});

describe('the list', () => {
  test('comes newest first in pages that join without a gap', async () => {
    const { take, alerts } = await bench();
    for (const [n, cell] of ['H-A', 'L-A', 'S-A'].entries()) await take(finding('anomaly', cell, 'begins', n * 4));
    const first = alerts.list({ state: 'open', limit: 2 });
    const second = alerts.list({ state: 'open', limit: 2, cursor: first?.nextCursor });
    expect([first, second].map((page) => page?.alerts.map((each) => each.subject))).toEqual([['S-A', 'L-A'], ['H-A']]);
    expect(second?.nextCursor).toBeUndefined();
    expect(alerts.list({ state: 'open', limit: 2, cursor: 'yesterday' })).toBeUndefined();
  });
});

describe('the health of a cell', () => {
  test('is the worst of its active alerts, and is told only when it changes', async () => {
    const { take, health, alerts } = await bench();
    await take(finding('anomaly', 'H-B', 'begins', 0));
    await take(finding('anomaly', 'H-B', 'lasts', 1, 0));
    await take(finding('fault', 'H-B', 'begins', 1));
    await take(finding('fault', 'H-B', 'ends', 2, 1), finding('anomaly', 'H-B', 'lasts', 2, 0));
    await take(finding('anomaly', 'H-B', 'ends', 3, 0));
    expect(health).toEqual([
      ['H-B', 'minor'],
      ['H-B', 'major'],
      ['H-B', 'minor'],
      ['H-B', undefined],
    ]);
    expect(alerts.openByCell('H-B')).toEqual([]);
  });

  test('of one that nothing is heard from is unknown, not ill', async () => {
    const { take, alerts } = await bench();
    await take(finding('silent', 'H-B', 'begins', 3, 1));
    expect(alerts.healthOf('H-B')).toBe('unknown');
  });
});
