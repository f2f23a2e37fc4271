// Killed with kill -9 while an archive of the inbox is read: it is read on, nothing is lost, doubled or late, and nothing of people stays.

import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PersonStar } from '../../server/api/contract.ts';
import { zipOf } from '../collect/packed.ts';
import { CELL_IDS, DAY, ordinary, PERIOD_MS, START } from './network.ts';
import { RunningServer } from './running-server.ts';

const FILES = 20;
const KILLS = 3;

let server: RunningServer;
beforeAll(async () => {
  server = await RunningServer.start();
});
afterAll(() => server.remove());

/** A day of every cell in each file, and who complained that day. */
function archive(): Uint8Array {
  const files: Record<string, string> = {};
  for (let day = 0; day < FILES; day++) {
    const readings = Array.from({ length: DAY }, (_, i) =>
      CELL_IDS.map((cell) => ordinary(cell, day * DAY + i)),
    ).flat();
    files[`day-${String(day).padStart(2, '0')}.ndjson`] = readings.map((one) => JSON.stringify(one)).join('\n');
    files[`day-${String(day).padStart(2, '0')}-voices.csv`] =
      `subscriber,at,category,text\nanna-17,${new Date(START + day * DAY * PERIOD_MS).toISOString()},data,slow\n`;
  }
  return zipOf(files);
}

describe('an archive that is being read when the server is killed', () => {
  it('is read on from the file in hand, until it is done', async () => {
    const inbox = join(server.folder, 'inbox');
    await mkdir(inbox, { recursive: true });
    await writeFile(join(server.folder, 'month.zip'), archive());
    await rename(join(server.folder, 'month.zip'), join(inbox, 'month.zip'));
    const within: boolean[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      const known = (await server.health()).readings;
      await expect.poll(async () => (await server.health()).readings, { timeout: 20_000, interval: 5 }).not.toBe(known);
      within.push((await readdir(inbox)).includes('month.zip'));
      await server.kill();
      await server.start();
    }
    // At least once it was killed within: else this test shows nothing.
    expect(within).toContain(true);
    await expect.poll(async () => (await readdir(inbox)).includes('month.zip'), { timeout: 60_000 }).toBe(false);
    await server.settled();
  });

  it('has each of its readings in the store once', async () => {
    const to = START + FILES * DAY * PERIOD_MS;
    for (const cell of CELL_IDS) {
      const { points, marks } = await server.series(cell, 'traffic_gb', `&from=${START}&to=${to}&step=900`);
      expect(points).toHaveLength(FILES * DAY);
      expect(marks.filter(({ kind }) => kind === 'late')).toEqual([]);
      expect(
        points.filter(([at, value]) => value !== ordinary(cell, (at - START) / PERIOD_MS - 1).kpis.traffic_gb),
      ).toEqual([]);
    }
  });

  it('leaves nothing of the people in it behind, and counts each complaint once', async () => {
    for (const sub of ['done', 'refused']) {
      expect(await readdir(join(server.folder, 'inbox', sub)).catch(() => [])).not.toContain('month.zip');
    }
    const { complaints } = (await server.ask<PersonStar>('/api/subscribers/anna-17/star')).body;
    expect(complaints).toHaveLength(FILES);
    expect(new Set(complaints.map(({ at }) => at)).size).toBe(FILES);
  });
});
