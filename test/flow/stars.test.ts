// From people to their stars: a cell that fails for a day is felt by those who are on it, by nobody else, and is said so.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  Alert,
  AlertList,
  FoundSubscriber,
  LookUpList,
  PersonStar,
  StarSummary,
  StarsAtRisk,
} from '../../server/api/contract.ts';
import { CELLS, DAY, ordinary, PERIOD_MS, START } from './network.ts';
import { LiveClient, RunningServer } from './running-server.ts';

const PEOPLE = 1000;
const TIERS = ['diamond', 'gold', 'silver', '3'] as const;
/** Days of ordinary life, then one on which a cell is off air. */
const DAYS = 14;
const DOWN = 'ferry-2-A';
const ON_IT = 300;
const TOKENS = 'ingest:ingest-01,viewer:viewer-01,care:care-0001,admin:admin-001';

const rawId = (person: number) => `1380000${String(person).padStart(4, '0')}`;
/** The first are on the cell that fails, with a little of another; the rest only on the others. */
const isOn = (person: number) => person < ON_IT;
/** Among those on it 15 of diamond, 60 of gold, the others of silver and 3. */
const tierOf = (person: number) =>
  isOn(person) ? (person < 15 ? 'diamond' : person < 75 ? 'gold' : TIERS[2 + (person % 2)]!) : TIERS[person % 4]!;
const OTHERS = CELLS.map(({ id }) => id).filter((id) => id !== DOWN);

const subscribers = Array.from({ length: PEOPLE }, (_, person) => ({
  ...{ subscriber: rawId(person), tier: tierOf(person), plan: person % 3 ? 'plan-50' : 'plan-100', price: 50 },
  ...{ tenure_months: 24, monthly_spend: 50, minutes: 300, data_gb: 12 },
}));
const exposure = Array.from({ length: PEOPLE }, (_, person) => {
  const subscriber = rawId(person);
  const other = { subscriber, cell: OTHERS[person % OTHERS.length]!, share: isOn(person) ? 0.1 : 1 };
  return isOn(person) ? [{ subscriber, cell: DOWN, share: 0.9 }, other] : [other];
}).flat();

let server: RunningServer;
const as = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });
const get = <T>(path: string, token = 'admin-001') => server.ask<T>(path, as(token));

async function post(path: string, body: object, method = 'POST') {
  const headers = { 'Content-Type': 'application/json', ...as('admin-001').headers };
  const answer = await server.ask<{ accepted: number }>(path, { method, headers, body: JSON.stringify(body) });
  expect([path, answer.status < 300, answer.body]).toEqual([path, true, answer.body]);
}

async function postDays(from: number, to: number, change: (cell: string) => object = () => ({})) {
  for (let day = from; day < to; day++) {
    const readings = Array.from({ length: DAY }, (_, i) =>
      CELLS.map(({ id }) => {
        const reading = ordinary(id, day * DAY + i);
        return { ...reading, kpis: { ...reading.kpis, ...change(id) } };
      }),
    ).flat();
    await post('/ingest/readings?source=test', { readings });
  }
}

async function settled() {
  for (;;) {
    const { body } = await get<{ journal: { behind: Record<string, number> } }>('/api/health');
    if (Object.values(body.journal.behind).every((records) => records === 0)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const starOf = async (person: number, token = 'care-0001') =>
  (await get<PersonStar>(`/api/subscribers/${rawId(person)}/star`, token)).body;
const network = ({ dimensions }: PersonStar) => dimensions.find(({ id }) => id === 'network')!;

let before: { on: PersonStar; off: PersonStar };
let alert: Alert;

beforeAll(async () => {
  server = await RunningServer.start({ CELLSTAR_TOKENS: TOKENS });
  await post('/api/inventory', { cells: CELLS }, 'PUT');
  await post('/ingest/subscribers', { subscribers });
  await post('/ingest/exposure', { exposure });
  await postDays(0, DAYS);
  await settled();
  before = { on: await starOf(20), off: await starOf(500) };
  await postDays(DAYS, DAYS + 1, (id) =>
    id === DOWN
      ? {
          availability_pct: 0,
          fault_unavail_s: 900,
          active_users: 0,
          traffic_gb: 0,
          setup_attempts: 0,
          setup_successes: 0,
        }
      : {},
  );
  await settled();
  const { alerts } = (await get<AlertList>('/api/alerts')).body;
  alert = alerts.find(({ cells, kind }) => cells.includes(DOWN) && kind === 'fault')!;
}, 120_000);
afterAll(() => server.remove());

describe('the alert of a cell off air', () => {
  it('says exactly how many people of which tier it hits, and that most have no other cell', () => {
    expect(alert.impact?.subscribers).toBe(ON_IT);
    const silver = subscribers.filter(({ tier }, i) => isOn(i) && tier === 'silver').length;
    expect(alert.impact?.byTier).toEqual({ diamond: 15, gold: 60, silver, '3': ON_IT - 75 - silver });
    expect(alert.impact?.noOtherCover).toBe(0);
    expect(alert.impact!.starsAtRisk).toBeGreaterThan(0);
  });

  it('carries it alone, in lists sorted by it, and for one audience', async () => {
    const one = (await get<Alert>(`/api/alerts/${alert.id}`, 'viewer-01')).body;
    expect(one.impact).toEqual(alert.impact);
    const sorted = (await get<AlertList>('/api/alerts?state=all&sort=impact')).body.alerts;
    expect(sorted[0]?.id).toBe(alert.id);
    const ranks = sorted.map(({ impact }) => impact?.rank ?? 0);
    expect(ranks).toEqual([...ranks].sort((a, b) => b - a));
    const planners = (await get<AlertList>('/api/alerts?audience=planner')).body.alerts;
    expect(planners.every(({ audience }) => audience === 'planner')).toBe(true);
    expect((await get('/api/alerts?audience=boss')).status).toBe(400);
  });
});

describe('the live socket', () => {
  it('tells the alert with the people it hits', async () => {
    const live = new LiveClient(server, '?since=0', as('viewer-01').headers);
    const told = await live.next('alert', (message) => message.alert.id === alert.id);
    live.close();
    expect(told.alert.impact?.byTier).toEqual(alert.impact?.byTier);
  });
});

describe('the star of a person', () => {
  it('who is mainly on the cell falls by at least 3 of 100 through the network, and reasons name cell and hours', async () => {
    const after = await starOf(20);
    expect(before.on.score - after.score).toBeGreaterThanOrEqual(3);
    expect(network(before.on).score! - network(after).score!).toBeGreaterThan(10);
    const reasons = network(after).reasons.filter(({ cells }) => cells?.includes(DOWN));
    expect(reasons.length).toBeGreaterThan(0);
    expect(Date.parse(reasons[0]!.from!)).toBeGreaterThanOrEqual(START + DAYS * DAY * PERIOD_MS - 3_600_000);
    expect(reasons[0]!.text).toContain('Ferry Hill 2-A');
  });

  it('who is elsewhere does not move', async () => {
    expect(Math.abs(before.off.score - (await starOf(500)).score)).toBeLessThan(0.5);
  });

  it('carries a pseudonym alone, what is wrong there now with its impact, and stays in no cache', async () => {
    const { body, headers } = await get<PersonStar>(`/api/subscribers/${rawId(20)}/star`, 'care-0001');
    expect(body.subscriber).toMatch(/^p-[0-9a-f]{16}$/);
    expect(JSON.stringify(body)).not.toContain(rawId(20));
    expect(body.now.map(({ id }) => id)).toContain(alert.id);
    expect(body.now[0]!.impact?.subscribers).toBe(ON_IT);
    expect(body.servedBy[0]).toMatchObject({ cell: DOWN, name: 'Ferry Hill 2-A' });
    expect(headers.get('cache-control')).toBe('no-store');
    const same = (await get<PersonStar>(`/api/subscribers/${body.subscriber}/star?lang=zh`, 'care-0001')).body;
    expect(same.score).toBe(body.score);
    expect(network(same).reasons[0]!.text).toMatch(/\p{Script=Han}/u);
  });

  it('is found by an id that stays out of addresses; nobody is told without quoting it', async () => {
    const find = (id: string, token: string) =>
      server.ask<FoundSubscriber>('/api/subscribers/find', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...as(token).headers },
        body: JSON.stringify({ id }),
      });
    expect((await find(rawId(20), 'care-0001')).body.subscriber).toBe((await starOf(20)).subscriber);
    const unknown = await find('13999999999', 'care-0001');
    expect([unknown.status, JSON.stringify(unknown.body).includes('13999999999')]).toEqual([404, false]);
    expect((await find(rawId(20), 'viewer-01')).status).toBe(403);
  });

  it('is for the care role; each look-up is kept for the admin', async () => {
    expect((await get(`/api/subscribers/${rawId(20)}/star`, 'viewer-01')).status).toBe(403);
    expect((await get('/api/subscribers/audit', 'care-0001')).status).toBe(403);
    const { lookUps } = (await get<LookUpList>('/api/subscribers/audit?limit=5')).body;
    expect(lookUps).toHaveLength(5);
    expect(lookUps.every(({ role, subscriber }) => role === 'care' && /^p-/.test(subscriber))).toBe(true);
  });
});

describe('the stars of everybody', () => {
  it('are lowest where the cell failed, and say so by tier as well', async () => {
    const summary = (await get<StarSummary>('/api/stars/summary?by=area&across=tier', 'viewer-01')).body;
    expect(summary.people).toBe(PEOPLE);
    expect(summary.groups.map(({ name, people }) => [name, people])).toEqual([
      ['Ferry Hill', ON_IT],
      ['Old Harbour', PEOPLE - ON_IT],
    ]);
    expect(summary.groups[0]!.meanScore).toBeLessThan(summary.groups[1]!.meanScore!);
    expect(summary.groups[0]!.change).toBeLessThan(0);
    expect(summary.groups[0]!.across!.map(({ key, people }) => [key, people])).toEqual([
      ...[
        ['3', 113],
        ['silver', 112],
        ['gold', 60],
        ['diamond', 15],
      ],
    ]);
    expect(summary.causes[0]).toMatchObject({ alert: alert.id, people: ON_IT });
    expect(summary.moved.find(({ id }) => id === 'network')!.points).toBeLessThan(0);
    const zh = (await get<StarSummary>('/api/stars/summary?by=area&lang=zh')).body;
    expect(zh.groups.map(({ name }) => name)).toEqual(['渡口山', '老港']);
    expect(zh.groups[0]).not.toHaveProperty('across');
  });

  it('come by tier, plan and cell too, and by nothing else', async () => {
    for (const by of ['tier', 'plan', 'cell']) {
      const { groups } = (await get<StarSummary>(`/api/stars/summary?by=${by}`)).body;
      const people = groups.reduce((sum, group) => sum + (typeof group.people === 'number' ? group.people : 0), 0);
      expect([by, people]).toEqual([by, PEOPLE]);
    }
    expect((await get('/api/stars/summary?by=name')).status).toBe(400);
  });

  it('say who may fall below two stars; single people only to the care role', async () => {
    const risk = (await get<StarsAtRisk>('/api/stars/at-risk', 'viewer-01')).body;
    expect(risk).not.toHaveProperty('subscribers');
    const single = (await get<StarsAtRisk>('/api/stars/at-risk', 'care-0001')).body;
    expect(Array.isArray(single.subscribers)).toBe(true);
    for (const { subscriber } of single.subscribers!) expect(subscriber).toMatch(/^p-/);
    for (const group of single.groups) if (group.name === 'Ferry Hill') expect(group.help).toMatch(/^Ferry Hill/);
  });
});
