// The planner's page in a real browser, on the real server: from no samples to a weak area with its numbers, by keyboard and in two languages.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CoverageAreaList } from '../../server/api/contract.ts';
import { accessibilityViolations, chromiumMissing, countPixels, openBrowser, openPage } from '../chromium.ts';
import { RunningServer } from '../flow/running-server.ts';

const PATIENCE_MS = 45_000;
/** The strongest step of the hue of weak coverage. */
const WEAKEST = '#f2a9cf';
const CENTRE = { lat: 36.1, lon: 120.4 };
const DISC_KM = 2.5;
/** A rectangle in the disc, a kilometre and a half from its middle. */
const WEAK = { west: 120.412, east: 120.422, south: 36.096, north: 36.104 };
const GOOD_SAMPLES = 14_000;
const WEAK_SAMPLES = 4_000;
const START = Date.parse('2026-03-16T08:00:00Z');
const KM_PER_DEGREE = 111.2;

const CELLS = [
  {
    id: 'ferry-9-A',
    siteId: 'ferry-9',
    name: 'Ferry Hill 9-A',
    nameZh: '渡口山 9-A',
    radio: 'LTE',
    band: 'B3',
    lat: 36.1,
    lon: 120.4,
    azimuthDeg: 270,
  },
  {
    id: 'ferry-9-B',
    siteId: 'ferry-9',
    name: 'Ferry Hill 9-B',
    nameZh: '渡口山 9-B',
    radio: 'LTE',
    band: 'B3',
    lat: 36.1,
    lon: 120.4,
    azimuthDeg: 90,
  },
];

/** Numbers between 0 and 1, the same in each run. */
function dice(): () => number {
  let state = 42;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const isWeak = (lat: number, lon: number) => lat > WEAK.south && lat < WEAK.north && lon > WEAK.west && lon < WEAK.east;

/** A disc of good samples around the site, without the rectangle; and the rectangle, with "not measured" among it. */
function samples(): object[] {
  const roll = dice();
  const all: object[] = [];
  const add = (lat: number, lon: number, rsrpDbm: number) =>
    all.push({
      at: START + all.length * 200,
      lat,
      lon,
      cell: lon < CENTRE.lon ? 'ferry-9-A' : 'ferry-9-B',
      radio: 'LTE',
      kind: 'drive',
      rsrpDbm,
    });
  while (all.length < GOOD_SAMPLES) {
    const [radius, turn] = [DISC_KM * Math.sqrt(roll()), 2 * Math.PI * roll()];
    const lat = CENTRE.lat + (radius * Math.sin(turn)) / KM_PER_DEGREE;
    const lon = CENTRE.lon + (radius * Math.cos(turn)) / KM_PER_DEGREE / Math.cos((CENTRE.lat * Math.PI) / 180);
    if (!isWeak(lat, lon)) add(lat, lon, -85 - 10 * roll());
  }
  for (let i = 0; i < WEAK_SAMPLES; i++) {
    const [lat, lon] = [WEAK.south + roll() * (WEAK.north - WEAK.south), WEAK.west + roll() * (WEAK.east - WEAK.west)];
    add(lat, lon, i % 10 === 0 ? -200 : i % 10 === 1 ? -100 : -113 - 5 * roll());
  }
  return all;
}

describe.skipIf(chromiumMissing).sequential('the planner’s page', { timeout: 120_000 }, () => {
  let server: RunningServer;
  let browser: Browser;
  let page: Page & { errors: string[] };

  const see = (text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: PATIENCE_MS });
  const row = () => page.locator('[data-area]').first();
  const cells = async () => (await row().locator('td').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
  const until = (condition: () => Promise<boolean>) => expect.poll(condition, { timeout: PATIENCE_MS }).toBe(true);
  const answer = async () =>
    (await server.ask<CoverageAreaList>('/api/coverage/areas?operator=ours&radio=LTE&kind=drive')).body;

  beforeAll(async () => {
    server = await RunningServer.start();
    browser = await openBrowser();
    page = await openPage(browser);
    page.on('console', (message) => {
      if (message.type() === 'error') page.errors.push(message.text());
    });
    await page.goto(`${server.url}/#/coverage`);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  it('says before the first sample what to do next, with a command for this very address', async () => {
    await see('No radio samples yet');
    await see(`curl --data-binary @log.txt -H 'Content-Type: text/csv' ${new URL(server.url).origin}/ingest/samples`);
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it('shows the weak rectangle as one area once samples have come, without a reload', async () => {
    await server.putCells(CELLS);
    const lines = samples().map((sample) => JSON.stringify(sample));
    const { status, body } = await server.send('/ingest/samples', 'application/x-ndjson', lines.join('\n'));
    expect({ status, accepted: body.accepted }).toEqual({ status: 202, accepted: lines.length });
    await server.settled();
    await row().waitFor({ timeout: PATIENCE_MS });
    expect(await page.locator('[data-area]').count()).toBe(1);
    expect(await page.locator('#areas-title').textContent()).toBe('1 weak area');
  });

  it('has the numbers of the doors in the table, and they are those of the rectangle', async () => {
    const { areas } = await answer();
    const [area] = areas;
    expect(areas).toHaveLength(1);
    expect(area!.weakShare).toBeGreaterThan(0.75);
    expect(area!.medianRsrpDbm).toBeLessThan(-112);
    expect(isWeak(area!.centre.lat, area!.centre.lon)).toBe(true);
    const texts = await cells();
    expect(texts[1]).toBe(area!.name);
    expect(texts[4]).toBe(`${Math.round(area!.weakShare * 100)} %`);
    expect(texts[5]).toBe(`${Math.round(area!.weakShareLow * 100)}–${Math.round(area!.weakShareHigh * 100)}`);
    expect(texts[6]).toBe(String(Math.round(area!.medianRsrpDbm)).replace('-', '−'));
  });

  it('draws the weak hexagons in their hue, and the area’s number beside them', async () => {
    await until(async () => (await countPixels(page, '.map >> nth=0', WEAKEST)) > 200);
    expect(await page.locator('.disc').first().textContent()).toBe('1');
  });

  it('is worked by keyboard: chosen by j, brought near by Enter, kept in the address', async () => {
    await page.keyboard.press('j');
    await page.locator('#area-title').waitFor({ timeout: PATIENCE_MS });
    const [area] = (await answer()).areas;
    expect(await page.locator('#area-title').textContent()).toBe(area!.name);
    await see(area!.cause.why);
    await see(area!.remedy.why);
    expect(new URL(page.url()).hash).toContain(`area=${encodeURIComponent(area!.id)}`);
    await page.locator('article').getByRole('link', { name: 'Ferry Hill 9-B' }).waitFor();
    await page.keyboard.press('Enter');
    await until(async () => Number(/view=([\d.]+)/.exec(page.url())?.[1]) >= 12.5);
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it('shows other pictures of the same hexagons, and says what their steps mean', async () => {
    for (const [name, scale] of [
      ['Median level', 'Median level, dBm'],
      ['Samples', 'Samples in each hexagon'],
      ['Against the rival', 'points against the best rival'],
      ['Weak share', 'Share of samples at or below −110 dBm'],
    ] as const) {
      await page.locator('.legend').getByRole('button', { name }).click();
      await see(scale);
    }
    expect(page.url()).not.toContain('show=');
  });

  it('tells of the hexagon under the pointer', async () => {
    const disc = (await page.locator('.disc').first().boundingBox())!;
    await page.mouse.move(disc.x + 60, disc.y + 60);
    await see(/weak of [\d,]+ samples|too few to say/);
  });

  it('links a report that holds the same area', async () => {
    const csv = await page.getByRole('link', { name: 'Weak areas as CSV' }).getAttribute('href');
    const report = await server.ask<string>(csv!);
    expect(report.status).toBe(200);
    expect(report.body.trim().split('\n')).toHaveLength(2);
    const html = await page.getByRole('link', { name: 'Report' }).getAttribute('href');
    expect((await server.ask<string>(html!)).body).toContain((await answer()).areas[0]!.name);
  });

  it('says in a sentence when a filter leaves nothing weak', async () => {
    await page.getByLabel('Outdoors or indoors').selectOption('1');
    await see(/No sample with a level passes this filter|No weak area/);
    expect(page.url()).toContain('indoor=1');
    await page.getByLabel('Outdoors or indoors').selectOption('');
    await row().waitFor({ timeout: PATIENCE_MS });
  });

  it('speaks Chinese, with the inventory’s Chinese names', async () => {
    await page.getByRole('button', { name: '中文' }).click();
    await see('1 个弱覆盖区');
    await page.locator('article').getByRole('link', { name: '渡口山 9-B' }).waitFor({ timeout: PATIENCE_MS });
    expect(await page.locator('article').textContent()).toMatch(/原因：/);
    await page.getByRole('button', { name: 'English' }).click();
    await see('1 weak area');
  });

  it('keeps its contrast in light colours', async () => {
    await page.keyboard.press('?');
    await page.getByLabel('Light colours').check();
    await page.keyboard.press('Escape');
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it('is reached from any page by g and o', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await page.locator('#cells-title').waitFor({ timeout: PATIENCE_MS });
    await page.keyboard.press('g');
    await page.keyboard.press('o');
    await row().waitFor({ timeout: PATIENCE_MS });
  });

  it('went through all of this without an error of its own', () => {
    expect(page.errors).toEqual([]);
  });
});
