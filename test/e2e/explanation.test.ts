// The explanation of an alert in a real browser: cause, shares, what moved and what was like it, in both languages and themes.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityViolations, chromiumMissing, openBrowser, openPage } from '../chromium.ts';
import { CELL_IDS, CELLS, DAY, ordinary } from '../flow/network.ts';
import { RunningServer } from '../flow/running-server.ts';

const PATIENCE_MS = 45_000;
const DAYS = 15;

/** Uplink noise beside ordinary life; on the sick cell setups fail and the uplink is slow. */
function reading(cell: string, period: number, isSick = false) {
  const { kpis, ...rest } = ordinary(cell, period);
  const ripple = (period % 7) / 10;
  const noisy = { ul_interference_dbm: -96 + ripple, setup_successes: Math.round(kpis.setup_attempts * 0.72) };
  const own = { ul_throughput_mbps: 12 + ripple, ul_interference_dbm: -112 + ripple };
  return { ...rest, kpis: { ...kpis, ...own, ...(isSick && { ...noisy, ul_throughput_mbps: 3 }) } };
}

describe.skipIf(chromiumMissing).sequential('the explanation on the alerts page', { timeout: 120_000 }, () => {
  let server: RunningServer;
  let browser: Browser;
  let page: Page & { errors: string[] };
  let period = DAYS * DAY;

  async function live(periods: number, sick?: string): Promise<void> {
    for (let i = 0; i < periods; i++, period++)
      await server.post(CELL_IDS.map((cell) => reading(cell, period, cell === sick)));
    await server.settled();
  }

  const open = async (lang: string) => {
    const alert = (await server.alerts('open')).find(({ cells }) => cells.includes('harbour-7-B'))!;
    await page.goto(`${server.url}/?lang=${lang}#/alerts?alert=${alert.id}`);
    await page.locator('[data-cause]').waitFor({ timeout: PATIENCE_MS });
  };

  beforeAll(async () => {
    server = await RunningServer.start({ CELLSTAR_ZONE: 'Asia/Shanghai' });
    await server.putCells(CELLS);
    await server.post(Array.from({ length: DAYS * DAY }, (_, i) => CELL_IDS.map((cell) => reading(cell, i))).flat());
    await live(4, 'harbour-7-A');
    const earlier = (await server.alerts())[0]!;
    await live(8);
    const body = JSON.stringify({ by: 'Day desk', comment: 'Repeater at the ferry switched off' });
    await server.send(`/api/alerts/${earlier.id}/comment`, 'application/json', body);
    await live(4, 'harbour-7-B');
    browser = await openBrowser();
    page = await openPage(browser);
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  it('says the likely cause first, then the first step', async () => {
    await open('en');
    expect(await page.locator('[data-cause]').getAttribute('data-cause')).toBe('interference');
    await page.getByText('Likely cause').waitFor();
    await page.getByText('First step').waitFor();
    await page
      .getByText(/^Clears when the .+ is at (least|most) .+ periods in a row/)
      .first()
      .waitFor();
  });

  it('leads from what else moved to that cell, and tells what mended the one like it', async () => {
    await page.getByRole('heading', { name: /^Also moved/ }).waitFor();
    const moved = page.locator('aside a[href*="#/cell/harbour-7-B"]');
    expect(await moved.count()).toBeGreaterThan(1);
    expect(await page.locator('aside svg path').count()).toBeGreaterThan(0);
    await page.getByText('Repeater at the ferry switched off').first().waitFor();
  });

  it.each(['dark', 'light'])('has no flaw of accessibility in the %s theme', async (theme) => {
    await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme);
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it('reads in Chinese, and fits at 1280', async () => {
    await open('zh');
    await page.getByText('可能原因').waitFor();
    await page.setViewportSize({ width: 1280, height: 800 });
    const overflow = await page.locator('aside').evaluate((one) => one.scrollWidth - one.clientWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    expect(page.errors).toEqual([]);
  });
});
