// The pages of predictions and of visits in a real browser, on the real server: from a warning to what was found on the spot.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PredictionList } from '../../server/api/contract.ts';
import { accessibilityViolations, chromiumMissing, openBrowser, openPage } from '../chromium.ts';
import { begin, FAILS, ferryOnBattery, live, TOLD } from '../flow/battery-story.ts';
import { RunningServer } from '../flow/running-server.ts';

const PATIENCE_MS = 45_000;

describe.skipIf(chromiumMissing).sequential('the pages of predictions', { timeout: 180_000 }, () => {
  let server: RunningServer;
  let browser: Browser;
  let page: Page & { errors: string[] };
  const see = (text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: PATIENCE_MS });
  const open = (hash: string) => page.evaluate((next) => window.location.assign(next), hash);

  beforeAll(async () => {
    server = await RunningServer.start();
    await begin(server);
    browser = await openBrowser();
    page = await openPage(browser);
    await page.goto(`${server.url}/?lang=en#/predictions`);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  it('say that nothing is foretold, and that nobody knows yet how good the warnings are', async () => {
    await see('Nothing is foretold');
    await see(/Nothing is settled yet, so nobody knows/);
    await open('#/dispatch');
    await see('Nobody needs to drive out');
  });

  it('show a warning with its time bar, its reason, its repair and its record', async () => {
    await live(server, FAILS, FAILS + TOLD, ferryOnBattery);
    await open('#/predictions');
    await see('1 fault is foretold');
    const card = page.locator('[data-prediction]').first();
    await card.getByRole('img', { name: /^Earliest .*, most likely .*, latest / }).waitFor({ timeout: PATIENCE_MS });
    expect(await card.textContent()).toMatch(
      /Mains has been off since .*generator.*No such warning has been settled yet/s,
    );
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it('tell how the models learn: a training shows how far it is, and says of each mode what came of it', async () => {
    await see('No training has run here yet: each model is as shipped.');
    await page.getByRole('button', { name: 'Train now' }).click();
    await see(/^Trained with the data up to /);
    const battery = page.locator('[data-model="battery"]');
    expect(await battery.textContent()).toMatch(/Model 1 stays: \d+ older cases to learn from and \d+ newer/);
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it('stand on the map as an outline, over cells that are well', async () => {
    await open('#/map');
    await page.locator('path[data-foretold]').first().waitFor({ timeout: 15_000 });
    const { body } = await server.ask<{ cells: { health: string }[] }>('/api/cells');
    expect(body.cells.filter(({ health }) => health !== 'ok')).toEqual([]);
  });

  it('lead to the visit that it calls for, with what to bring and why, to print and to keep', async () => {
    await page.getByRole('link', { name: 'Visits' }).click();
    const row = page.locator('[data-visit="ferry-2"]');
    await row.waitFor({ timeout: PATIENCE_MS });
    expect(await row.textContent()).toMatch(/Ferry Hill 2-A.*battery.*× 1 cell ×.*generator and fuel/s);
    expect(await accessibilityViolations(page)).toEqual([]);
    const print = await page.getByRole('link', { name: 'Print' }).getAttribute('href');
    expect((await server.ask<string>(print!)).body).toContain('Ferry Hill 2-A');
  });

  it('stand on the alert too, which asks what was found', async () => {
    const { body } = await server.ask<PredictionList>('/api/predictions?state=open');
    await open(`#/alerts?alert=${body.predictions[0]!.alert}`);
    await see('Somebody was there? What was found settles the warning.');
    await see(/No such warning has been settled yet/);
    await open('#/dispatch');
  });

  it('speak Chinese', async () => {
    await page.getByRole('button', { name: '中文' }).click();
    await see('1 次上站可挽回约');
    await open('#/predictions');
    await see('预测到 1 个故障');
    await see('处理办法');
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'EN' }).click();
  });

  it('take what somebody found, and put it on record', async () => {
    await see('1 fault is foretold');
    await page.getByRole('button', { name: 'Cause found' }).first().click();
    await page.getByLabel('What was found (others see it)').fill('breaker of the mains was off');
    await page.getByRole('button', { name: 'Tell' }).click();
    await see('Nothing is foretold');
    await page.getByRole('button', { name: 'Settled' }).click();
    await see('confirmed on the spot');
    await see(/breaker of the mains was off/);
    const { body } = await server.ask<PredictionList>('/api/predictions?state=settled');
    expect(body.predictions).toMatchObject([{ outcome: 'confirmed', visit: { found: true } }]);
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(page.errors).toEqual([]);
  });
});
