// The page Data in: what the list of senders says, in which order, and what stands on it.

import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sendKey } from '../../web/keys.ts';
import {
  clockText,
  headline,
  inOrder,
  namesOf,
  refusedShare,
  type Sender,
  stateOf,
} from '../../web/pages/intake/senders.ts';
import { en } from '../../web/text/en.ts';
import { setLanguage } from '../../web/text/language.svelte.ts';
import { zh } from '../../web/text/zh.ts';
import Frame from './SendersFrame.svelte';

const sender = (id: string, more: Partial<Sender> = {}): Sender => ({
  id,
  newestAt: '2026-03-17T21:45:00.000Z',
  heardAt: '2026-03-17T21:50:00.000Z',
  expectedAt: null,
  periodSeconds: 900,
  ...{ readings: 100, samples: 0, rejected: 0, late: 0, doubled: 0 },
  lastDay: { accepted: 100, rejected: 0 },
  ...{ usualGapMs: 900_000, gapMs: 1000, longestGapMs: 900_000 },
  delaySeconds: { p50: 300, p95: 400 },
  clock: { skewSeconds: 0, verdict: 'ok' },
  quiet: false,
  cells: { expected: 10, seen: 10 },
  lastRejection: null,
  ...more,
});
const quiet = sender('pm/ridge', { quiet: true });
const refusing = sender('readings/oss', { lastDay: { accepted: 50, rejected: 50 } });
const zone = sender('lines/east', { clock: { skewSeconds: -28_800, verdict: 'zone?' } });
const well = sender('readings/a');

describe('a sender', () => {
  it('is in the worst state that holds', () => {
    expect([quiet, refusing, zone, sender('x', { cells: { expected: 10, seen: 9 } }), well].map(stateOf)).toEqual([
      'quiet',
      'refusing',
      'wrong-clock',
      'late',
      'well',
    ]);
    // A handful of bad rows on a quiet day is nothing to look at.
    expect(stateOf(sender('x', { lastDay: { accepted: 5, rejected: 5 } }))).toBe('well');
    // Of whom nothing at all could be taken does not deliver: an address that does not answer, a file that cannot be read.
    expect(stateOf(sender('x', { lastDay: { accepted: 0, rejected: 1 } }))).toBe('refusing');
  });

  it('is named by its door and its own name', () => {
    expect([namesOf(quiet), namesOf(sender('inventory'))]).toEqual([
      { door: 'pm', name: 'ridge' },
      { door: '', name: 'inventory' },
    ]);
  });

  it('tells of its clock and of what was refused in words and figures', () => {
    expect([clockText(zone, en), clockText(zone, zh), clockText(well, en)]).toEqual([
      '8\u00a0h behind: zone?',
      '慢 8\u00a0小时：时区？',
      'right',
    ]);
    expect([
      refusedShare(refusing),
      refusedShare(well),
      refusedShare(sender('x', { lastDay: { accepted: 0, rejected: 0 } })),
    ]).toEqual(['50\u00a0%', '0\u00a0%', undefined]);
  });
});

describe('all senders', () => {
  it('stand worst first, and can be found by name', () => {
    const all = [well, zone, refusing, quiet];
    expect(inOrder(all, '').map(({ id }) => id)).toEqual(['pm/ridge', 'readings/oss', 'lines/east', 'readings/a']);
    expect(inOrder(all, ' READ').map(({ id }) => id)).toEqual(['readings/oss', 'readings/a']);
  });

  it('are summed up in one sentence', () => {
    expect(headline([], en)).toBe('No sender has delivered yet');
    expect(headline([well], en)).toBe('The one sender delivers');
    expect(headline([well, sender('b')], en)).toBe('All 2 senders deliver');
    expect(headline([well, quiet, refusing, zone], en)).toBe(
      '1 sender is quiet, much of 1 sender is refused, 1 clock needs a look',
    );
    expect(headline([quiet], zh)).toBe('1 个数据源中断');
  });
});

describe('the table of senders', () => {
  let frame: ReturnType<typeof mount> | undefined;
  beforeEach(() => {
    Element.prototype.scrollIntoView = () => {};
    setLanguage('en');
    frame = mount(Frame, { target: document.body, props: { senders: [quiet, well] } });
    flushSync();
  });
  afterEach(() => {
    if (frame) unmount(frame);
  });
  const chosen = () => document.querySelector('tr.chosen')?.getAttribute('data-source');

  it('says each state in words, and shows when, how late, how complete and how much was refused', () => {
    const [, name, door, newest, delay, gap, cells, share, clock, last] = [
      ...document.querySelectorAll('tr[data-source="readings/a"] td'),
    ].map((cell) => cell.textContent?.replace(/\s+/g, ' ').trim());
    expect([name, door, newest, delay, gap]).toEqual(['a, delivers', 'readings', '21:45', '5 min', '10 min']);
    expect([cells, share, clock, last]).toEqual(['10 / 10', '0 %', 'right', '—']);
  });

  it('is walked through with j and k, and left with Esc', () => {
    const press = (act: Parameters<typeof sendKey>[0]) => {
      sendKey(act);
      flushSync();
      return chosen();
    };
    expect([press('next'), press('next'), press('next'), press('previous'), press('back')]).toEqual([
      'pm/ridge',
      'readings/a',
      'readings/a',
      'pm/ridge',
      undefined,
    ]);
  });
});
