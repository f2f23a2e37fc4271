// Works on a site, from the mute that somebody makes to the one line that is told when they went wrong; over a kill as well.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Alert, MadeMute, Mute, MuteList, Problem } from '../../server/api/contract.ts';
import { CELL_IDS, CELLS, DAY, ordinary, PERIOD_MS, periodsOf, START } from './network.ts';
import { LiveClient, RunningServer } from './running-server.ts';

let server: RunningServer;
const first = 2 * DAY;
const endOf = (period: number) => START + (period + 1) * PERIOD_MS;
const iso = (at: number) => new Date(at).toISOString();

const post = (body: unknown) => server.send<MadeMute & Problem>('/api/mutes', 'application/json', JSON.stringify(body));
const mutes = async (query = '') => (await server.ask<MuteList>(`/api/mutes${query}`)).body.mutes;
const alerts = async (query = '') => (await server.ask<{ alerts: Alert[] }>(`/api/alerts${query}`)).body.alerts;
const subjects = (list: readonly Alert[]) => list.map(({ cells }) => cells.join()).sort();

/** One period of the network, with these cells off air. */
async function lived(period: number, down: readonly string[]): Promise<void> {
  await server.post(
    CELL_IDS.map((cell) =>
      down.includes(cell)
        ? { cell, at: endOf(period), kpis: { availability_pct: 0, fault_unavail_s: 900, traffic_gb: 0 } }
        : ordinary(cell, period),
    ),
  );
  await server.settled();
}

beforeAll(async () => {
  server = await RunningServer.start();
  await server.putCells(CELLS);
  await server.post(periodsOf(CELL_IDS, 0, first));
  await server.settled();
});
afterAll(() => server.remove());

describe('works on two cells', () => {
  let id: string;
  const window = { from: iso(endOf(first - 1)), to: iso(endOf(first + 3)) };

  it('are announced with a reason, and listed with who did so', async () => {
    const made = await post({
      cells: ['harbour-7-A', 'ferry-2-A', 'nowhere'],
      ...window,
      reason: 'New antennas',
      by: 'Ann',
    });
    expect(made.status).toBe(201);
    expect(made.body).toEqual({ id: expect.any(String), unknown: ['nowhere'] });
    expect(made.headers.get('location')).toBe(`/api/mutes/${made.body.id}`);
    id = made.body.id;
    const [mute] = await mutes();
    expect(mute).toMatchObject({
      id,
      state: 'open',
      by: 'Ann',
      role: 'admin',
      reason: 'New antennas',
      window,
      holds: 0,
    });
    expect(mute!.madeAt).toBe(iso(Date.parse(mute!.madeAt)));
  });

  it('make no noise: no line, no count, planned on the map; and all is kept', async () => {
    await lived(first, ['harbour-7-A', 'ferry-2-A', 'harbour-7-B']);
    await lived(first + 1, ['harbour-7-A', 'ferry-2-A', 'harbour-7-B']);
    const held = await alerts('?muted=true');
    expect(held.every(({ mutedBy, toldAt }) => mutedBy === id && toldAt === undefined)).toBe(true);
    expect(held.some(({ cells }) => cells.includes('ferry-2-A'))).toBe(true);
    expect((await alerts()).some(({ cells }) => cells.includes('ferry-2-A'))).toBe(false);
    expect((await alerts('?state=open')).some(({ cells }) => cells.includes('ferry-2-A'))).toBe(false);
    expect((await alerts('?state=all')).some(({ cells }) => cells.includes('ferry-2-A'))).toBe(true);
    const health = await server.health();
    expect(health.mutedAlerts).toBeGreaterThan(0);
    await expect.poll(async () => (await server.cell('ferry-2-A')).health).toBe('planned');
    const marks = (await server.series('ferry-2-A', 'traffic_gb', '&from=now-24h')).marks;
    expect(marks).toContainEqual({ at: Date.parse(window.from), kind: 'muted', id, until: Date.parse(window.to) });
  });

  it('survive a kill, and end without a burst: what lasts is told once, with its true beginning', async () => {
    await lived(first + 2, ['ferry-2-A', 'harbour-7-A']);
    await server.kill();
    await server.start();
    const live = new LiveClient(server);
    await live.next('hello');
    expect(await mutes()).toMatchObject([{ id, state: 'open' }]);
    // One is well again within the grace.
    for (const period of [first + 3, first + 4, first + 5]) await lived(period, ['ferry-2-A']);
    expect((await alerts()).some(({ cells }) => cells.includes('ferry-2-A'))).toBe(false);
    expect(await mutes('?state=closing')).toMatchObject([{ id, holds: 1 }]);
    await lived(first + 6, ['ferry-2-A']);
    await lived(first + 7, ['ferry-2-A']);
    const told = await alerts('?state=open');
    expect(subjects(told)).toContain('ferry-2-A');
    const alert = told.find(({ cells }) => cells.includes('ferry-2-A'))!;
    expect(alert).toMatchObject({ raisedAt: iso(endOf(first)) });
    expect(alert.mutedBy).toBeUndefined();
    expect(alert.history.map(({ what }) => what)).toEqual(['raised', 'muted', 'unmuted']);
    expect(await mutes()).toEqual([]);
    expect(await mutes('?state=over')).toMatchObject([{ id, holds: 0 }]);
    live.close();
  });

  it('can be ended, by name, and what is held back is told at once where that is asked', async () => {
    const from = iso(endOf(first + 7));
    const made = await post({ siteId: 'ferry-2', from, to: iso(endOf(first + 40)), reason: 'Power', by: 'Ann' });
    expect((await alerts('?state=open')).some(({ cells }) => cells.includes('ferry-2-A'))).toBe(false);
    const ended = await server.ask<Mute>(`/api/mutes/${made.body.id}?by=Bo&atOnce=true`, { method: 'DELETE' });
    expect(ended.status).toBe(200);
    expect(ended.body).toMatchObject({ state: 'over', ended: { by: 'Bo', atOnce: true }, by: 'Ann' });
    expect((await alerts('?state=open')).some(({ cells }) => cells.includes('ferry-2-A'))).toBe(true);
    const again = await server.ask<Problem>(`/api/mutes/${made.body.id}`, { method: 'DELETE' });
    expect([again.status, again.body.detail]).toEqual([409, expect.stringContaining('holds nothing back')]);
    const unknown = await server.ask<Problem>('/api/mutes/mute_1', { method: 'DELETE' });
    expect([unknown.status, unknown.body.detail]).toEqual([404, expect.stringContaining('GET /api/mutes?state=all')]);
  });
});

it('of a site or an area that nobody knows says so, for the name may be misspelt', async () => {
  const times = { from: iso(endOf(300 * DAY)), to: iso(endOf(301 * DAY)), reason: 'x' };
  for (const scope of [{ siteId: 'nowhere' }, { area: 'nowhere' }, { siteId: 'ferry-2', area: 'nowhere' }]) {
    const { body } = await post({ ...scope, ...times });
    expect(body.unknown).toEqual(['nowhere']);
    await server.ask(`/api/mutes/${body.id}`, { method: 'DELETE' });
  }
});

describe('what cannot be a mute', () => {
  const fine = { cells: ['ferry-2-A'], from: iso(START), to: iso(START + PERIOD_MS), reason: 'x' };
  const wrong: [string, unknown, string][] = [
    ['a list', [], 'no JSON object'],
    ['nothing at all', {}, 'says of nothing'],
    ['without a place', { ...fine, cells: undefined }, '"all": true'],
    ['no cells', { ...fine, cells: [] }, 'cells must be a list'],
    ['a cell that is a number', { ...fine, cells: ['a', 7] }, 'cells[1]'],
    ['too many cells', { ...fine, cells: Array.from({ length: 5001 }, (_, i) => `c${i}`) }, '1 to 5000'],
    ['all and a site', { ...fine, all: true }, 'leave out cells'],
    ['all that is a word', { ...fine, cells: undefined, all: 'yes' }, 'all must be true'],
    ['a kind that is none', { ...fine, kinds: ['faults'] }, 'kinds must be'],
    ['a misspelt field', { ...fine, kind: ['fault'] }, '"kind" is no field'],
    ['no reason', { ...fine, reason: '  ' }, 'reason is missing'],
    ['a reason without end', { ...fine, reason: 'x'.repeat(501) }, 'reason must be text'],
    ['no beginning', { ...fine, from: undefined }, 'from is missing'],
    ['a time that is none', { ...fine, to: 'tomorrow' }, 'to is "tomorrow"'],
    ['a time beyond time', { ...fine, to: 1e300 }, 'to is "1e+300"'],
    ['a time that is a list', { ...fine, to: [] }, 'to is no time'],
    ['its end first', { ...fine, to: fine.from }, 'from is not before to'],
    ['years', { ...fine, to: iso(START + 400 * 86_400_000) }, '366 days'],
    ['a day of more than a day', { ...fine, repeat: 'daily', to: iso(START + 86_400_000) }, 'daily window'],
    ['another rhythm', { ...fine, repeat: 'monthly' }, 'repeat must be'],
    ['an end of what is not repeated', { ...fine, until: fine.to }, 'until is for mutes with repeat'],
    [
      'a window that is over',
      fine,
      'the window is over already: to (2024-01-01T00:15:00.000Z), and the newest data is of',
    ],
    [
      'a repeated one that is over',
      { ...fine, repeat: 'daily', until: fine.to },
      'the window is over already: the last window',
    ],
    ['an end before the beginning', { ...fine, repeat: 'daily', until: iso(START - 1) }, 'until is before'],
  ];

  it.each(wrong)('%s is refused with a sentence that says what and where', async (_, body, said) => {
    const { status, body: problem } = await post(body);
    expect([status, problem.detail]).toEqual([400, expect.stringContaining(said)]);
  });

  it('broken JSON, another type, a state that is none: each is told', async () => {
    const broken = await server.send<Problem>('/api/mutes', 'application/json', '{"cells":');
    expect([broken.status, broken.body.detail]).toEqual([400, 'the body is no JSON']);
    expect((await server.send('/api/mutes', 'text/plain', 'x')).status).toBe(415);
    expect((await server.send('/api/mutes', 'application/json', `"${'x'.repeat(3 << 20)}"`)).status).toBe(413);
    expect((await server.ask('/api/mutes?state=old')).status).toBe(400);
    expect((await server.ask('/api/mutes?cursor=x')).status).toBe(400);
    expect((await server.ask('/api/alerts?muted=maybe')).status).toBe(400);
    expect(await mutes()).toEqual([]);
  });

  it('lists are as long as is asked for, and go on with their cursor', async () => {
    const coming = { from: iso(START + 60 * 86_400_000), to: iso(START + 61 * 86_400_000) };
    for (const reason of ['a', 'b', 'c']) await post({ ...fine, ...coming, reason });
    const page = (await server.ask<MuteList>('/api/mutes?state=all&limit=2')).body;
    expect(page.mutes.map(({ reason }) => reason)).toEqual(['c', 'b']);
    const rest = (await server.ask<MuteList>(`/api/mutes?state=all&limit=9&cursor=${page.nextCursor}`)).body;
    expect(rest.mutes[0]!.reason).toBe('a');
    expect(rest.nextCursor).toBeUndefined();
  });
});
