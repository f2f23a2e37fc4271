// The pages of stars in a real browser, on the real server: from nobody known to a person's reasons, and people on every alert.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StarSummary } from '../../server/api/contract.ts';
import { accessibilityViolations, chromiumMissing, openBrowser, openPage } from '../chromium.ts';
import { CELL_IDS, CELLS, DAY, ordinary, periodsOf } from '../flow/network.ts';
import { RunningServer } from '../flow/running-server.ts';

const PATIENCE_MS = 30_000;
/** A week to compare with, and two days before it. */
const DAYS = 9;
const DARK = 'ferry-2-A';
const DARK_PERIODS = 16;
const PEOPLE = 300;
/** The first of them are mostly on the cell that goes off air. */
const ON_DARK = 120;
/** Few enough that they may not be counted. */
const DIAMONDS = 4;

const rawId = (person: number) => `139770${String(person).padStart(5, '0')}`;
const tierOf = (person: number) => (person < DIAMONDS ? 'diamond' : (['gold', 'silver', '3'] as const)[person % 3]!);
const people = Array.from({ length: PEOPLE }, (_, person) => person);
const subscribersCsv = [
  'subscriber,tier,plan,price,tenure_months,monthly_spend,minutes,data_gb',
  ...people.map((person) => `${rawId(person)},${tierOf(person)},Tide 60,59,41,62,300,${10 + (person % 7)}`),
].join('\n');
const exposureCsv = [
  'subscriber,cell,share',
  ...people.map((person) => `${rawId(person)},${person < ON_DARK ? DARK : CELL_IDS[person % 3]},1`),
].join('\n');

function darkPeriod(period: number): object[] {
  const down = { availability_pct: 0, active_users: 0, traffic_gb: 0, fault_unavail_s: 900 };
  return CELL_IDS.map((cell) => (cell === DARK ? { ...ordinary(cell, period), kpis: down } : ordinary(cell, period)));
}

describe.skipIf(chromiumMissing).sequential('the pages of stars', { timeout: 120_000 }, () => {
  let server: RunningServer;
  let browser: Browser;
  let page: Page & { errors: string[] };
  const told: string[] = [];

  const see = (text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: PATIENCE_MS });
  const open = (hash: string) => page.evaluate((next) => window.location.assign(next), hash);
  const until = (condition: () => Promise<boolean>) => expect.poll(condition, { timeout: PATIENCE_MS }).toBe(true);
  const dark = () => page.locator('[data-alert]', { hasText: 'Ferry Hill 2' }).first();
  const field = () => page.getByLabel('Number or pseudonym');

  async function everythingOfThePage(): Promise<string> {
    const inside = await page.evaluate(() =>
      [document.documentElement.outerHTML, JSON.stringify(localStorage), JSON.stringify(sessionStorage)].join(),
    );
    const typed = await page
      .locator('input')
      .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
    return [page.url(), inside, ...typed].join();
  }

  beforeAll(async () => {
    server = await RunningServer.start({ CELLSTAR_ZONE: 'Asia/Shanghai' });
    await server.putCells(CELLS);
    await server.post(periodsOf(CELL_IDS, 0, DAYS * DAY));
    await server.settled();
    browser = await openBrowser();
    page = await openPage(browser);
    page.on('console', (message) => message.type() === 'error' && told.push(message.text()));
    page.on('request', (request) => told.push(...(request.url().includes('139770') ? [request.url()] : [])));
    await page.goto(`${server.url}/#/stars`);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  it('say, while nobody is known, what to send, with commands for this very address', async () => {
    await see('No people are known yet');
    const door = `${new URL(server.url).origin}/ingest/subscribers`;
    await see(`curl -H 'Content-Type: text/csv' --data-binary @people.csv ${door}`);
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it('show on an alert how many people and stars are at stake once people are known', async () => {
    expect((await server.send('/ingest/subscribers', 'text/csv', subscribersCsv)).body.accepted).toBe(PEOPLE);
    expect((await server.send('/ingest/exposure', 'text/csv', exposureCsv)).body.accepted).toBe(PEOPLE);
    for (let i = 0; i < DARK_PERIODS; i++) await server.post(darkPeriod(DAYS * DAY + i));
    await server.settled();
    await open('#/alerts');
    await dark().waitFor({ timeout: PATIENCE_MS });
    expect(await dark().locator('.people').textContent()).toBe(String(ON_DARK));
    expect(Number(await dark().locator('.stars').textContent())).toBeGreaterThan(0);
  });

  it('tell in its story whom by tier, the few unnumbered, and who has no other cover', async () => {
    await dark().locator('button').first().click();
    await see('People and stars');
    const story = await page.locator('aside').textContent();
    expect(story).toMatch(/120 people usually use/);
    expect(story).toMatch(/No other cover\s*All\s*120\s*120/);
    expect(story).toMatch(/Diamond\s*<10/);
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it('sort alerts by impact and keep that in the address', async () => {
    await page.getByRole('button', { name: 'By impact' }).click();
    await see('by impact on people');
    expect(page.url()).toContain('sort=impact');
  });

  it('show stars by area and tier, in a light page that says what moved', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await page.locator('h1', { hasText: /^Stars / }).waitFor({ timeout: PATIENCE_MS });
    const { body } = await server.ask<StarSummary>('/api/stars/summary?by=area&across=tier');
    expect(await page.locator('tbody tr th').count()).toBeGreaterThanOrEqual(body.groups.length);
    expect(await page.locator('.left').textContent()).toContain(`${PEOPLE} people`);
    await until(async () => (await page.locator('.box.hatched').count()) > 0);
    expect(await page.locator('html').getAttribute('data-theme')).toBe('light');
    await see('Open alerts that cost most stars');
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it('lead from a typed number to a person’s reasons, with the cell that failed, and keep the number nowhere', async () => {
    await page.getByRole('link', { name: 'Look someone up' }).click();
    await field().fill(rawId(20));
    await field().press('Enter');
    await see('The number you typed was turned into this pseudonym and not kept.');
    await page.locator('[data-dimension=network]').waitFor({ timeout: PATIENCE_MS });
    expect(page.url()).toMatch(/#\/star\/p-[0-9a-f]{16}$/);
    expect(await field().inputValue()).toMatch(/^p-[0-9a-f]{16}$/);
    expect(await everythingOfThePage()).not.toContain(rawId(20));
    const links = page.locator('[data-dimension=network] .reasons a');
    expect(await links.first().textContent()).toBe('Ferry Hill 2-A');
    expect(await links.first().getAttribute('href')).toBe(`#/cell/${DARK}`);
  });

  it('say what is wrong there now, and that its end is not known', async () => {
    await see('Wrong there now');
    await see(/Not known\. Nobody has given a time/);
    await see(/We know what is wrong where you use your phone: Ferry Hill 2/);
    await see('No exact minute. Nothing is known about the end.');
    expect(await page.locator('[data-dimension=network] td').count()).toBeGreaterThan(7 * 24);
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it('keep their contrast in the dark', async () => {
    await page.evaluate(() => localStorage.setItem('cellstar.theme', 'dark'));
    await page.reload();
    await see('Wrong there now');
    expect(await accessibilityViolations(page)).toEqual([]);
    await open('#/stars');
    await see('What moved the score');
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.evaluate(() => localStorage.removeItem('cellstar.theme'));
    await page.reload();
  });

  it('say in place that nobody has a number', async () => {
    await open('#/star');
    await field().fill('139770999999');
    await field().press('Enter');
    await see('Nobody has this number.');
    expect(await everythingOfThePage()).not.toContain('139770999999');
  });

  it('take a number that was written into the address out of it', async () => {
    await open(`#/star/${rawId(21)}`);
    await page.locator('[data-dimension=network]').waitFor({ timeout: PATIENCE_MS });
    expect(await everythingOfThePage()).not.toContain(rawId(21));
  });

  it('speak Chinese', async () => {
    await page.getByRole('button', { name: '中文' }).click();
    await see('当前的问题');
    await see('可以这样说');
    await until(async () =>
      /渡口山 2-A/.test(String(await page.locator('[data-dimension=network] .reasons').textContent())),
    );
    await open('#/stars');
    await see('哪些因素改变了得分');
    expect(await page.locator('h1').first().textContent()).toMatch(/星/);
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'English' }).click();
  });

  it('went through all of this without an error of their own, and without a number in any address asked for', () => {
    expect(page.errors).toEqual([]);
    // A browser tells of the one answer that said nobody has the number.
    expect(told.filter((line) => !/status of 404/.test(line))).toEqual([]);
  });
});
