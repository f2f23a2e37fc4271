// A delivery of several senders' events is refused, counted and taken as one: sent again it doubles nothing.

import { expect, it } from 'vitest';
import { acceptEvents, type EventRooms } from '../../server/arrival/accept-events.ts';
import type { EventFormat } from '../../server/collect/event-format.ts';
import type { Accepted } from '../../server/intake/intake.ts';
import { JournalFull } from '../../server/journal/journal.ts';

const NOW = Date.UTC(2026, 2, 17, 22);
/** Each sender is alive, and sends something else that is none. */
const format: EventFormat = {
  name: 'ves',
  looksLike: () => true,
  *parse() {
    for (const sender of ['du-1', 'du-2', 'du-3']) {
      yield { kind: 'beat', sender, beat: { at: NOW, where: {} } } as never;
      yield { kind: 'rejection', sender, rejection: { reason: 'unknown-event', detail: 'no event' } } as never;
    }
  },
};

it('what was refused is counted once, though the journal was full at the second sender and all came again', async () => {
  const counted = new Map<string, number>();
  let appends = 0;
  const nothing: Accepted = { batches: [], rejections: [], receipt: { accepted: 0, rejected: 0, rejections: [] } };
  const append = () => (++appends === 2 ? Promise.reject(new JournalFull('full', 5)) : Promise.resolve(appends));
  const rooms = {
    journal: { append },
    intake: { accept: async () => nothing },
    directory: { findInInventory: () => undefined, find: () => undefined },
    refuse: (source: string, _: unknown, total: number) => counted.set(source, (counted.get(source) ?? 0) + total),
    now: () => NOW,
  } as unknown as EventRooms;
  const send = () => acceptEvents(format, '', undefined, { zoneOffsetMinutes: 0 }, rooms);
  await expect(send()).rejects.toMatchObject({ status: 429 });
  expect(counted.size).toBe(0);
  expect(await send()).toMatchObject({ accepted: 3, rejected: 3 });
  expect([...counted]).toEqual(['du-1', 'du-2', 'du-3'].map((sender) => [`ves/${sender}`, 1]));
});
