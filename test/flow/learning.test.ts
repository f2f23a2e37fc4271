// Learning by the doors of a running server: what this network shows replaces what was shipped, is told with both scores, and is gone back from.

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Alert, ModelList, ModeOfModels, PredictionList, Problem } from '../../server/api/contract.ts';
import { expectKeys } from '../api/keys.ts';
import { live, ON_MAINS, onBattery, SITES } from './battery-story.ts';
import { CELLS, DAY, PERIOD_MS, START } from './network.ts';
import { RunningServer } from './running-server.ts';

const ENTRY = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));
/** Mains fails every other day for some hours, and is back each time in time. */
const DAYS = 48;
/** Periods: nine tenths of the battery. */
const LASTS = 29;
const often = (_: string, period: number) => {
  const since = (period % (2 * DAY)) - 40;
  return period > DAY && since >= 0 && since < LASTS ? onBattery(since) : ON_MAINS;
};

let server: RunningServer;
beforeAll(async () => {
  server = await RunningServer.start();
  await server.putCells(CELLS);
  for (let day = 0; day < DAYS; day += 6) await live(server, day * DAY, (day + 6) * DAY, often);
}, 240_000);
afterAll(() => server.remove());

const models = async () => (await server.ask<ModelList>('/api/models')).body;
const send = <T>(path: string, body: unknown = {}) => server.send<T>(path, 'application/json', JSON.stringify(body));
const battery = ({ modes }: ModelList): ModeOfModels => modes.find(({ mode }) => mode === 'battery')!;
const command = (...args: string[]) =>
  promisify(execFile)(process.execPath, [ENTRY, 'model', ...args], {
    env: { ...process.env, CELLSTAR_DATA: server.folder, CELLSTAR_TOKENS: '' },
  });

it('begins with what is shipped, and there is nothing to go back to', async () => {
  const list = await models();
  expectKeys<ModelList>(list, { training: 'may', trainedAt: 'must', modes: 'must' });
  expect(battery(list)).toMatchObject({ inForce: 1, versions: [{ version: 1, madeAt: null }] });
  expect(await send<Problem>('/api/models/rollback')).toMatchObject({ status: 409 });
  expect(await send<Problem>('/api/models/rollback', { mode: 'luck' })).toMatchObject({ status: 400 });
  expect(await send<Problem>('/api/models/rollback', { version: 2 })).toMatchObject({ status: 400 });
});

it('a training tells how far it is, replaces a model that is worse on the weeks held back, and says by how much', async () => {
  const begun = await send<ModelList>('/api/models/train');
  expect(begun.status).toBe(202);
  expect(begun.body.training!.share).toBeGreaterThanOrEqual(0);
  await expect.poll(async () => (await models()).training, { timeout: 60_000 }).toBeUndefined();
  const list = await models();
  const { inForce, versions, compared, why } = battery(list);
  expectKeys<ModeOfModels>(battery(list), {
    ...{ mode: 'must', modeName: 'must', inForce: 'must', versions: 'must', compared: 'may', why: 'must' },
  });
  expect({ inForce, verdict: compared!.verdict }).toEqual({ inForce: 2, verdict: 'replaced' });
  expect(compared!.candidate!.logScore).toBeLessThan(compared!.inForce!.logScore);
  expect(compared!.learned + compared!.held).toBeGreaterThan(30);
  expect(versions.at(-1)).toMatchObject({ version: 2, examples: compared!.learned, came: 0 });
  expect(why).toMatch(/^Model 2 has replaced the one before\. .*Less is better\.$/);
  expect(list.modes.find(({ mode }) => mode === 'clock')).toMatchObject({
    inForce: 1,
    compared: { verdict: 'too-few' },
  });
});

/** Mains fails at the ferry on a day after the others, just as long; gives what is foretold. */
async function failsOn(day: number) {
  const from = day * DAY;
  await live(server, from, from + LASTS, (site, period) => (site === 'ferry-2' ? onBattery(period - from) : ON_MAINS));
  await live(server, from + LASTS, from + DAY, () => ON_MAINS);
  return toldSince(day);
}

async function toldSince(day: number) {
  const { predictions } = (await server.ask<PredictionList>('/api/predictions?state=all')).body;
  return predictions.filter(({ saidAt }) => Date.parse(saidAt) > START + day * DAY * PERIOD_MS);
}

it('and goes by it: where mains was always back in time, no battery is foretold to be empty', async () => {
  expect(await failsOn(DAYS)).toEqual([]);
});

it('one command goes back, and a crash right after it judges what came before as it was judged', async () => {
  expect((await command('rollback')).stdout).toContain('battery: Model 1 by somebody');
  await server.kill('SIGKILL');
  await server.start();
  expect(await toldSince(DAYS)).toEqual([]);
});

it('the model as shipped foretells it, and the prediction names its version', async () => {
  expect(await failsOn(DAYS + 1)).toMatchObject([{ mode: 'battery', model: 'first-passage@1' }]);
});

it('a crash changes nothing of that, and the same cases do not bring the newer one back', async () => {
  await server.kill('SIGKILL');
  await server.start();
  expect(battery(await models())).toMatchObject({ inForce: 1, versions: [{ version: 1 }, { version: 2 }] });
  expect((await command('train')).stdout).toContain('battery: Model 1 stays');
  const chosen = await send<ModelList>('/api/models/rollback', { mode: 'battery', version: 2 });
  expect(battery(chosen.body)).toMatchObject({ inForce: 2 });
});

it('who clears an alert can say what it was, and what is no cause is refused', async () => {
  const [alert] = (await server.alerts('all')).filter(({ siteId }) => siteId === 'ferry-2');
  const clear = (found: string) => send<Alert & Problem>(`/api/alerts/${alert!.id}/comment`, { by: 'Ann', found });
  expect((await clear('luck')).status).toBe(400);
  const { status, body } = await clear('battery');
  expect(status).toBe(200);
  expect(body.history.at(-1)).toMatchObject({ what: 'commented', by: 'Ann', found: 'battery' });
  expect(SITES['ferry-2']).toEqual(alert!.cells);
});
