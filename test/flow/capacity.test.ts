// The doors of capacity on a running server: what they answer early on, and what they say to wrong questions.

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CapacityAnswer } from '../../server/api/contract.ts';
import { RunningServer } from './running-server.ts';

let server: RunningServer;

beforeAll(async () => {
  server = await RunningServer.start({});
});
afterAll(() => server.remove());

const HOUR = 3_600_000;
const FROM = Date.UTC(2026, 2, 2);

test('a young network is told how many days are known, of how many that are needed, and from when on it can tell', async () => {
  const readings = Array.from({ length: 3 * 24 }, (_, hour) => ({
    ...{ cell: 'a', at: FROM + (hour + 1) * HOUR, periodSeconds: 3600 },
    kpis: { prb_util_pct: 30 + (hour % 24), active_users: 20 + (hour % 24) },
  }));
  const sent = await fetch(`${server.url}/ingest/readings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ readings }),
  });
  expect(sent.status).toBe(202);
  await server.settled();
  const { body } = await server.ask<CapacityAnswer>('/api/capacity?state=all');
  expect(body.daysNeeded).toBeGreaterThan(body.daysKnown);
  expect(body.cells.map(({ cell, state }) => [cell, state])).toEqual([['a', 'learning']]);
  // Two days are over by the newest reading, nineteen are still to come.
  const from = new Date(FROM + body.daysNeeded * 24 * HOUR).toISOString();
  expect([body.tellsFrom, body.cells[0]!.tellsFrom]).toEqual([from, from]);
  const csv = await (await fetch(`${server.url}/api/capacity.csv?state=all`)).text();
  expect(csv.split('\r\n')[0]).toContain('expected_at');
  expect(csv.split('\r\n')).toHaveLength(3);
  expect((await server.ask<{ days: unknown[] }>('/api/capacity/a')).body.days.length).toBeGreaterThan(0);
});

test.each([
  ['/api/capacity?state=empty', 400, 'state'],
  ['/api/capacity?cursor=x', 400, 'cursor'],
  ['/api/capacity?limit=0', 400, 'limit'],
  ['/api/capacity.csv?state=full,none', 400, 'state'],
  ['/api/capacity/nobody', 404, 'nobody'],
])('%s is answered with %i and what is wrong', async (path, status, named) => {
  const answer = await fetch(server.url + path);
  expect(answer.status).toBe(status);
  expect(await answer.text()).toContain(named);
});
