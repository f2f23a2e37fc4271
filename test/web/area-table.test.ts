// The ranked table of weak areas as a planner uses it: read at a glance, walked by keyboard, each row with its evidence.

import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CoverageArea } from '../../server/api/contract.ts';
import { sendKey } from '../../web/keys.ts';
import { setLanguage } from '../../web/text/language.svelte.ts';
import Frame from './AreaTableFrame.svelte';
import { sampleArea } from './sample-area.ts';

let frame: ReturnType<typeof mount> | undefined;

const show = (...areas: CoverageArea[]) => {
  frame = mount(Frame, { target: document.body, props: { areas } });
  flushSync();
};
const row = (id: string) => document.querySelector(`[data-area="${id}"]`);
const textsOf = (id: string) =>
  [...row(id)!.querySelectorAll('td')].map((cell) => cell.textContent?.replace(/\s+/g, ' ').trim());
const detail = () => document.querySelector('article')?.textContent?.replace(/\s+/g, ' ') ?? '';
const press = (act: Parameters<typeof sendKey>[0]) => {
  const done = sendKey(act);
  flushSync();
  return done;
};

describe('the table of weak areas', () => {
  beforeEach(() => {
    Element.prototype.scrollIntoView = () => {};
    setLanguage('en');
  });
  afterEach(() => {
    if (frame) unmount(frame);
    frame = undefined;
  });

  it('ranks them, with share, interval, median, people, complaints, cause and remedy', () => {
    show(sampleArea());
    const [number, name, rules, , share, interval, median, people, complaints, cause, remedy] = textsOf('a1');
    expect([number, name, rules]).toEqual(['1', 'Ferry Hill, east slope', 'cluster, cell']);
    expect([share, interval, median, people, complaints]).toEqual(['38 %', '35–41', '−113', '1,240', '21']);
    expect([cause, remedy]).toEqual(['distance', 'new site']);
  });

  it('keeps the order of the list and numbers it', () => {
    show(sampleArea({ id: 'b', name: 'Second' }), sampleArea());
    expect(textsOf('b')[0]).toBe('1');
    expect(textsOf('a1')[0]).toBe('2');
  });

  it('says what is not known: people not loaded, too few to be shown', () => {
    show(
      sampleArea({ people: undefined, complaints: undefined }),
      sampleArea({ id: 'b', people: '<10', complaints: 'hidden' }),
    );
    expect(textsOf('a1').slice(7, 9)).toEqual(['—', '—']);
    expect(row('a1')!.querySelectorAll('[title*="have not been loaded"]')).toHaveLength(2);
    expect(textsOf('b').slice(7, 9)).toEqual(['<10', '—']);
    expect(row('b')!.querySelector('[title*="Too few people"]')).not.toBeNull();
  });

  it('is walked by j, k and Escape, and stops at its ends', () => {
    show(sampleArea(), sampleArea({ id: 'b', name: 'Second' }));
    press('next');
    expect(row('a1')!.classList.contains('selected')).toBe(true);
    press('next');
    press('next');
    expect(row('b')!.classList.contains('selected')).toBe(true);
    press('previous');
    press('previous');
    expect(row('a1')!.classList.contains('selected')).toBe(true);
    press('back');
    expect(document.querySelector('.selected')).toBeNull();
    expect(press('back')).toBe(false);
  });

  it('tells of the chosen one why, what would mend it, how sure that is and which cells serve it', () => {
    show(sampleArea());
    row('a1')!.querySelector('button')!.click();
    flushSync();
    expect(row('a1')!.querySelector('button')!.getAttribute('aria-pressed')).toBe('true');
    expect(detail()).toContain('Cause: distance');
    expect(detail()).toContain('The best server is 1.9 km away behind the ridge.');
    expect(detail()).toContain('Remedy: new site');
    expect(detail()).toContain('38 % (35–41) at or below −110 dBm');
    expect(detail()).toContain('9,310, 212 more without a level');
    expect(detail()).toContain('1,240 people · 21 complaints · ★ 64');
    const link = document.querySelector('article a')!;
    expect(link.textContent).toBe('Ferry Hill 9-B');
    expect(link.getAttribute('href')).toBe('#/cell/ferry-9-B');
    expect(link.closest('tr')!.textContent).toContain('1.9');
  });

  it('names the rival where one is better', () => {
    show(sampleArea({ rival: { operator: 'Other Mobile', difference: 0.12, samples: 3200 } }));
    press('next');
    expect(detail()).toContain('Other Mobile: 12 points better, 3,200 samples');
  });

  it('shows at most two hundred rows and says how many more the CSV has', () => {
    show(...Array.from({ length: 203 }, (_, i) => sampleArea({ id: String(i) })));
    expect(document.querySelectorAll('[data-area]')).toHaveLength(200);
    expect(document.body.textContent).toContain('3 more in the CSV');
  });

  it('speaks Chinese at once', () => {
    show(sampleArea());
    press('next');
    setLanguage('zh');
    flushSync();
    expect(textsOf('a1').slice(9)).toEqual(['距离远', '新建站']);
    expect(detail()).toContain('原因：距离远');
  });
});
