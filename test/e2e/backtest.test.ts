// Trying a rule on a cell in a real browser, on the real server: a line, sliders, spells on the chart, and what did fire beside them.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityViolations, chromiumMissing, openBrowser, openPage } from '../chromium.ts';
import { CELL_IDS, CELLS, DAY, ordinary, periodsOf } from '../flow/network.ts';
import { RunningServer } from '../flow/running-server.ts';

const PATIENCE_MS = 120_000;
const DAYS = 15;
const CELL = 'ferry-2-A';

/** Delay is four times the usual in eight periods of the last day. */
function reading(cell: string, period: number) {
  const usual = ordinary(cell, period);
  const k = period - DAYS * DAY;
  return cell === CELL && k >= 40 && k < 48 ? { ...usual, kpis: { ...usual.kpis, latency_ms: 80 } } : usual;
}

describe.skipIf(chromiumMissing).sequential('would it have fired?', { timeout: 300_000 }, () => {
  let server: RunningServer;
  let browser: Browser;
  let page: Page & { errors: string[] };
  const sentence = (text: string | RegExp) => page.locator('.sum', { hasText: text }).waitFor({ timeout: PATIENCE_MS });

  beforeAll(async () => {
    server = await RunningServer.start({ CELLSTAR_ZONE: 'Asia/Shanghai' });
    await server.putCells(CELLS);
    await server.post(periodsOf(CELL_IDS, 0, DAYS * DAY));
    const lastDay = Array.from({ length: DAY }, (_, i) => DAYS * DAY + i);
    await server.post(lastDay.flatMap((period) => CELL_IDS.map((cell) => reading(cell, period))));
    await server.settled();
    browser = await openBrowser();
    page = await openPage(browser, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.goto(`${server.url}/#/cell/${CELL}`);
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  it('is a button on the cell’s page, and answers for a week at once', async () => {
    await page.getByRole('button', { name: 'Would it have fired?' }).click({ timeout: PATIENCE_MS });
    expect(page.url()).toContain('view=rule');
    await page.getByRole('combobox', { name: 'Value', exact: true }).selectOption('latency_ms');
    await page.getByRole('spinbutton').fill('50');
    await page.getByRole('spinbutton').press('Enter');
    await sentence(
      'Would have fired once, 0.1 a day. 1 beside an alert that did fire. No alert would have been missed.',
    );
    const row = page.locator('tr[data-outcome=both]');
    expect(await row.count()).toBe(1);
    expect(await row.textContent()).toMatch(/80.*Ferry Hill 2-A: delay/);
  });

  it('has a line on the chart that can be dragged away from what did fire', async () => {
    const slider = page.getByRole('slider', { name: 'Line' });
    await slider.focus();
    await slider.press('End');
    await sentence(/Would not have fired. 1 alert that did fire would have been missed./);
    expect(await page.locator('tr[data-outcome=only-did]').count()).toBe(1);
  });

  it('asks for more periods than there were', async () => {
    await page.getByRole('spinbutton').fill('50');
    await page.getByRole('spinbutton').press('Enter');
    await sentence('Would have fired once');
    await page.getByRole('slider', { name: 'Of the last' }).fill('12');
    await page.getByRole('slider', { name: 'Periods beyond it' }).fill('9');
    await sentence('Would not have fired');
    await page.getByRole('slider', { name: 'Periods beyond it' }).fill('8');
    await sentence('Would have fired once');
  });

  it('gives the rule as a command, and keeps all of it in the address', async () => {
    expect(await page.locator('code').first().textContent()).toMatch(
      /^npx cellstar backtest --from \S+Z --to \S+Z --cells ferry-2-A --rule 'latency_ms > 50 for 8 of 12'$/,
    );
    await page.reload();
    await sentence('Would have fired once');
    expect(await page.getByRole('spinbutton').inputValue()).toBe('50');
  });

  it('has no serious flaw of accessibility, and speaks Chinese', async () => {
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('button', { name: '中文' }).click();
    await sentence('会触发 1 次，每天 0.1 次。其中 1 次与实际告警同时。不会漏掉任何实际告警。');
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(page.errors).toEqual([]);
  });
});
