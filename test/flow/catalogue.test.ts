// A deployment's own KPIs and counter names, in the whole house: from its file to values, lineage, alerts and back.

import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { KpiList } from '../../server/api/contract.ts';
import { RunningServer } from './running-server.ts';

const ENTRY = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));
const AT = Date.parse('2024-03-04T12:00:00Z');
const QUARTER = 900_000;

const FILE = `kpis:
  edge_drop_pct:
    name: {en: Edge drop rate, zh: 边缘掉线率}
    unit: '%'
    worse: higher
    range: [0, 100]
    aggregation: ratio-of-sums
    formulas: {variant: north, numerator: North.Lost, denominator: North.Lost + North.Kept, source: handbook 3}
  drop_rate_pct: {line: 0.4}
counters:
  '1526728227': North.Lost
  C373200001: {name: North.Kept, scale: 10}
`;

let folder: string;
let server: RunningServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellstar-catalogue-'));
  await writeFile(join(folder, 'own.yaml'), FILE);
  server = await RunningServer.start({ CELLSTAR_CONFIG: join(folder, 'own.yaml') });
});
afterAll(async () => {
  await server.remove();
  await rm(folder, { recursive: true, force: true });
});

const send = (at: number, lost: number) =>
  server.post([{ cell: 'n-1', at, counters: { 1526728227: lost, C373200001: 99 } }]);

it('is listed with what ships, under a version of its own', async () => {
  const { body } = await server.ask<KpiList>('/api/kpis');
  expect(body.version).toMatch(/^20\d\d\.\d\+[0-9a-f]{8}$/);
  expect(body.kpis.find(({ id }) => id === 'edge_drop_pct')).toMatchObject({ unit: '%', decimals: 2 });
  expect(body.kpis.find(({ id }) => id === 'drop_rate_pct')!.line).toBe(0.4);
});

it('makes values whose lineage goes down to the counters as they were sent', async () => {
  await send(AT, 10);
  const cell = await server.cell('n-1');
  expect(cell.kpis.edge_drop_pct).toBe(1);
  expect(cell.counters).toEqual({ 'North.Lost': 10, 'North.Kept': 990 });
  const { parts, ...lineage } = cell.lineage.edge_drop_pct!;
  expect(lineage).toMatchObject({ variant: 'north', source: 'handbook 3', version: expect.stringContaining('+') });
  expect(lineage.steps.map(({ sign, value }) => [sign, value])).toEqual([
    ['', 10],
    ['÷', 1000],
  ]);
  expect(parts['North.Kept']).toEqual([
    { name: 'North.Kept', value: 990, sentAs: [{ name: 'C373200001', value: 99 }] },
  ]);
});

it('reaches the charts and the detector’s thread', async () => {
  for (let n = 1; n <= 8; n++) await send(AT + n * QUARTER, 10 + n);
  const series = await server.series('n-1', 'edge_drop_pct', `&from=${AT}&to=${AT + 9 * QUARTER}`);
  expect(series).toMatchObject({ kpi: 'edge_drop_pct', unit: '%' });
  expect(series.points.length).toBe(8);
  await server.settled();
  const { detector } = await server.health();
  // The rate itself: nothing else that was sent is a KPI.
  expect(detector.series).toBeGreaterThan(0);
});

it('stops being computed with the file gone; what was made stays, and is not explained by a formula it never had', async () => {
  const before = (await server.cell('n-1')).kpis.edge_drop_pct;
  await server.kill('SIGTERM');
  await writeFile(join(folder, 'own.yaml'), '');
  await server.start();
  const cell = await server.cell('n-1');
  expect(cell.kpis.edge_drop_pct).toBe(before);
  expect(cell.lineage.edge_drop_pct).toBeUndefined();
  await send(AT + 20 * QUARTER, 10);
  expect((await server.cell('n-1')).kpis).not.toHaveProperty('edge_drop_pct');
});

it('with a mistake keeps the server from starting, and says where', async () => {
  await writeFile(join(folder, 'wrong.yaml'), FILE.replace('line: 0.4', 'line: 400'));
  const env = { ...process.env, CELLSTAR_CONFIG: join(folder, 'wrong.yaml'), CELLSTAR_DATA: join(folder, 'data') };
  const run = spawnSync(process.execPath, [ENTRY, 'serve'], { env, encoding: 'utf8', timeout: 30_000 });
  expect(run.status).toBe(2);
  expect(run.stderr).toMatch(
    /wrong\.yaml, line 9: kpis\.drop_rate_pct\.line puts the line 400 outside the range 0 to 100/,
  );
});
