// How the detector judges, in a real browser: the line on the night list while it learns and once it knows, and the panel behind it.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityViolations, chromiumMissing, openBrowser, openPage } from '../chromium.ts';
import { RESTLESS_DAYS, restlessReadings } from '../flow/restless-network.ts';
import { RunningServer } from '../flow/running-server.ts';

const PATIENCE_MS = 60_000;
const A_POST = 5000;
const LEARNED_DAYS = 4;
const { PICTURES } = process.env;

describe.skipIf(chromiumMissing).sequential('how the detector judges, on the page', { timeout: 180_000 }, () => {
  let server: RunningServer;
  let browser: Browser;
  let page: Page & { errors: string[] };
  const folder = mkdtempSync(join(tmpdir(), 'cellstar-judging-'));
  const readings = restlessReadings();
  const share = Math.round((readings.length * LEARNED_DAYS) / RESTLESS_DAYS);

  const see = (text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: PATIENCE_MS });
  const picture = async (name: string) => {
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png` });
  };
  async function post(from: number, to: number): Promise<void> {
    for (let i = from; i < to; i += A_POST) await server.post(readings.slice(i, Math.min(to, i + A_POST)));
    await server.settled();
  }

  beforeAll(async () => {
    const file = join(folder, 'cellstar.yaml');
    writeFileSync(file, 'detection: {alertsPerDay: 200, confirmPeriods: 2, unheardHours: 36}\n');
    server = await RunningServer.start({ CELLSTAR_CONFIG: file });
    browser = await openBrowser();
    page = await openPage(browser);
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await server?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is told by no line while there are no cells, and while it learns by the day until which it does', async () => {
    await page.goto(`${server.url}/?lang=en#/alerts`);
    await page.locator('#alerts-title').waitFor({ timeout: PATIENCE_MS });
    expect(await page.getByText(/^Night list/).count()).toBe(0);
    await post(0, share);
    await page.reload();
    await page.getByRole('button', { name: 'Night list: learns until Tue 9 Jan what chance does here' }).click();
    await see('How far chance goes here is learned until Tue 9 Jan; up to then everything is judged as shipped.');
    expect(await accessibilityViolations(page)).toEqual([]);
    await picture('judging-learns-en-1280');
  });

  it('is told by rates and a verdict once it knows; a press opens why, by address too', async () => {
    await post(share, readings.length);
    await page.goto(`${server.url}/?lang=en#/alerts`);
    await page.reload();
    const line = page.getByRole('button', {
      name: /^Night list: .*, of which by chance .*: allowed are 0\.16 a day · met$/,
    });
    await line.click();
    expect(await line.getAttribute('aria-expanded')).toBe('true');
    expect(page.url()).toContain('judging=1');
    await see(/^The line is drawn 1\.\d\d times as far from the usual as shipped, at most 1\.5 times\.$/);
    await see('seasonal@5+alertsPerDay=200+unheardHours=36');
    expect(await page.getByRole('row', { name: 'alertsPerDay 200 100' }).count()).toBe(1);
    expect(await page.getByRole('row', { name: /confirmPeriods/ }).count()).toBe(0);
    for (const excuse of ['Its peers did the same', 'Holiday or event']) await see(excuse);
    await see('detection: {alertsPerDay: 100}');
    await see(/^Half as many as now, in the deployment’s file\. It is told for 100,000 cells: now 200 a day/);
    expect(await accessibilityViolations(page)).toEqual([]);
    await picture('judging-en-1280');
    await page.setViewportSize({ width: 1600, height: 1000 });
    await picture('judging-en-1600');
  });

  it('says the same in Chinese, in daylight too, and is closed by a press', async () => {
    await page.goto(`${server.url}/?lang=zh#/alerts?judging=1`);
    await page.reload();
    await see('检测如何判断');
    await see(/^夜间告警：.*达标$/);
    await picture('judging-zh-1600');
    await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'light'));
    expect(await accessibilityViolations(page)).toEqual([]);
    await picture('judging-zh-light');
    await page.getByRole('button', { name: '关闭' }).click();
    await page.locator('#judging-title').waitFor({ state: 'detached', timeout: PATIENCE_MS });
    expect(page.errors).toEqual([]);
  });
});
