// A sender that has gone quiet is one alert that names its cells, until it speaks again.

import { describe, expect, test } from 'vitest';
import { openSourceWatch } from '../../server/alerts/sources.ts';
import type { SourceStatus } from '../../server/model/source.ts';
import { sayIn } from '../../server/words/say.ts';
import { bench } from './network.ts';

const MINUTE = 60_000;
const T0 = Date.UTC(2026, 10, 22);
const minutes = (n: number): number => T0 + n * MINUTE;

function status(heard: number, quiet: boolean): SourceStatus {
  return {
    id: 'ridge',
    newestAt: minutes(heard),
    heardAt: minutes(heard),
    readings: 1,
    samples: 0,
    rejected: 0,
    late: 0,
    doubled: 0,
    periodSeconds: 300,
    lastDay: { accepted: 1, rejected: 0 },
    usualGapMs: 5 * MINUTE,
    gapMs: 0,
    longestGapMs: 5 * MINUTE,
    delaySeconds: null,
    clock: { skewSeconds: 0, verdict: 'unknown' },
    quiet,
  };
}

/** A watch whose findings are dealt with at once. */
const watching = () => {
  const watch = openSourceWatch(() => new Map([['ridge', ['L-A', 'L-B']]]));
  return (sources: SourceStatus[], wallMs: number) => {
    const { findings, settle } = watch(sources, wallMs);
    settle();
    return findings;
  };
};

describe('the watch over senders', () => {
  test('tells once that one has fallen quiet, and once that it speaks again', () => {
    const watch = watching();
    const told = [
      watch([status(25, true)], minutes(46)),
      watch([status(25, true)], minutes(47)),
      watch([status(70, false)], minutes(71)),
      watch([status(75, false)], minutes(76)),
    ];
    expect(told.map((findings) => findings.map((each) => each.phase))).toEqual([['begins'], [], ['ends'], []]);
    expect(told[0]?.[0]?.why.values).toEqual({ source: 'ridge', cells: 2, lastAt: minutes(25), usualSeconds: 300 });
  });

  test('finds the same again until it was dealt with', () => {
    const watch = openSourceWatch(() => new Map());
    const looks = [watch([status(25, true)], minutes(46)), watch([status(25, true)], minutes(47))];
    looks[1]!.settle();
    const settled = watch([status(25, true)], minutes(48));
    expect([...looks, settled].map(({ findings }) => findings.length)).toEqual([1, 1, 0]);
  });
});

describe('a quiet sender', () => {
  test('is one alert whose cells are unknown until it speaks', async () => {
    const [room, watch] = [await bench(), watching()];
    await room.alerts.takeNow(watch([status(25, true)], minutes(46)));
    const alert = room.about('ridge');
    expect(alert).toMatchObject({ kind: 'source-silent', scope: 'network', severity: 'major', cells: ['L-A', 'L-B'] });
    expect(sayIn('en', alert.title, { zone: 'UTC' })).toBe('ridge sender quiet: 2 cells unknown');
    expect(sayIn('en', alert.why, { zone: 'UTC' })).toMatch(
      /^Nothing has come from ridge since 00:25; it usually sends every 5 min\./,
    );
    expect(room.alerts.healthOf('L-A')).toBe('unknown');
    await room.alerts.takeNow(watch([status(70, false)], minutes(71)));
    expect(room.about('ridge')).toMatchObject({ state: 'cleared', clearedAt: minutes(70) });
    expect(room.alerts.healthOf('L-A')).toBeUndefined();
  });

  test('that speaks again while the server is down is cleared at the next start', async () => {
    const first = await bench();
    await first.alerts.takeNow(watching()([status(25, true)], minutes(46)));
    const second = await bench(first.ledger);
    await second.alerts.takeNow(watching()([status(70, false)], minutes(71)));
    expect(second.about('ridge').state).toBe('cleared');
  });

  test('that never was quiet raises nothing when it is first met', async () => {
    const room = await bench();
    await room.alerts.takeNow(watching()([status(25, false)], minutes(26)));
    expect(room.published).toEqual([]);
  });
});
