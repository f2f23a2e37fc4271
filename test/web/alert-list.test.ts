// The alert list as a person uses it: read at a glance, worked by keyboard, never moving under the pointer.

import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Alert } from '../../server/api/contract.ts';
import { sendKey } from '../../web/keys.ts';
import { setLanguage } from '../../web/text/language.svelte.ts';
import Frame from './AlertListFrame.svelte';
import { held } from './held.svelte.ts';
import { RAISED_AT, sampleAlert } from './sample-alert.ts';

const acts: string[][] = [];
let failure = '';
let frame: ReturnType<typeof mount>;

const list = (...alerts: Alert[]) => {
  held.alerts = new Map(alerts.map((alert) => [alert.id, alert]));
  flushSync();
};
const rows = () => [...document.querySelectorAll('[data-alert]')].map((row) => row.getAttribute('data-alert'));
const text = () => document.body.textContent?.replace(/\s+/g, ' ') ?? '';
const press = (act: Parameters<typeof sendKey>[0]) => {
  sendKey(act);
  flushSync();
};

describe('the alert list', () => {
  beforeEach(() => {
    // A DOM without a screen cannot scroll.
    Element.prototype.scrollIntoView = () => {};
    setLanguage('en');
    acts.length = 0;
    failure = '';
    Object.assign(held, { alerts: new Map(), stale: false, now: Date.parse(RAISED_AT) + 9 * 60_000 });
    frame = mount(Frame, {
      target: document.body,
      props: {
        held,
        onact: async (...act: string[]) => {
          if (failure) throw new Error(failure);
          acts.push(act);
        },
      },
    });
    flushSync();
  });
  afterEach(() => unmount(frame));

  it('says in two lines what is wrong, since when, and how long is left to acknowledge', () => {
    list(sampleAlert());
    expect(text()).toContain('Old Harbour 7-B: calls drop 5× as often');
    expect(text()).toContain('38 of 1,824 calls dropped');
    expect(text()).toContain('9 min');
    expect(text()).toContain('due 11 min');
  });

  it('heads the last column by what stands there: since when, or of what is over how long it lasted', () => {
    const heads = () => [...document.querySelectorAll('.group .time')].map((head) => head.textContent);
    const over = sampleAlert({ id: 'b', state: 'cleared', clearedAt: '2026-03-17T14:00:00.000Z' });
    list(sampleAlert(), over);
    expect(heads()).toEqual(['since', 'lasted']);
    list(over);
    expect(heads()).toEqual(['lasted']);
  });

  it('says what it does not know: people and stars are — with the reason', () => {
    list(sampleAlert());
    const unknown = [...document.querySelectorAll('[data-alert] [title*="subscribers"]')];
    expect(unknown.map((cell) => cell.textContent)).toEqual(['—', '—']);
  });

  it('shows how many people and stars are at stake in columns of their own, few people as <10', () => {
    const impact = { subscribers: 4212, byTier: {}, starsAtRisk: 312.4, rank: 9 };
    list(
      sampleAlert({ impact }),
      sampleAlert({ id: 'b', impact: { ...impact, subscribers: '<10', starsAtRisk: 0.3 } }),
    );
    const column = (name: string) =>
      [...document.querySelectorAll(`[data-alert] .${name}`)].map((cell) => cell.textContent);
    expect(column('people')).toEqual(['4,212', '<10']);
    expect(column('stars')).toEqual(['312', '0.3']);
  });

  it('says a sentence when there is nothing to do', () => {
    expect(text()).toContain('Nothing to do.');
  });

  it('marks what changed while the page was away', () => {
    list(sampleAlert({ id: 'missed' }));
    expect(text()).toContain('missed while away');
  });

  it('tells why and what would clear it once a row is chosen, by j, k and Escape', () => {
    list(sampleAlert(), sampleAlert({ id: 'b', severity: 'minor' }));
    press('next');
    expect(text()).toContain('Two periods inside the usual range.');
    expect(document.querySelector('.selected')?.getAttribute('data-alert')).toBe('a1');
    press('next');
    expect(document.querySelector('.selected')?.getAttribute('data-alert')).toBe('b');
    press('previous');
    expect(document.querySelector('.selected')?.getAttribute('data-alert')).toBe('a1');
    press('back');
    expect(document.querySelector('.selected')).toBeNull();
  });

  it('shows with a chosen wide alert what is part of it, the worst first', () => {
    const whole = sampleAlert({ id: 'region', scope: 'area', title: '12 cells: noise above usual at once' });
    const parts = (['minor', 'major'] as const).map((severity) =>
      sampleAlert({ id: severity, severity, partOf: 'region', title: `a ${severity} one` }),
    );
    list(whole, ...parts);
    press('next');
    const members = [...document.querySelectorAll('[data-member]')].map((row) => row.querySelector('a')?.textContent);
    expect(members).toEqual(['a major one', 'a minor one']);
    expect(rows()).toEqual(['region']);
  });

  it('draws 200 of many rows: beside the map it leads to the page of all, where the rest is drawn on demand', () => {
    const many = Array.from({ length: 230 }, (_, i) => sampleAlert({ id: `a${i}` }));
    list(...many);
    expect(rows()).toHaveLength(200);
    expect(text()).toContain('30 more on the alerts page');
    held.whole = true;
    flushSync();
    const more = () => [...document.querySelectorAll('button')].find((one) => one.textContent === 'Show 30 more');
    more()!.click();
    flushSync();
    expect(rows()).toHaveLength(230);
    expect(more()).toBeUndefined();
    held.whole = false;
  });

  const send = (words: string) => {
    const input = document.querySelector('form input') as HTMLInputElement;
    input.value = words;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    flushSync();
    input.form?.dispatchEvent(new Event('submit', { cancelable: true, bubbles: true }));
  };

  it('acknowledges the chosen alert with a message', async () => {
    list(sampleAlert());
    press('next');
    press('acknowledge');
    send('on it');
    await vi.waitFor(() => expect(document.querySelector('form')).toBeNull());
    expect(acts).toEqual([['a1', 'acknowledge', 'on it', undefined]]);
  });

  it('says in place why an act was not done, and keeps what was typed', async () => {
    failure = 'the viewer role does not act';
    list(sampleAlert());
    press('next');
    press('acknowledge');
    send('on it');
    await vi.waitFor(() => expect(text()).toContain('Not done: the viewer role does not act'));
    expect((document.querySelector('form input') as HTMLInputElement).value).toBe('on it');
  });

  it('keeps new rows waiting while the pointer is over the list', () => {
    list(sampleAlert());
    const area = document.querySelector('.rows')!;
    area.dispatchEvent(new Event('pointerenter'));
    list(sampleAlert(), sampleAlert({ id: 'new', severity: 'critical' }));
    expect(rows()).toEqual(['a1']);
    expect(text()).toContain('1 new');
    area.dispatchEvent(new Event('pointerleave'));
    flushSync();
    expect(rows()).toEqual(['new', 'a1']);
  });

  it('shows clock times instead of durations, and lets nobody act, when it is not live', () => {
    list(sampleAlert());
    press('next');
    held.stale = true;
    flushSync();
    expect(text()).toContain('13:38');
    expect(text()).toContain('acknowledging needs the connection');
    expect((document.querySelector('.acts .main') as HTMLButtonElement).disabled).toBe(true);
  });

  it('speaks Chinese at once', () => {
    list(sampleAlert());
    setLanguage('zh');
    flushSync();
    expect(text()).toContain('1 条告警');
    expect(text()).toContain('待接手');
  });

  it('shows only the severities that were chosen', () => {
    list(sampleAlert(), sampleAlert({ id: 'b', severity: 'minor' }));
    const click = (name: string) => {
      [...document.querySelectorAll('button')].find((button) => button.textContent?.trim() === name)?.click();
      flushSync();
    };
    click('Filter');
    click('minor');
    expect(rows()).toEqual(['b']);
  });
});
