// The page of capacity in a real browser: what to do while nothing is known, nothing claimed while it learns, then dates and steps.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityViolations, chromiumMissing, openBrowser, openPage } from '../chromium.ts';
import { RunningServer } from '../flow/running-server.ts';

const PATIENCE_MS = 45_000;
const HOUR = 3_600_000;
/** A Monday. */
const FROM = Date.UTC(2026, 2, 2);
const FULL_USERS = 200;
const NAMES: Record<string, string> = { a: 'Old Harbour 7-A', b: 'Ferry Hill 2-B', c: 'Kestrel Ridge 1-C' };

/** From the fourth week on the first cell fills up, to the brim on day 65. */
const busyOf: Record<string, (day: number) => number> = {
  a: (day) => 80 * (FULL_USERS / 80) ** (Math.max(0, day - 25) / 40),
  b: () => 90,
  c: () => 60,
};
const swing = (n: number) => 1 + 0.06 * Math.sin(12.9898 * n + 4.1 * Math.sin(n));
const shapeOf = (hour: number) => 0.3 + 0.7 * Math.exp(-(((hour - 19) / 5) ** 2));

function readingsOf(from: number, to: number) {
  return Object.entries(busyOf).flatMap(([cell, busy], i) =>
    Array.from({ length: (to - from) * 24 }, (_, n) => {
      const hour = from * 24 + n;
      const users = busy(Math.floor(hour / 24)) * shapeOf(hour % 24) * swing(hour + 977 * i);
      const kpis = { active_users: users, prb_util_pct: 100 * (1 - Math.exp((-2.2 * users) / FULL_USERS)) };
      return { cell, at: FROM + (hour + 1) * HOUR, periodSeconds: 3600, kpis };
    }),
  );
}

describe.skipIf(chromiumMissing).sequential('the page of capacity', { timeout: 120_000 }, () => {
  let server: RunningServer;
  let browser: Browser;
  let page: Page & { errors: string[] };

  const see = (text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: PATIENCE_MS });
  const send = async (path: string, method: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(server.url + path, { method, headers, body: JSON.stringify(body) });
    expect(answer.status).toBeLessThan(300);
  };
  const live = async (from: number, to: number) => {
    await send('/ingest/readings', 'POST', { readings: readingsOf(from, to) });
    await server.settled();
  };

  beforeAll(async () => {
    server = await RunningServer.start();
    await send('/api/inventory', 'PUT', {
      cells: Object.entries(NAMES).map(([id, name], i) => ({
        ...{ id, name, siteId: `s${i}`, radio: 'LTE', lat: 50 + i / 1000, lon: 8, azimuthDeg: 0 },
      })),
    });
    browser = await openBrowser();
    page = await openPage(browser);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  it('says what to send while nothing is known, and claims nothing', async () => {
    await page.goto(`${server.url}/#/capacity`);
    await see('How full cells are is not known yet');
    await see(/send active_users and prb_util_pct/);
    expect(await page.getByText(/No cell is likely/).count()).toBe(0);
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it('says from when on it can tell while it learns, of the network and of each cell', async () => {
    await live(0, 11);
    await page.reload();
    await see('Busy hours are being learned until 23 Mar');
    expect(await page.getByText(/No cell is likely/).count()).toBe(0);
    await page.getByRole('link', { name: 'Cells that are being learned' }).click();
    await see('Being learned: 10 of 21 days are known');
    await see(/told from 23 Mar/);
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it('shows by when a cell will be full, why, and what would put that off', async () => {
    await live(11, 52);
    await page.goto(`${server.url}/#/capacity`);
    await page.reload();
    await see('0 cells are full in the busy hour, 1 may be within half a year');
    const row = page.locator('tbody tr', { hasText: NAMES.a! }).first();
    await row.waitFor();
    expect(await row.textContent()).toMatch(/May.*–.*%/);
    await see(/The busy hour grows by \d+(\.\d)? % a week/);
    await page.getByRole('cell', { name: 'Second carrier' }).first().waitFor();
    await see('How many people each cell serves is not known');
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it('speaks Chinese, and keeps its contrast in light colours', async () => {
    await page.getByRole('button', { name: '中文' }).click();
    await see('0 个小区忙时已满载，1 个半年内可能满载');
    await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'light'));
    await page.waitForTimeout(400);
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(page.errors).toEqual([]);
  });
});
