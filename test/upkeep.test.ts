// Who looks after the past: what is pooled and let go goes by the network's data time, and readings that arrive come first.

import { beforeEach, describe, expect, it } from 'vitest';
import { KEEP_ALL } from '../server/config/retention.ts';
import type { JournalStatus } from '../server/journal/journal.ts';
import { Upkeep, type UpkeepRooms } from '../server/upkeep.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 2, 17, 12);

let asked: string[];
let due: number;
let behind: number;
let wall: number;
let newest: number[];

beforeEach(() => {
  asked = [];
  due = 0;
  behind = 0;
  wall = 0;
  newest = [NOW, NOW, NOW];
});

function upkeep(more: Partial<UpkeepRooms> = {}): Upkeep {
  return new Upkeep({
    store: {
      rollUp: async (clock) => {
        asked.push(`pool ${(clock - NOW) / HOUR}`);
        return due-- > 0;
      },
      forget: async (level, until) => void asked.push(`forget ${level} ${(NOW - until) / DAY}`),
      kept: async () => {
        asked.push('measure');
        const level = { bytes: 1, oldestAt: 0 };
        return { raw: level, hourly: level, daily: level };
      },
    },
    samples: { forget: async (until) => void asked.push(`forget samples ${(NOW - until) / DAY}`) },
    journal: { status: () => ({ head: behind, consumers: { store: 0 } }) as unknown as JournalStatus },
    newest: () => newest.map((at, i): [string, number] => [`${i}`, at]),
    retention: KEEP_ALL,
    now: () => wall,
    log: (line) => void asked.push(line),
    ...more,
  });
}

describe('the past is looked after', () => {
  it('day after day until none is due, and what is kept is measured now and then', async () => {
    due = 2;
    const looking = upkeep();
    await looking.look();
    expect(asked).toEqual(['pool 0', 'pool 0', 'pool 0', 'measure']);
    expect(looking.kept?.raw.bytes).toBe(1);
    await looking.look();
    expect(asked.slice(4)).toEqual(['pool 0']);
  });

  it('only a day at a time and now and then while readings wait for the store', async () => {
    due = 100;
    behind = 1000;
    const looking = upkeep();
    await looking.look();
    await looking.look();
    expect(asked.filter((one) => one.startsWith('pool'))).toHaveLength(1);
    wall += 30_000;
    await looking.look();
    expect(asked.filter((one) => one.startsWith('pool'))).toHaveLength(2);
  });

  it('by the time that the network has reached: not by one clock that is wrong, nor by the wall', async () => {
    newest = [NOW + 400 * DAY, NOW + 400 * DAY, ...Array.from({ length: 100 }, () => NOW)];
    await upkeep({ retention: { ...KEEP_ALL, raw: 90 * DAY } }).look();
    expect(asked).toEqual(['pool 0', 'forget raw 90', 'measure']);
  });

  it('once a day of data, each level by its own age, and samples too', async () => {
    const looking = upkeep({ retention: { raw: 30 * DAY, hourly: 90 * DAY, daily: Infinity, samples: 60 * DAY } });
    const forgotten = () => asked.filter((one) => one.startsWith('forget'));
    await looking.look();
    await looking.look();
    expect(forgotten()).toEqual(['forget raw 30', 'forget hourly 90', 'forget samples 60']);
    newest = newest.map((at) => at + DAY);
    await looking.look();
    expect(forgotten().slice(3)).toEqual(['forget raw 29', 'forget hourly 89', 'forget samples 59']);
  });

  it('not at all before there are readings', async () => {
    newest = [];
    await upkeep({ retention: { ...KEEP_ALL, raw: DAY } }).look();
    expect(asked).toEqual(['measure']);
  });

  it('again later when the store is away, which is told once; the levels that can go do', async () => {
    const away = { forget: () => Promise.reject(new Error('no route')) };
    const looking = upkeep({ samples: away, retention: { ...KEEP_ALL, raw: 3 * DAY, samples: 3 * DAY } });
    await looking.look();
    await looking.look();
    expect(asked.filter((one) => one.startsWith('upkeep:'))).toEqual([expect.stringContaining('no route')]);
    expect(asked.filter((one) => one === 'forget raw 3')).toHaveLength(2);
  });

  it('no longer once the server stops', async () => {
    const looking = upkeep();
    await looking.finish();
    await looking.look();
    expect(asked).toEqual([]);
  });
});
