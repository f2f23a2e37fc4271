// A real browser for tests, drawing WebGL in software, and what tests ask of a page.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const PLACES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executable = PLACES.find((place) => place !== undefined && existsSync(place));

/** Set when suites in a browser are left out; where everything must be there (`CI=true`) they run and fail. */
export const chromiumMissing = executable === undefined && process.env.CI !== 'true';

if (chromiumMissing) {
  console.warn('Left out: the tests in a browser. To run them: apt-get install chromium (or set CHROMIUM to its path)');
}

const SOFTWARE_GRAPHICS = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-gpu'];
const ALONE = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function openBrowser(): Promise<Browser> {
  if (!executable) throw new Error('chromium is missing: apt-get install chromium');
  return chromium.launch({ executablePath: executable, args: [...SOFTWARE_GRAPHICS, ...ALONE] });
}

/** A page that remembers what went wrong in it. */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<Page & { errors: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', ...options });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
  return Object.assign(page, { errors });
}

const axe = () => readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  id: string;
  impact: string | null;
  nodes: { html: string; failureSummary: string }[];
}

/** Serious and critical violations of accessibility on the page as it is, one line each; none is what is wanted. */
export async function accessibilityViolations(page: Page): Promise<string[]> {
  // Colours that are on their way are no colours to judge.
  await page.evaluate(() => {
    const moving = document.getAnimations().filter((one) => one instanceof CSSTransition);
    return Promise.all(moving.map(({ finished }) => finished.catch(() => undefined)));
  });
  await page.evaluate(axe());
  const violations = await page.evaluate(async () => {
    const { axe: checker } = window as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
    return (await checker.run()).violations;
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
}

/** How many pixels of a part of the page have about this colour, `#rrggbb`. */
export async function countPixels(page: Page, selector: string, hex: string): Promise<number> {
  const picture = (await page.locator(selector).screenshot()).toString('base64');
  return page.evaluate(
    async ([base64, colour]) => {
      const bytes = Uint8Array.from(atob(base64!), (character) => character.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d')!;
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, image.width, image.height);
      const wanted = [1, 3, 5].map((at) => Number.parseInt(colour!.slice(at, at + 2), 16));
      let count = 0;
      for (let i = 0; i < data.length; i += 4) {
        if (wanted.every((value, channel) => Math.abs(data[i + channel]! - value) <= 10)) count += 1;
      }
      return count;
    },
    [picture, hex],
  );
}
