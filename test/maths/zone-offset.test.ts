// Local times of a zone: the offset that held then, not the one that holds now.

import { describe, expect, it } from 'vitest';
import { parseTime } from '../../server/maths/parse-time.ts';
import { localOffset, zoneOffset } from '../../server/maths/zone-offset.ts';

describe('a local time without an offset', () => {
  const berlin = localOffset('Europe/Berlin');

  it('is read with the offset of its own season', () => {
    expect(parseTime('2024-07-01 12:00:00', berlin)).toBe(Date.UTC(2024, 6, 1, 10));
    expect(parseTime('2024-11-20 12:00:00', berlin)).toBe(Date.UTC(2024, 10, 20, 11));
    expect(parseTime('2024-07-01T12:00:00', localOffset('Asia/Kolkata'))).toBe(Date.UTC(2024, 6, 1, 6, 30));
  });

  it('keeps its own offset when it has one', () => {
    expect(parseTime('2024-07-01T12:00:00+08:00', berlin)).toBe(Date.UTC(2024, 6, 1, 4));
  });

  it('is read right on both sides of a change of clocks', () => {
    expect(parseTime('2024-03-31T01:45:00', berlin)).toBe(Date.UTC(2024, 2, 31, 0, 45));
    expect(parseTime('2024-03-31T03:15:00', berlin)).toBe(Date.UTC(2024, 2, 31, 1, 15));
    expect(parseTime('2024-10-27T01:45:00', berlin)).toBe(Date.UTC(2024, 9, 26, 23, 45));
    expect(parseTime('2024-10-27T03:15:00', berlin)).toBe(Date.UTC(2024, 9, 27, 2, 15));
  });

  it('comes back from UTC for every hour of a year but the one that is skipped', () => {
    const offsetMs = zoneOffset('Europe/Berlin');
    const wrong: string[] = [];
    for (let at = Date.UTC(2024, 0, 1); at < Date.UTC(2025, 0, 1); at += 3_600_000) {
      const local = at + offsetMs(at);
      const back = local - berlin(local) * 60_000;
      if (back !== at) wrong.push(new Date(at).toISOString());
    }
    // The hour that is lived twice can only be read as one of the two.
    expect(wrong).toEqual(['2024-10-27T00:00:00.000Z']);
  });
});
