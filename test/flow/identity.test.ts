// Cells that are renamed, exchanged, rebuilt and retired: their past stays with them, in either store and after a crash.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CellList, PersonStar } from '../../server/api/contract.ts';
import { type Influxd, influxdMissing, startInfluxd } from '../influxd.ts';
import { CELL_IDS, CELLS, DAY, ordinary, PERIOD_MS, START } from './network.ts';
import { RunningServer } from './running-server.ts';

const cgi = (n: number) => `460-00-${1000 + n}`;
/** Who each cell is, by its place in the list, whatever it is called. */
const cellsCalled = (names: readonly (string | null)[], more: Record<string, object> = {}) =>
  names.flatMap((id, i) => (id === null ? [] : [{ ...CELLS[i]!, vendor: 'Nokia', ...more[id], id, cgi: cgi(i) }]));
const at = (period: number) => START + (period + 1) * PERIOD_MS;
/** What cell i measures, sent under a name. */
const measured = (i: number, name: string, from: number, to: number, more: object = {}) =>
  Array.from({ length: to - from }, (_, k) => {
    const one = ordinary(CELL_IDS[i]!, from + k);
    return { ...one, cell: name, kpis: { ...one.kpis, ...more } };
  });
const down = { availability_pct: 0, fault_unavail_s: 900, active_users: 0, traffic_gb: 0 };

for (const kind of ['the embedded store', 'InfluxDB'] as const) {
  describe.skipIf(kind === 'InfluxDB' && influxdMissing)(`a network whose cells change, with ${kind}`, () => {
    let influxd: Influxd | undefined;
    let server: RunningServer;
    const names = [...CELL_IDS];
    let period = 3 * DAY;

    const put = async (query = '') => (await server.putCells(cellsCalled(names), query)).body;
    const send = async (i: number, name: string, count: number, more?: object) => {
      // Each cell by its own sender: none falls silent while another is told of.
      expect((await server.post(measured(i, name, period, period + count, more), `s${i}`)).status).toBe(202);
      period += count;
      await server.settled();
    };
    const traffic = async (name: string) => {
      const { points } = await server.series(name, 'traffic_gb', `&from=${START}&to=${at(period)}&step=900`);
      return points.filter(([, value]) => value !== null);
    };
    const expected = (i: number, stretches: readonly [number, number][]) =>
      stretches.flatMap(([from, to]) => measured(i, '', from, to).map((one) => [one.at, one.kpis.traffic_gb]));
    /** All that may not change over a crash. */
    const state = async () => ({
      cells: await Promise.all(
        names.map(async (name) => {
          const { id, alerts, usual, kpis, changes } = await server.cell(name);
          return { id, usual, kpis, changes, alerts: alerts.map((alert) => `${alert.id} ${alert.state}`).sort() };
        }),
      ),
      traffic: await Promise.all(names.map(traffic)),
    });
    const survivesACrash = async () => {
      const before = await state();
      await server.kill();
      await server.start();
      await server.settled();
      expect(await state()).toEqual(before);
    };

    beforeAll(async () => {
      influxd = kind === 'InfluxDB' ? await startInfluxd() : undefined;
      server = await RunningServer.start(influxd ? { INFLUX_URL: influxd.url, INFLUX_DATABASE: 'cellstar' } : {});
      await put();
      for (const [i, name] of names.entries()) await server.post(measured(i, name, 0, 3 * DAY), `s${i}`);
      await server.send(
        '/ingest/exposure',
        'application/json',
        JSON.stringify({ exposure: [{ subscriber: 'p1', cell: 'ferry-2-A', share: 1 }] }),
      );
      await server.settled();
    });
    afterAll(async () => {
      await server?.remove();
      await influxd?.remove();
    });

    it('keeps values, usual ranges, alerts and people of a cell under its new name; the old one still finds it', async () => {
      await send(3, 'ferry-2-A', 2, down);
      const before = await server.cell('ferry-2-A');
      expect(before.alerts).toHaveLength(1);

      names[3] = 'ferry-9-Z';
      expect(await put()).toMatchObject({ accepted: 4, renamed: [{ from: 'ferry-2-A', to: 'ferry-9-Z' }] });
      await server.settled();
      const after = await server.cell('ferry-9-Z');
      expect(after).toMatchObject({
        index: before.index,
        kpis: before.kpis,
        usual: before.usual,
      });
      expect(after.cell?.formerIds).toEqual(['ferry-2-A']);
      expect(after.changes).toEqual([
        { at: new Date(at(period - 1)).toISOString(), field: 'id', from: 'ferry-2-A', to: 'ferry-9-Z' },
      ]);
      expect(after.alerts[0]).toMatchObject({ id: before.alerts[0]!.id, cells: ['ferry-9-Z'] });
      expect((await server.cell('ferry-2-A')).id).toBe('ferry-9-Z');
      const star = (await server.ask<PersonStar>('/api/subscribers/p1/star')).body;
      expect(JSON.stringify(star.dimensions)).not.toContain('ferry-2-A');

      // The sender goes on under the old name for a while: it is the same cell, and well again.
      await send(3, 'ferry-2-A', 3);
      await send(3, 'ferry-9-Z', 3);
      const series = await traffic('ferry-9-Z');
      expect(series.slice(-6)).toEqual(expected(3, [[period - 6, period]]));
      expect(series).toHaveLength(3 * DAY + 8);
      expect((await server.cell('ferry-9-Z')).alerts).toEqual([]);
      expect((await server.ask<CellList>('/api/cells')).body.cells).toHaveLength(4);
      expect((await server.series('ferry-9-Z', 'traffic_gb', '&from=now-1d')).marks).toContainEqual(
        expect.objectContaining({ kind: 'changed', field: 'id', from: 'ferry-2-A', to: 'ferry-9-Z' }),
      );
      await survivesACrash();
    });

    it('exchanges the names of two cells, and gives them back', async () => {
      const [a, b] = [await traffic('harbour-7-A'), await traffic('harbour-7-B')];
      for (const [first, second] of [
        ['harbour-7-B', 'harbour-7-A'],
        ['harbour-7-A', 'harbour-7-B'],
      ] as const) {
        [names[0], names[1]] = [first, second];
        expect((await put()).rejected).toBe(0);
        await server.settled();
        expect([await traffic(names[0]), await traffic(names[1])]).toEqual([a, b]);
        await survivesACrash();
      }
      await send(0, 'harbour-7-A', 1);
      expect(await traffic('harbour-7-A')).toEqual([...a, ...expected(0, [[period - 1, period]])]);
    });

    it('joins what came under the new name before the inventory told of it', async () => {
      const from = period;
      await send(2, 'harbour-7-X', 4);
      expect((await server.cell('harbour-7-X')).cell).toBeNull();
      names[2] = 'harbour-7-X';
      await put();
      await send(2, 'harbour-7-X', 1);
      expect(await traffic('harbour-7-X')).toEqual(
        expected(2, [
          [0, 3 * DAY],
          [from, period],
        ]),
      );
      expect((await server.ask<CellList>('/api/cells')).body.cells).toHaveLength(4);
      expect(Object.keys((await server.cell('harbour-7-X')).usual).length).toBeGreaterThan(5);
      await survivesACrash();
    });

    it('gives a name that is free again to a new cell, whose past begins with it', async () => {
      names[4] = 'harbour-7-C';
      const fresh = { ...CELLS[2]!, vendor: 'Nokia', id: 'harbour-7-C', cgi: cgi(77) };
      expect((await server.putCells([...cellsCalled(names.slice(0, 4)), fresh])).body.rejected).toBe(0);
      const from = period;
      await server.post(measured(0, 'harbour-7-C', period, period + 2));
      period += 2;
      await server.settled();
      expect(await traffic('harbour-7-C')).toEqual(expected(0, [[from, period]]));
      expect((await traffic('harbour-7-X')).length).toBe(3 * DAY + 5);
      await survivesACrash();
      names.length = 4;
    });

    it('learns afresh what is usual once the maker is another, and says so', async () => {
      const before = await server.cell('harbour-7-A');
      expect(before.usual.traffic_gb).toBeDefined();
      await server.putCells(cellsCalled(names, { 'harbour-7-A': { vendor: 'Ericsson', siteId: 'pier-1' } }));
      await server.settled();
      const { usual, changes, siteId } = await server.cell('harbour-7-A');
      expect([usual, siteId]).toEqual([{}, 'pier-1']);
      expect(changes.slice(-2)).toMatchObject([
        { field: 'siteId', from: 'harbour-7', to: 'pier-1' },
        { field: 'vendor', from: 'Nokia', to: 'Ericsson' },
      ]);
      // A third of the traffic would have been an alert by the old usual.
      for (let k = 0; k < 3; k++) await send(0, 'harbour-7-A', 1, { dl_throughput_mbps: 4, latency_ms: 90 });
      expect((await server.cell('harbour-7-A')).alerts).toEqual([]);
      expect((await server.cell('harbour-7-B')).usual.traffic_gb).toBeDefined();
    });

    it('retires who is not in a whole inventory without an alert, ends theirs quietly, and keeps what still comes', async () => {
      await send(3, 'ferry-9-Z', 2, down);
      const [alert] = (await server.cell('ferry-9-Z')).alerts;
      const left = names[3]!;
      const { retired } = (await server.putCells(cellsCalled([...names.slice(0, 3), null]), '?mode=full')).body;
      expect(retired).toBe(2);
      await server.settled();
      const after = (await server.alerts()).find(({ id }) => id === alert!.id)!;
      expect([after.state, after.history.at(-1)!.what]).toEqual(['cleared', 'left']);
      expect((await server.alerts('open')).filter(({ cells }) => cells.includes(left))).toEqual([]);
      const answer = await server.post(measured(3, left, period, period + 1));
      expect(answer.body).toMatchObject({ accepted: 1, notes: [expect.stringContaining(`"${left}"`)] });
      await server.settled();
      expect((await server.cell(left)).cell).toBeNull();
    });

    it('lets a cell come and go when the data reaches the days that its inventory names', async () => {
      const day = (periods: number) => new Date(at(period + periods)).toISOString();
      const cells = [
        { ...CELLS[3]!, id: 'later-1', validFrom: day(2) },
        { ...CELLS[3]!, id: 'until-1', validTo: day(2) },
      ];
      expect((await server.putCells(cells)).body).toMatchObject({ accepted: 2, rejected: 0 });
      const there = async () => {
        const { body } = await server.ask<CellList>('/api/cells');
        return body.cells.map(({ id }) => id).filter((id) => id.endsWith('-1'));
      };
      expect(await there()).toEqual(['until-1']);
      // One cell alone may have a wrong clock: two make it the network's time.
      const both = [0, 1].flatMap((i) => measured(i, `harbour-7-${'AB'[i]}`, period, period + 4));
      expect((await server.post(both, 'both')).status).toBe(202);
      period += 4;
      await expect.poll(there, { timeout: 10_000 }).toEqual(['later-1']);
      await server.kill();
      await server.start();
      expect(await there()).toEqual(['later-1']);
    });
  });
}
