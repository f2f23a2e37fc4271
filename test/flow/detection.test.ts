// How the detector judges, told by its door: the deployment's settings in force, the line that keeps chance within the budget, and what was excused.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DetectionAnswer } from '../../server/api/contract.ts';
import { START } from './network.ts';
import { RESTLESS_CELLS, RESTLESS_DAYS, restlessReadings } from './restless-network.ts';
import { RunningServer } from './running-server.ts';

const DAY_MS = 86_400_000;
const A_POST = 5000;

describe('a network whose figures wander by chance', { timeout: 180_000 }, () => {
  let server: RunningServer;
  const folder = mkdtempSync(join(tmpdir(), 'cellstar-detection-'));
  const file = join(folder, 'cellstar.yaml');
  const detection = async () => (await server.ask<DetectionAnswer>('/api/detection')).body;
  const metric = async (name: string) => {
    const { body } = await server.ask<string>('/metrics');
    return body.split('\n').find((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));
  };

  async function post(from: number, to: number): Promise<void> {
    const readings = restlessReadings().filter(({ at }) => at > START + from * DAY_MS && at <= START + to * DAY_MS);
    for (let i = 0; i < readings.length; i += A_POST) await server.post(readings.slice(i, i + A_POST));
    await server.settled();
  }

  beforeAll(async () => {
    writeFileSync(file, 'detection: {alertsPerDay: 200}\n');
    server = await RunningServer.start({ CELLSTAR_CONFIG: file });
  });
  afterAll(async () => {
    await server?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is learned first: no verdict, and the day from which there is one', async () => {
    expect(await detection()).toMatchObject({ budget: { cells: 0, met: null, learnsUntil: null } });
    await post(0, 5);
    const { budget, learning } = await detection();
    expect(budget).toMatchObject({
      ...{ cells: RESTLESS_CELLS, line: 1, met: null, expectedByChancePerDay: null },
      learnsUntil: new Date(START + 8 * DAY_MS).toISOString(),
    });
    expect(learning).toEqual({ series: RESTLESS_CELLS, cold: 0 });
    expect(await metric('cellstar_detection_budget_met')).toBeUndefined();
  });

  it('has its line drawn so high that chance stays within the budget', async () => {
    await post(5, RESTLESS_DAYS);
    const { detector, settings, budget } = await detection();
    expect(detector).toBe('seasonal@5+alertsPerDay=200');
    expect(settings).toEqual([{ name: 'alertsPerDay', value: 200, shipped: 100 }]);
    expect(budget).toMatchObject({ allowedPerDay: 0.16, met: true, learnsUntil: null });
    expect(budget.line).toBeGreaterThan(1);
    expect(budget.line).toBeLessThan(budget.highestLine);
    expect(budget.expectedByChancePerDay!).toBeLessThanOrEqual(0.16);
    expect(await metric('cellstar_detection_budget_met')).toBe('cellstar_detection_budget_met 1');
    expect(await metric('cellstar_detection_line')).toBe(`cellstar_detection_line ${budget.line}`);
    expect(await metric('cellstar_detection_excused_total')).toMatch(/excuse="peers"} \d+$/);
  });

  it('keeps what it has learned when the budget is another, and draws the line by it at once', async () => {
    const before = await detection();
    await server.kill('SIGTERM');
    writeFileSync(file, 'detection: {alertsPerDay: 50}\n');
    await server.start();
    const after = await detection();
    expect(server.log).toContain('judges by seasonal@5+alertsPerDay=50 from now on');
    expect(after).toMatchObject({ detector: 'seasonal@5+alertsPerDay=50', excused: before.excused });
    expect(after.budget).toMatchObject({ allowedPerDay: 0.04, met: true, days: before.budget.days });
    expect(after.budget.line).toBeGreaterThan(before.budget.line);
    expect(after.learning).toEqual(before.learning);
  });

  it('counts chance anew where values are judged otherwise, and keeps what is usual', async () => {
    const before = await detection();
    await server.kill('SIGTERM');
    writeFileSync(file, 'detection: {leastRelativeChange: 0.3}\n');
    await server.start();
    const after = await detection();
    expect(after.detector).toBe('seasonal@5+leastRelativeChange=0.3');
    expect(after.budget).toMatchObject({ line: 1, met: null, days: 0 });
    expect(after.learning).toEqual(before.learning);
  });

  it('is not begun with a setting that is none, and the line of the file is told', async () => {
    await server.kill('SIGTERM');
    writeFileSync(file, 'detection:\n  alertsPerDay: 0\n');
    await expect(server.start()).rejects.toThrow('line 2: detection.alertsPerDay must be a number from 10 to 1000');
  });
});
