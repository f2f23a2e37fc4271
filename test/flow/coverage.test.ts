// From radio samples at the door to a planner's alert: on the running server, over a restart.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Alert, AlertList } from '../../server/api/contract.ts';
import { at, disc, isIn, type Rectangle } from '../coverage/measured-town.ts';
import { RunningServer } from './running-server.ts';

const RECTANGLE: Rectangle = { west: 200, east: 800, south: -250, north: 250 };
const LARGE: Rectangle = { west: -400, east: 900, south: -500, north: 600 };
const weakIn = (rectangle: Rectangle) => (x: number, y: number, random: () => number) =>
  isIn(rectangle, x, y) ? -118 + 3 * random() : -92;

describe('weak coverage on the running server', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await RunningServer.start();
    const cell = { id: 'A', siteId: 'FH9', radio: 'LTE', name: 'Ferry Hill 9-A', nameZh: '渡口山 9-A', ...at(-500, 0) };
    await server.putCells([cell]);
  });
  afterAll(() => server.remove());

  const send = (level: ReturnType<typeof weakIn>, day: number, count = 9000) => {
    const lines = disc(count, 1200, level, { seed: day })
      .map(({ rsrpDbm, at: time, kind, ...sample }) =>
        JSON.stringify({ ...sample, kind, at: new Date(time + day * 86_400_000).toISOString(), rsrp_dbm: rsrpDbm }),
      )
      .join('\n');
    return server.send('/ingest/samples', 'application/x-ndjson', lines);
  };
  const alerts = async (query: string) => (await server.ask<AlertList>(`/api/alerts?${query}`)).body.alerts;
  const told = async (fits: (alert: Alert) => boolean): Promise<Alert> => {
    for (;;) {
      const found = (await alerts('state=all')).find((alert) => alert.kind === 'weak-coverage' && fits(alert));
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };

  let first: Alert;

  it('tells planners of a weak area, and leaves the control-room list and the health of its cell alone', {
    timeout: 30_000,
  }, async () => {
    const { status, body } = await send(weakIn(RECTANGLE), 1);
    expect([status, body.accepted]).toEqual([202, 9000]);
    first = await told(() => true);
    expect(first).toMatchObject({ audience: 'planner', scope: 'area', state: 'open', cells: ['A'] });
    expect(first.title).toMatch(/^Ferry Hill 9.*, .* east: .*weak$/);
    expect(first.why).toMatch(/samples .* are at or below −110 dBm/);
    expect(await alerts('')).toEqual([]);
    expect(await alerts('state=open')).toHaveLength(1);
    expect((await server.cell('A')).health).not.toMatch(/warning|minor|major/);
    const [chinese] = await alerts('state=open&lang=zh');
    expect(chinese!.title).toMatch(/^渡口山 9.*：.*弱$/);
  });

  it('tells the same alert again, worse, when the area has grown, also over a restart', {
    timeout: 60_000,
  }, async () => {
    await server.kill('SIGTERM');
    await server.start();
    await send(weakIn(LARGE), 2, 60_000);
    const grown = await told(({ history }) => history.some(({ what }) => what === 'worsened'));
    expect(grown.id).toBe(first.id);
    expect(grown.severity).toBe('major');
    expect((await alerts('state=all')).filter(({ kind }) => kind === 'weak-coverage')).toHaveLength(1);
  });
});
