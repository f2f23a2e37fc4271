// A receipt names what is odd about the times of a delivery, though nothing was refused.

import { expect, it } from 'vitest';
import { noteAhead, ZonelessTimes } from '../../server/arrival/delivery-times.ts';
import { parseTime } from '../../server/maths/parse-time.ts';
import { localOffset } from '../../server/maths/zone-offset.ts';
import { batchOf } from '../batch.ts';

const NOW = Date.UTC(2026, 2, 17, 22, 0);

it('times without an offset are counted, and said to be read in the zone of the network', () => {
  const times = new ZonelessTimes('Asia/Shanghai', localOffset('Asia/Shanghai'));
  const read = ['2026-03-17 21:45', '2026-03-17T21:45:00+08:00', '2026-03-17T21:45:00', '1773755100000'].map((text) =>
    parseTime(text, times.offset),
  );
  expect(new Set(read.slice(0, 3)).size).toBe(1);
  expect(times.notes()).toEqual(['2 times had no offset from UTC and were read as Asia/Shanghai (CELLSTAR_ZONE)']);
  expect(new ZonelessTimes('UTC', 0).notes()).toEqual([]);
});

it('readings that end after now are noted', () => {
  const batch = batchOf([
    { cell: 'a', at: NOW + 40 * 60_000 },
    { cell: 'b', at: NOW + 30_000 },
    { cell: 'c', at: NOW },
  ]);
  expect(noteAhead([batch], NOW)).toMatch(/^1 reading ends up to 40 minutes ahead/);
  expect(noteAhead([batch], NOW + 3_600_000)).toBeUndefined();
});
