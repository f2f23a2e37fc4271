// The page in a real browser, on the real server: from an empty folder to an acknowledged alert, and through a lost connection.

import { createServer } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityViolations, chromiumMissing, countPixels, openBrowser, openPage } from '../chromium.ts';
import { CELL_IDS, CELLS, DAY, ordinary, periodsOf } from '../flow/network.ts';
import { RunningServer } from '../flow/running-server.ts';

const CRITICAL = '#ff4b55';
const PATIENCE_MS = 45_000;
const SICK = ['harbour-7-A', 'harbour-7-B', 'harbour-7-C'];
const DAYS = 15;

/** One period in which a whole site is off air, and the other cell is well. */
function siteDown(period: number): object[] {
  const down = { kpis: { availability_pct: 0, active_users: 0, traffic_gb: 0, fault_unavail_s: 900 } };
  return [...SICK.map((cell) => ({ ...ordinary(cell, period), ...down })), ordinary('ferry-2-A', period)];
}

/** The server must come back at the same address, for the page knows only that one. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const { port } = server.address() as { port: number };
        server.close(() => resolve(port));
      });
  });
}

describe.skipIf(chromiumMissing).sequential('the page', { timeout: 120_000 }, () => {
  let server: RunningServer;
  let browser: Browser;
  let page: Page & { errors: string[] };
  let period = DAYS * DAY;

  const see = (text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: PATIENCE_MS });
  const alertRow = () => page.locator('[data-alert]').first();
  const legend = async (health: string) => String(await page.locator(`.legend [data-health=${health}]`).textContent());
  const until = (condition: () => Promise<boolean>) => expect.poll(condition, { timeout: PATIENCE_MS }).toBe(true);

  beforeAll(async () => {
    server = await RunningServer.start({ PORT: String(await freePort()), CELLSTAR_ZONE: 'Asia/Shanghai' });
    browser = await openBrowser();
    page = await openPage(browser);
    await page.goto(server.url);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  it('says on the first start what to do next, with commands for this very address', async () => {
    await see('Nothing has arrived yet');
    await see(`curl -T cells.csv -H 'Content-Type: text/csv' ${new URL(server.url).origin}/api/inventory`);
    await see('no data yet');
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it('turns into a living map by itself once cells and readings arrive', async () => {
    await server.putCells(CELLS);
    await server.post(periodsOf(CELL_IDS, 0, DAYS * DAY));
    await server.settled();
    await page.locator('[data-ready=true]').waitFor({ timeout: PATIENCE_MS });
    await until(async () => /4\s*ok/.test(await legend('ok')));
    await see('All 4 cells are fine.');
    expect(await countPixels(page, '.map >> nth=0', CRITICAL)).toBe(0);
  });

  it('names the zone of its clock at every width, in both languages, and cuts nothing off', async () => {
    for (const lang of ['zh', 'en'])
      for (const width of [1280, 1440, 1920]) {
        await page.setViewportSize({ width, height: 800 });
        await page.goto(`${server.url}/?lang=${lang}#/alerts`);
        await page.locator('header .clock', { hasText: 'UTC+8' }).waitFor({ timeout: PATIENCE_MS });
        const beyond = await page.locator('header').evaluate((bar) => bar.scrollWidth - bar.clientWidth);
        expect(`${lang} ${width}: ${beyond}`).toBe(`${lang} ${width}: 0`);
      }
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`${server.url}/?lang=en#/map`);
    await page.locator('[data-ready=true]').waitFor({ timeout: PATIENCE_MS });
  });

  it('fits the width of a phone, in both languages', async () => {
    const phone = await openPage(browser, { viewport: { width: 390, height: 844 } });
    const paths = ['map', 'alerts', 'cells', `cell/${CELL_IDS[0]}`, 'coverage', 'capacity', 'stars', 'star'];
    for (const lang of ['zh', 'en'])
      for (const path of [...paths, 'predictions', 'dispatch', 'intake', 'calendar']) {
        await phone.goto(`${server.url}/?lang=${lang}#/${path}`);
        await phone.locator('main h1').first().waitFor({ state: 'attached', timeout: PATIENCE_MS });
        const beyond = await phone.evaluate(() =>
          [...document.querySelectorAll('html, header, main, main > *')].map(
            (one) => one.scrollWidth - one.clientWidth,
          ),
        );
        expect.soft(`${lang} ${path}: ${Math.max(...beyond)}`).toBe(`${lang} ${path}: 0`);
      }
    await phone.context().close();
  });

  it('shows a site that fails as an alert and in red, without a reload', async () => {
    for (let i = 0; i < 3; i++) await server.post(siteDown(period++));
    await alertRow().waitFor({ timeout: PATIENCE_MS });
    expect(await alertRow().textContent()).toMatch(/Old Harbour 7/);
    await until(async () => /3\s*critical/.test(await legend('critical')));
    await until(async () => (await countPixels(page, '.map >> nth=0', CRITICAL)) > 50);
  });

  it('has no serious flaw of accessibility on the map', async () => {
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it('lets a person read, acknowledge and comment an alert by keyboard alone', async () => {
    await page.keyboard.press('j');
    await see(/Clears when/);
    await page.keyboard.press('a');
    await page.keyboard.type('Generator on its way');
    await page.keyboard.press('Enter');
    await see('Being worked');
    const [alert] = await server.alerts('acknowledged');
    expect(alert?.history.at(-1)).toMatchObject({ what: 'acknowledged', comment: 'Generator on its way' });
    expect(page.url()).toContain('alert=');
  });

  it('tells the whole story of an alert on the alerts page', async () => {
    await page.keyboard.press('Enter');
    await see('Generator on its way');
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it('finds a cell by a piece of its name and draws its values', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('ferry 2-a');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await page.locator('h1', { hasText: 'Ferry Hill 2-A' }).waitFor({ timeout: PATIENCE_MS });
    const charts = page.locator('figure[data-kpi] canvas');
    await until(async () => (await charts.count()) >= 8);
    const inked = await charts.evaluateAll((canvases) =>
      canvases.every((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const pixels = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data;
        return pixels?.some((value) => value > 200) ?? false;
      }),
    );
    expect(inked).toBe(true);
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it('has the same values as a table', async () => {
    await page.getByRole('button', { name: 'Table' }).click();
    await until(async () => (await page.locator('tbody tr').count()) >= DAY);
    expect(page.url()).toContain('view=table');
  });

  it('lists all cells, the worst first, as the twin of the map', async () => {
    await page.keyboard.press('l');
    await page.locator('a.row').first().waitFor();
    expect(await page.locator('a.row .name').allInnerTexts()).toEqual([
      'Old Harbour 7-A',
      'Old Harbour 7-B',
      'Old Harbour 7-C',
      'Ferry Hill 2-A',
    ]);
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it('speaks Chinese from the first word on, with the inventory’s Chinese names', async () => {
    await page.getByRole('button', { name: '中文' }).click();
    await see('老港 7-A');
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    await page.locator('[data-alert]').first().waitFor({ timeout: PATIENCE_MS });
    expect(await alertRow().textContent()).toMatch(/老港 7/);
    await page.getByRole('button', { name: 'English' }).click();
    await until(async () => /Old Harbour 7/.test(String(await alertRow().textContent())));
  });

  it('keeps its contrast in light colours', async () => {
    await page.keyboard.press('?');
    await page.getByLabel('Light colours').check();
    await page.keyboard.press('Escape');
    // Colours of buttons change over 120 ms.
    await page.waitForTimeout(400);
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.keyboard.press('?');
    await page.getByLabel('Light colours').uncheck();
    await page.keyboard.press('Escape');
  });

  it('says louder than any alert that it is not live, and lets nobody act, until the server is back', async () => {
    await server.kill();
    await see(/This page is not live/);
    await page.locator('[data-alert]').first().locator('button').first().click();
    await see('acknowledging needs the connection');
    expect(await page.getByRole('button', { name: 'Assign' }).isDisabled()).toBe(true);
    await server.start();
    await page.getByText(/This page is not live/).waitFor({ state: 'detached', timeout: PATIENCE_MS });
    expect(await page.getByRole('button', { name: 'Assign' }).isDisabled()).toBe(false);
  });

  it('shows what happened since it is back', async () => {
    const ids = new Set((await server.alerts()).map((alert) => alert.id));
    for (let i = 0; i < 6; i++) await server.post(periodsOf(CELL_IDS, period, ++period));
    await until(async () => /4\s*ok/.test(await legend('ok')));
    expect((await server.alerts()).every((alert) => ids.has(alert.id))).toBe(true);
  });

  it('went through all of this without an error of its own', () => {
    expect(page.errors).toEqual([]);
  });
});
