// When a mute is open: once, each day or each week by local clocks, and never after it was ended.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextWindow, type Window, windowsBegun } from '../../server/alerts/mute-windows.ts';
import { DAY_MS, HOUR_MS, localTime } from '../../server/maths/local-time.ts';

const berlin = localTime('Europe/Berlin');
const utc = localTime('UTC');
const clockOf = (at: number) => new Date(berlin.local(at)).toISOString().slice(11, 16);

describe('a mute', () => {
  test('that is not repeated has one window, before which it waits', () => {
    const mute = { from: 10 * HOUR_MS, to: 12 * HOUR_MS };
    expect(windowsBegun(mute, 9 * HOUR_MS, utc, 2)).toEqual([]);
    expect(nextWindow(mute, 9 * HOUR_MS, utc)).toEqual(mute);
    expect(windowsBegun(mute, 10 * HOUR_MS, utc, 2)).toEqual([mute]);
    expect(nextWindow(mute, 10 * HOUR_MS, utc)).toBeUndefined();
  });

  test('that is repeated daily keeps its local hours where clocks change', () => {
    // 02:00 to 05:30 local time from Friday on; clocks go forward on Sunday, 2026-03-29, at 02:00.
    const mute = { from: Date.UTC(2026, 2, 27, 1), to: Date.UTC(2026, 2, 27, 4, 30), repeat: 'daily' as const };
    const days = windowsBegun(mute, Date.UTC(2026, 2, 31, 12), berlin, 10).reverse();
    expect(days.map(({ to }) => clockOf(to))).toEqual(['05:30', '05:30', '05:30', '05:30', '05:30']);
    expect(days.map(({ from }) => clockOf(from))).toEqual(['02:00', '02:00', '03:00', '02:00', '02:00']);
  });

  test('that is repeated weekly ends with the last window that begins by its end', () => {
    const from = Date.UTC(2026, 2, 3, 22);
    const mute = { from, to: from + 3 * HOUR_MS, repeat: 'weekly' as const, until: from + 15 * DAY_MS };
    const all = windowsBegun(mute, from + 100 * DAY_MS, utc, 10);
    expect(all.map((window) => (window.from - from) / DAY_MS)).toEqual([14, 7, 0]);
    expect(nextWindow(mute, from + 14 * DAY_MS, utc)).toBeUndefined();
  });

  test('that was ended by hand is cut there, and opens no more', () => {
    const mute = { from: 0, to: 4 * HOUR_MS, repeat: 'daily' as const, endedAt: DAY_MS + HOUR_MS };
    expect(windowsBegun(mute, 10 * DAY_MS, utc, 3)).toEqual([
      { from: DAY_MS, to: DAY_MS + HOUR_MS },
      { from: 0, to: 4 * HOUR_MS },
    ]);
    const ended = { at: 0, by: 'Ann', role: 'engineer', atOnce: true };
    expect(windowsBegun({ ...mute, ended }, 10 * DAY_MS, utc, 3)).toEqual([{ from: 0, to: 4 * HOUR_MS }]);
  });

  test('has windows in order that never overlap, each found from within it and from before it', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Shanghai', 'America/St_Johns', 'Australia/Lord_Howe');
    const start = Date.UTC(2026, 0, 1);
    fc.assert(
      fc.property(
        zones,
        fc.integer({ min: 0, max: 400 * 96 }),
        fc.integer({ min: 1, max: 80 }),
        fc.constantFrom('daily' as const, 'weekly' as const),
        fc.integer({ min: 0, max: 300 * 96 }),
        (zone, first, quarters, repeat, later) => {
          const time = localTime(zone);
          const from = start + first * 900_000;
          const mute = { from, to: from + quarters * 900_000, repeat };
          const at = from + later * 900_000;
          const begun = windowsBegun(mute, at, time, 3);
          const next = nextWindow(mute, at, time)!;
          const inOrder: Window[] = [...begun.toReversed(), next];
          expect(begun.length).toBeGreaterThan(0);
          for (const [i, window] of inOrder.entries()) {
            expect(window.to).toBeGreaterThan(window.from);
            if (i > 0) expect(window.from).toBeGreaterThan(inOrder[i - 1]!.to);
            expect(windowsBegun(mute, window.from, time, 1)).toEqual([window]);
            expect(nextWindow(mute, window.from - 1, time)).toEqual(window);
          }
          expect(begun[0]!.from).toBeLessThanOrEqual(at);
          expect(next.from).toBeGreaterThan(at);
        },
      ),
    );
  });
});
