// Would it have fired? Asked of the running server and of its folder, by the door and by the command, over a history that is known.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BacktestAnswer, BacktestMessage, Problem } from '../../server/api/contract.ts';
import { CELL_IDS, CELLS, DAY, ordinary, PERIOD_MS, periodsOf, START } from './network.ts';
import { RunningServer } from './running-server.ts';

const ENTRY = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));
const DAYS = 16;
/** Machines of many tests are slow. */
const PATIENCE_MS = 240_000;
/** Periods of the last day in which the cell's delay is far too long: told as an alert while it came in. */
const SLOW = { cell: 'ferry-2-A', from: DAYS * DAY + 40, to: DAYS * DAY + 52, latencyMs: 60 };
/** Two periods that no detector minds, but a tight line does. */
const BUMP = { cell: 'harbour-7-A', from: DAYS * DAY + 70, to: DAYS * DAY + 72, latencyMs: 27 };
const END = (DAYS + 1) * DAY;
const TOKENS = 'engineer:engineer-token,viewer:viewer-token,ingest:ingest-token';

const timeOf = (period: number) => new Date(START + period * PERIOD_MS).toISOString();
/** The END of a period by its number. */
const endOf = (period: number) => timeOf(period + 1);
const LAST_DAY = { from: timeOf(DAYS * DAY), to: timeOf(END) };

function reading(cell: string, period: number) {
  const usual = ordinary(cell, period);
  const out = [SLOW, BUMP].find((one) => one.cell === cell && period >= one.from && period < one.to);
  return out ? { ...usual, kpis: { ...usual.kpis, latency_ms: out.latencyMs } } : usual;
}

let server: RunningServer;
beforeAll(async () => {
  server = await RunningServer.start({ CELLSTAR_ZONE: 'UTC' });
  await server.putCells(CELLS);
  await server.post(periodsOf(CELL_IDS, 0, DAYS * DAY));
  const lastDay = Array.from({ length: DAY }, (_, i) => DAYS * DAY + i);
  await server.post(lastDay.flatMap((period) => CELL_IDS.map((cell) => reading(cell, period))));
  await server.settled();
}, 300_000);
afterAll(() => server.remove());

const ask = <T = BacktestAnswer>(body: object | string) =>
  server.ask<T>('/api/backtest', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

function command(...args: string[]) {
  const env = { ...process.env, CELLSTAR_DATA: server.folder, CELLSTAR_ZONE: 'UTC' };
  return spawnSync(process.execPath, [ENTRY, 'backtest', ...args], { env, encoding: 'utf8' });
}

describe('a backtest', { timeout: PATIENCE_MS }, () => {
  it('of a fixed rule tells when it would have fired, beside the alerts that did', async () => {
    const { status, body } = await ask({ ...LAST_DAY, rule: 'latency_ms > 26.5 for 2 of 2' });
    expect(status).toBe(200);
    expect(body.judge).toBe('rule: latency_ms > 26.5 for 2 of 2');
    expect(body).toMatchObject({
      cells: 4,
      cellDays: 4,
      readings: { judged: 4 * DAY, suspect: 0, late: 0 },
      learnedDays: null,
    });
    expect(body).toMatchObject({
      would: { fired: 2, aDay: 2, aThousandCellDays: 500 },
      both: 1,
      onlyWould: 1,
      onlyDid: 0,
    });
    const [slow, bump] = body.rows;
    expect(slow).toMatchObject({
      outcome: 'both',
      cell: SLOW.cell,
      would: { kpi: 'latency_ms', peak: 60, from: endOf(SLOW.from + 1), to: endOf(SLOW.to) },
      did: { kind: 'anomaly', kpi: 'latency_ms' },
    });
    expect(slow!.would!.text).toBe('Delay is 60 ms, above 26.5 ms in 2 of the last 2 periods.');
    expect((await server.alerts()).map(({ id }) => id)).toContain(slow!.did!.alert);
    expect(bump).toMatchObject({
      outcome: 'only-would',
      cell: BUMP.cell,
      would: { peak: 27, from: endOf(BUMP.from + 1) },
      did: null,
    });
  });

  it('of the detector learns from what came before and finds again what it found live', async () => {
    const { body } = await ask({ ...LAST_DAY, cells: ['ferry-2-A'] });
    expect(body.judge).toMatch(/^seasonal@/);
    expect(body.learnedDays).toBeCloseTo(DAYS, 1);
    expect(body).toMatchObject({ both: 1, onlyWould: 0, onlyDid: 0 });
    const [{ would, did } = {}] = body.rows;
    expect(would).toMatchObject({ kind: 'anomaly', kpi: 'latency_ms', peak: 60 });
    expect([would!.from, would!.to]).toEqual([did!.from, did!.to]);
  });

  it('with other settings says which profile that is, and that what did fire would not have', async () => {
    const { body } = await ask({ ...LAST_DAY, site: 'ferry-2', set: { leastRelativeChange: 2 } });
    expect(body.judge).toMatch(/^seasonal@\d+\+leastRelativeChange=2$/);
    expect(body).toMatchObject({ cells: 1, would: { fired: 0 }, did: { fired: 1 }, onlyDid: 1 });
    expect(body.rows[0]).toMatchObject({ outcome: 'only-did', would: null, did: { kpi: 'latency_ms' } });
  });

  it('tells the same twice, and changes nothing that is live', async () => {
    const before = await server.health();
    const [one, other] = [await ask(LAST_DAY), await ask(LAST_DAY)];
    expect([one.status, other.status]).toEqual([200, 200]);
    expect(other.body).toEqual(one.body);
    const after = await server.health();
    expect([after.journal.head, after.detector.series, after.openAlerts]).toEqual([
      before.journal.head,
      before.detector.series,
      before.openAlerts,
    ]);
  });

  it('of a time before all data is answered at once, for nothing is stored there', async () => {
    for (const judged of [{}, { rule: 'latency_ms > 1' }]) {
      const { status, body } = await ask({ from: '2020-01-01', to: '2020-03-01', ...judged });
      expect(status).toBe(200);
      expect(body).toMatchObject({ cells: 4, cellDays: 0, readings: { judged: 0 }, would: { fired: 0 }, rows: [] });
    }
    // One that begins before it finds all that is there.
    const whole = { to: LAST_DAY.to, rule: 'latency_ms > 26.5 for 2 of 2' };
    const { body } = await ask({ from: timeOf(-1), ...whole });
    expect((await ask({ from: timeOf(-30 * DAY), ...whole })).body).toMatchObject({
      ...{ readings: body.readings, would: { fired: body.would.fired } },
    });
  });

  it('speaks the reader’s language', async () => {
    const { body } = await server.ask<BacktestAnswer>('/api/backtest?lang=zh', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...LAST_DAY, cells: ['ferry-2-A'], rule: 'latency_ms > 40 for 2 of 3' }),
    });
    expect(body.rows[0]!.would!.text).toMatch(/为 60 ms，高于门限 40 ms（最近 3 个周期中有 2 个）。$/);
  });

  it('tells how far it is, line by line, for whoever asks for lines', async () => {
    const headers = { 'Content-Type': 'application/json', Accept: 'application/x-ndjson' };
    const response = await fetch(`${server.url}/api/backtest`, {
      method: 'POST',
      headers,
      body: JSON.stringify(LAST_DAY),
    });
    expect(response.headers.get('content-type')).toMatch(/ndjson/);
    const lines = (await response.text()).trimEnd().split('\n');
    const messages = lines.map((line) => JSON.parse(line) as BacktestMessage);
    expect(messages.at(-1)!.type).toBe('answer');
    const progress = messages.flatMap((one) => (one.type === 'progress' ? [one] : []));
    expect(progress.length).toBeGreaterThan(0);
    for (const { done, of } of progress) expect(done).toBeLessThanOrEqual(of + 1e-6);
  });
});

describe('one backtest at a time', { timeout: PATIENCE_MS }, () => {
  it('runs: another is asked to come again, and the first one ends with whoever leaves', async () => {
    const leaving = new AbortController();
    const response = await fetch(`${server.url}/api/backtest`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/x-ndjson' },
      body: JSON.stringify({ from: timeOf(0), to: timeOf(END) }),
      signal: leaving.signal,
    });
    await response.body!.getReader().read();
    const second = await ask<Problem>(LAST_DAY);
    leaving.abort();
    expect(second.status).toBe(429);
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0);
    await expect.poll(async () => (await ask(LAST_DAY)).status, { timeout: PATIENCE_MS }).toBe(200);
  });
});

describe('what is no backtest', { timeout: PATIENCE_MS }, () => {
  const WRONG: [object | string, number, RegExp][] = [
    ['{', 400, /no JSON/],
    ['[]', 400, /no JSON object/],
    [{}, 400, /from is missing/],
    [{ from: 'noon', to: 'now' }, 400, /from is "noon"/],
    [{ from: 'now', to: 'now-1d' }, 400, /from \(now\) is not before to/],
    [{ ...LAST_DAY, rule: 'latency > 3' }, 400, /rule: "latency" is no KPI/],
    [{ ...LAST_DAY, rule: 7 }, 400, /rule must be text/],
    [{ ...LAST_DAY, rule: 'latency_ms > 3', set: { bandSigmas: 5 } }, 400, /rule and set are both given/],
    [{ ...LAST_DAY, set: { bandSigma: 5 } }, 400, /set: "bandSigma" is no setting/],
    [{ ...LAST_DAY, set: { bandSigmas: 500 } }, 400, /set: bandSigmas is 500: give a number from 0.5 to 100/],
    [{ ...LAST_DAY, set: { bandSigmas: '5' } }, 400, /bandSigmas is none/],
    [{ ...LAST_DAY, cells: [] }, 400, /cells must be a list of ids/],
    [{ ...LAST_DAY, cells: ['nowhere'] }, 404, /no cell "nowhere"/],
    [{ ...LAST_DAY, site: 'nowhere' }, 404, /no site "nowhere"/],
    [{ ...LAST_DAY, site: 'ferry-2', cells: ['ferry-2-A'] }, 400, /cells and site are both given/],
    [{ from: '1000-01-01', to: '9000-01-01' }, 400, /too much at once/],
    [{ ...LAST_DAY, rules: 'latency_ms > 3' }, 400, /"rules" is no field/],
  ];
  it.each(WRONG)('is refused with what is wrong: %j', async (body, status, detail) => {
    const answer = await ask<Problem>(body);
    expect([answer.status, answer.body.detail]).toEqual([status, expect.stringMatching(detail)]);
  });

  it('is refused as such, not as another one that runs, once the wrong one has been', async () => {
    expect((await ask({ ...LAST_DAY, rule: 'latency_ms > 40' })).status).toBe(200);
  });
});

describe('the backtest command', { timeout: PATIENCE_MS }, () => {
  const rule = ['--rule', 'latency_ms > 26.5 for 2 of 2'];
  const day = ['--from', '2024-01-17', '--to', '2024-01-18'];

  it('asks the running server, shows the first of each kind, and writes all as a table', async () => {
    const out = join(server.folder, 'would.csv');
    const { status, stdout, stderr } = command(...day, ...rule, '--out', out);
    expect([status, stderr]).toEqual([0, expect.stringMatching(/asked of the server at/)]);
    expect(stdout).toMatch(/would have fired 2 \(2 a day, 500 per 1,000 cell-days\)/);
    expect(stdout).toMatch(/of the alerts that did fire, 1 would have and 0 would not; 1 would have fired beside none/);
    expect(stdout).toMatch(/Would have fired, and nothing did:\n {2}harbour-7-A/);
    const [heading, ...rows] = (await readFile(out, 'utf8')).trimEnd().split('\r\n');
    expect(heading).toMatch(/^\uFEFF?outcome,cell,would_kind,would_from/);
    expect(rows.map((row) => row.split(',').slice(0, 2))).toEqual([
      ['both', 'ferry-2-A'],
      ['only-would', 'harbour-7-A'],
    ]);
  });

  it('prints times in the zone of the server that it asks, not in its own', () => {
    const env = { ...process.env, CELLSTAR_DATA: server.folder, CELLSTAR_ZONE: 'Asia/Tokyo' };
    const { stdout } = spawnSync(process.execPath, [ENTRY, 'backtest', ...day, ...rule], { env, encoding: 'utf8' });
    expect(stdout).toMatch(/^Wed 17 Jan 2024 00:00 to Thu 18 Jan 2024 00:00 \(UTC\)/m);
  });

  it('tells what is wrong with its arguments, and could not run', () => {
    const WRONG: [string[], RegExp][] = [
      [[], /give --from and --to/],
      [[...day, '--rule', 'latency > 3'], /rule: "latency" is no KPI/],
      [[...day, '--set', 'bandSigmas'], /--set is "bandSigmas": give a name and a number/],
      [[...day, '--out', 'x.txt'], /--out is "x.txt"/],
      [[...day, '--cell', 'x'], /backtest: .*--cell/],
    ];
    for (const [args, message] of WRONG) {
      const { status, stderr } = command(...args);
      expect([status, stderr]).toEqual([2, expect.stringMatching(message)]);
    }
  });

  it('that is killed in its middle leaves no half file, and the server is free again', async () => {
    const out = join(server.folder, 'killed.json');
    const env = { ...process.env, CELLSTAR_DATA: server.folder, CELLSTAR_ZONE: 'UTC' };
    const args = ['backtest', '--from', '2024-01-01', '--to', '2024-01-18', '--out', out];
    const child = spawn(process.execPath, [ENTRY, ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    await new Promise<void>((resolve) => {
      child.stderr.on('data', (text: Buffer) => {
        if (/days of cells/.test(text.toString())) resolve();
      });
    });
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    await expect.poll(async () => (await ask(LAST_DAY)).status, { timeout: PATIENCE_MS }).toBe(200);
    expect((await readdir(server.folder)).filter((name) => name.startsWith('killed'))).toEqual([]);
  });

  it('opens the folder itself when no server owns it, and finds the same', async () => {
    const { body } = await ask({ ...LAST_DAY, rule: rule[1] });
    await server.kill('SIGTERM');
    const out = join(server.folder, 'same.json');
    const { status, stderr } = command(...day, ...rule, '--out', out);
    expect([status, stderr]).toEqual([0, expect.stringMatching(/no server owns/)]);
    expect(JSON.parse(await readFile(out, 'utf8'))).toEqual(body);
    await server.start();
  });
});

describe('with tokens', { timeout: PATIENCE_MS }, () => {
  it('a backtest is for engineers, and the command brings the token of one', async () => {
    const guarded = await RunningServer.start({ CELLSTAR_TOKENS: TOKENS });
    try {
      const post = (token: string) =>
        guarded.ask<Problem>('/api/backtest', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
          body: JSON.stringify(LAST_DAY),
        });
      expect((await post('viewer-token')).status).toBe(403);
      const { status, body } = await post('engineer-token');
      expect([status, body.detail]).toEqual([404, 'there are no cells yet']);
      const env = { ...process.env, CELLSTAR_DATA: guarded.folder, CELLSTAR_TOKENS: TOKENS };
      const asked = spawnSync(process.execPath, [ENTRY, 'backtest', '--from', '2024-01-17', '--to', '2024-01-18'], {
        env,
        encoding: 'utf8',
      });
      expect([asked.status, asked.stderr]).toEqual([2, expect.stringMatching(/there are no cells yet/)]);
    } finally {
      await guarded.remove();
    }
  });
});
