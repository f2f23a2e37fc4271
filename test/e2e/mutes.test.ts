// A mute in a real browser: made from an alert by keyboard, seen on map, list and cell page, and ended.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MuteList } from '../../server/api/contract.ts';
import { accessibilityViolations, chromiumMissing, openBrowser, openPage } from '../chromium.ts';
import { CELL_IDS, CELLS, DAY, ordinary, periodsOf } from '../flow/network.ts';
import { RunningServer } from '../flow/running-server.ts';

const PATIENCE_MS = 60_000;
const { PICTURES } = process.env;

describe.skipIf(chromiumMissing).sequential('a mute on the page', { timeout: 180_000 }, () => {
  let server: RunningServer;
  let browser: Browser;
  let page: Page & { errors: string[] };
  let period = 2 * DAY;

  const see = (text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: PATIENCE_MS });
  const picture = async (name: string) => {
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png` });
  };

  async function lived(): Promise<void> {
    const down = { kpis: { availability_pct: 0, active_users: 0, traffic_gb: 0, fault_unavail_s: 900 } };
    await server.post(CELL_IDS.map((cell) => ({ ...ordinary(cell, period), ...(cell === 'ferry-2-A' && down) })));
    period++;
    await server.settled();
  }

  beforeAll(async () => {
    server = await RunningServer.start({ CELLSTAR_ZONE: 'Asia/Shanghai' });
    await server.putCells(CELLS);
    await server.post(periodsOf(CELL_IDS, 0, period));
    await lived();
    await lived();
    browser = await openBrowser();
    page = await openPage(browser);
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  it('is made from the chosen alert by keyboard, with a reason that is asked for', async () => {
    await page.goto(`${server.url}/?lang=en#/alerts`);
    await page.locator('[data-alert]').first().waitFor({ timeout: PATIENCE_MS });
    await page.keyboard.press('j');
    await page.keyboard.press('m');
    await page.getByLabel('Why nobody is to be called').waitFor({ timeout: PATIENCE_MS });
    expect(await page.getByRole('button', { name: /^Mute Enter/ }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: '4 h', exact: true }).click();
    await page.getByLabel('Why nobody is to be called').fill('New antennas');
    await page.getByLabel('Your name, asked once').fill('Ann');
    expect(await accessibilityViolations(page)).toEqual([]);
    await picture('mute-form-en');
    await page.keyboard.press('Enter');
    await page.locator('[data-alert]').first().waitFor({ state: 'detached', timeout: PATIENCE_MS });
    const { mutes } = (await server.ask<MuteList>('/api/mutes')).body;
    expect(mutes).toMatchObject([{ by: 'Ann', reason: 'New antennas', cells: ['ferry-2-A'], state: 'open', holds: 1 }]);
    const [{ window }] = mutes as [(typeof mutes)[0]];
    expect(Date.parse(window.to) - Date.parse(window.from)).toBe(4 * 3_600_000);
  });

  it('stands on its list with what it holds back; muted alerts show where that is asked', async () => {
    await page.goto(`${server.url}/?lang=en#/alerts?muted=1`);
    await page.reload();
    await see('holds back 1 alert now');
    await see('Ann: New antennas');
    await see('Nothing else is open: 1 alert muted.');
    await see(/^until \d\d:30$/);
    expect(await page.locator('[data-alert].muted').count()).toBe(1);
    expect(await page.locator('nav a[aria-current]').textContent()).not.toMatch(/\d/);
    expect(await accessibilityViolations(page)).toEqual([]);
    await picture('mutes-en-1280');
    await page.goto(`${server.url}/?lang=zh#/alerts?muted=1`);
    await see('当前压下 1 条告警');
    await page.setViewportSize({ width: 1600, height: 1000 });
    await picture('mutes-zh-1600');
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it('shows its cell as in planned works on the map, and itself on the cell page', async () => {
    await page.goto(`${server.url}/?lang=en#/map?site=ferry-2`);
    await see(/planned, muted until/);
    await picture('mute-map-en');
    await page.goto(`${server.url}/?lang=en#/cell/ferry-2-A`);
    await see(/muted until .* \(Ann: New antennas\)/);
    await page.locator('.u-over').first().waitFor({ timeout: PATIENCE_MS });
    await lived();
    await picture('mute-cell-en');
  });

  it('is ended by a press, and what it held back is on the list again', async () => {
    await page.goto(`${server.url}/?lang=en#/alerts`);
    await page.getByRole('button', { name: 'End, tell at once' }).click();
    await page.locator('[data-alert]').first().waitFor({ timeout: PATIENCE_MS });
    await see('Nothing is muted.');
    expect(page.errors).toEqual([]);
  });
});
