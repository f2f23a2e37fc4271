// The feed: numbers that rise over restarts, and what a client missed, or that it cannot be told any more.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEED_BLOCK, Feed, MOST_KEPT_EVENTS } from '../../server/live/feed.ts';
import type { AlertRecord } from '../../server/model/alert.ts';

const alert = { id: 'x' } as AlertRecord;

function feedFrom(firstSeq: number, earlier: { seq: number; alert: AlertRecord }[] = []) {
  const reserved: number[] = [];
  const feed = new Feed({ firstSeq, reserve: async (seq) => void reserved.push(seq), earlier, log: () => undefined });
  const publish = () => {
    const seq = feed.next();
    feed.publish({ type: 'alert', seq, alert });
    return seq;
  };
  return { feed, publish, reserved };
}

describe('the feed', () => {
  it('tells a client exactly what it missed, also when the server has been restarted since', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(20), fc.nat(1), (before, after, pick) => {
        const first = feedFrom(1);
        const told = Array.from({ length: before }, first.publish);
        const second = feedFrom(
          FEED_BLOCK + 1,
          told.map((seq) => ({ seq, alert })),
        );
        told.push(...Array.from({ length: after }, second.publish));
        expect(told).toEqual([...told].sort((a, b) => a - b));
        for (const since of [0, ...told.map((seq) => seq - pick)]) {
          expect(second.feed.since(since)?.map(({ seq }) => seq)).toEqual(told.filter((seq) => seq > since));
        }
      }),
    );
  });

  it('does not guess: a number that was never given, or one too old, calls for a resync', () => {
    const { feed, publish } = feedFrom(1);
    for (let i = 0; i < MOST_KEPT_EVENTS + 5; i++) publish();
    expect(feed.since(feed.head + 1)).toBeUndefined();
    expect(feed.since(4)).toBeUndefined();
    expect(feed.since(5)).toHaveLength(MOST_KEPT_EVENTS);
    expect(feed.since(feed.head)).toEqual([]);
  });

  it('calls for a resync after a restart that could not bring all back', () => {
    const earlier = Array.from({ length: MOST_KEPT_EVENTS }, (_, i) => ({ seq: 100 + i, alert }));
    const { feed } = feedFrom(FEED_BLOCK + 1, earlier);
    expect(feed.since(98)).toBeUndefined();
    expect(feed.since(99)).toHaveLength(MOST_KEPT_EVENTS);
  });

  it('is no further than what was published: a number that is still being saved has been missed by nobody', () => {
    const { feed, publish } = feedFrom(1);
    publish();
    const saving = feed.next();
    expect(feed.head).toBe(1);
    expect(feed.since(1)).toEqual([]);
    feed.publish({ type: 'alert', seq: saving, alert });
    expect([feed.head, feed.since(1)?.length]).toEqual([2, 1]);
  });

  it('reserves numbers well before it gives them', () => {
    const { feed, reserved } = feedFrom(1);
    for (let i = 0; i < FEED_BLOCK; i++) feed.next();
    expect(reserved[0]).toBe(2 * FEED_BLOCK);
  });

  it('is heard by those who listen, until they stop', () => {
    const { feed, publish } = feedFrom(1);
    const heard: number[] = [];
    const stop = feed.listen((event) => heard.push(event.seq));
    publish();
    feed.publish({ type: 'inventory', seq: feed.head, cells: 3 });
    stop();
    publish();
    expect(heard).toEqual([1, 1]);
    // Only alerts are told again: an inventory is asked for anew.
    expect(feed.since(0)?.map(({ seq }) => seq)).toEqual([1, 2]);
  });
});
