// The page of special days in a real browser: what to do when there are none, a day by hand, many at once, and one taken back.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CalendarList } from '../../server/api/contract.ts';
import { accessibilityViolations, chromiumMissing, openBrowser, openPage } from '../chromium.ts';
import { RunningServer } from '../flow/running-server.ts';

const PATIENCE_MS = 45_000;

describe.skipIf(chromiumMissing).sequential('the page of special days', { timeout: 120_000 }, () => {
  let server: RunningServer;
  let browser: Browser;
  let page: Page & { errors: string[] };

  const see = (text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: PATIENCE_MS });
  const known = async () => (await server.ask<CalendarList>('/api/calendar')).body.days;
  const nextYear = new Date().getUTCFullYear() + 1;

  beforeAll(async () => {
    server = await RunningServer.start({ CELLSTAR_ZONE: 'Asia/Shanghai' });
    browser = await openBrowser();
    page = await openPage(browser);
    await page.goto(`${server.url}/#/intake`);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  it('is reached from where data comes in, and says what to do while it is empty', async () => {
    await page.getByRole('link', { name: 'Special days' }).click();
    await see('No special days in the coming 12 months');
    await see(`curl -T calendar.csv -H 'Content-Type: text/csv' ${new URL(server.url).origin}/api/calendar`);
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it('adds a day by hand', async () => {
    await page.getByLabel('Day', { exact: true }).fill(`${nextYear}-02-07`);
    await page.getByLabel('Name', { exact: true }).fill('Spring Festival');
    await page.getByRole('button', { name: 'Add' }).click();
    await see('is in the calendar.');
    await page.locator(`tr[data-day="${nextYear}-02-07"]`, { hasText: 'Spring Festival' }).waitFor();
    expect(await known()).toEqual([{ date: `${nextYear}-02-07`, type: 'holiday', name: 'Spring Festival' }]);
  });

  it('takes many at once and says by line what was refused', async () => {
    await page
      .getByLabel('Paste CSV')
      .fill(
        `date,type,area,name\n${nextYear}-02-30,holiday,,\n${nextYear}-01-31,workday,,\n${nextYear}-03-06,event,Old Harbour,Match\n`,
      );
    await page.getByRole('button', { name: 'Send' }).click();
    await see('2 days taken.');
    await see(/line 2.*there is no such day/);
    await page.locator('tr[data-day]').nth(2).waitFor();
    expect(
      await page.locator('tr[data-day]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-day'))),
    ).toEqual([`${nextYear}-01-31`, `${nextYear}-02-07`, `${nextYear}-03-06`]);
  });

  it('takes a file, all of whose lines may be wrong', async () => {
    const buffer = Buffer.from('date,type\nsoon,holiday\n');
    await page.locator('input[type=file]').setInputFiles({ name: 'days.csv', mimeType: 'text/csv', buffer });
    await see(/line 2.*give a local day as 2026-10-01/);
    expect(await known()).toHaveLength(3);
  });

  it('takes a day back, and brings it again', async () => {
    await page.locator(`tr[data-day="${nextYear}-03-06"] button`).click();
    await see('is an ordinary day again.');
    expect((await known()).map(({ date }) => date)).not.toContain(`${nextYear}-03-06`);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page
      .locator(`tr[data-day="${nextYear}-03-06"]`, { hasText: 'Old Harbour' })
      .waitFor({ timeout: PATIENCE_MS });
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it('speaks Chinese, and keeps its contrast in light colours', async () => {
    await page.getByRole('button', { name: '中文' }).click();
    await see('添加一天');
    await see('节假日');
    await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'light'));
    await page.waitForTimeout(400);
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(page.errors).toEqual([]);
  });
});
