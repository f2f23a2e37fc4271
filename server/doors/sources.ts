// What the doors answer about senders: how each of them does, what was refused of it, and taking one off the list.

import type { Alerts } from '../alerts/alerts.ts';
import { findingOfSource } from '../alerts/sources.ts';
import type { RejectionList, RemovedSource, SourceList } from '../api/contract.ts';
import type { RejectionAsk } from '../api/doors.ts';
import { ApiError, badRequest } from '../api/problem.ts';
import type { RejectionBook } from '../arrival/rejection-book.ts';
import type { Live } from '../live/live.ts';
import { parseMoment } from '../maths/parse-moment.ts';
import type { Rejection } from '../model/rejection.ts';
import type { SourceStatus } from '../model/source.ts';
import {
  MOST_REJECTION_DAYS,
  MOST_REJECTIONS,
  type RejectionCount,
  type RejectionStore,
} from '../storage/rejection-store.ts';
import { WORDS } from '../words/say.ts';
import { iso, readCursor } from './answers.ts';
import { rejectionsCsv } from './rejections-csv.ts';

export interface SourceRooms {
  live: Live;
  alerts: Alerts;
  refusals: RejectionBook;
  rejections: RejectionStore;
  /** Makes what live knows durable. */
  keepLive(): Promise<void>;
  /** Wall time, epoch milliseconds. */
  now(): number;
}

/** A sender that was heard within this is still there: it cannot be taken off the list unless it is quiet. */
const GONE_AFTER_MS = 86_400_000;

export function createSourceDoors(rooms: SourceRooms) {
  const { live, refusals } = rooms;
  return {
    sources(withText: boolean): SourceList {
      const now = rooms.now();
      const counts = newestCounts(refusals.countsOf());
      const reached = live.sources.reached();
      const { cells, seen } = live.present.heardUpTo(reached);
      const numberOf = (id: string) => live.sources.numberOf(id);
      return {
        sources: live.sources.list(now).map((status) => ({
          ...told(status),
          cells: { expected: cells[numberOf(status.id)] ?? 0, seen: seen[numberOf(status.id)] ?? 0 },
          lastRejection: lastOf(counts.get(status.id), withText),
        })),
      };
    },

    async removeSource(id: string): Promise<RemovedSource | undefined> {
      const now = rooms.now();
      const status = live.sources.list(now).find((one) => one.id === id);
      if (!status) return undefined;
      if (!status.quiet && now - status.heardAt < GONE_AFTER_MS) {
        const detail = `"${id}" was heard at ${iso(status.heardAt)}: only a sender that is quiet, or was not heard for a day, can be removed`;
        throw new ApiError(409, 'The sender is still there', detail);
      }
      live.sources.remove(id);
      // Its alert ends here: nobody will hear of it again.
      await rooms.alerts.takeNow([findingOfSource({ ...status, quiet: false }, [], now)]);
      // Nothing in the journal tells of it: without this it would be back after a crash.
      await rooms.keepLive();
      return { removed: id };
    },

    async rejections(ask: RejectionAsk): Promise<RejectionList> {
      await refusals.flush();
      const { limit, cursor, source, reason } = ask;
      const before = cursor === undefined ? undefined : readCursor(cursor);
      const [from, to] = [moment('from', ask.from, rooms.now()), moment('to', ask.to, rooms.now())];
      // One more than asked for tells whether there is a next page.
      const rows = await rooms.rejections.list({ limit: limit + 1, before, source, reason, from, to });
      const page = rows.slice(0, limit);
      const counts = refusals.countsOf({ source, reason });
      return {
        rejections: page.map(({ id: _, at, ...one }) => ({ ...shown(one, ask.withText), at: iso(at) })),
        counts: counts.map(({ firstAt, lastAt, example, ...rest }) => ({
          ...rest,
          firstAt: iso(firstAt),
          lastAt: iso(lastAt),
          example: shown(example, ask.withText),
        })),
        nextCursor: rows.length > limit ? String(page.at(-1)!.id) : undefined,
        total: counts.reduce((sum, { count }) => sum + count, 0),
        kept: { count: await rooms.rejections.kept(), most: MOST_REJECTIONS, days: MOST_REJECTION_DAYS },
        text: ask.withText,
      };
    },

    async rejectionsCsv(ask: RejectionAsk): Promise<string> {
      return rejectionsCsv(await this.rejections(ask));
    },
  };
}

function told({ newestAt, heardAt, delaySeconds, ...rest }: SourceStatus) {
  const expectedAt =
    newestAt !== null && rest.periodSeconds !== null && rest.usualGapMs > 0
      ? newestAt + 1000 * (rest.periodSeconds + Math.max(0, delaySeconds?.p50 ?? 0))
      : null;
  const when = (at: number | null) => (at === null ? null : iso(at));
  return { ...rest, delaySeconds, newestAt: when(newestAt), heardAt: iso(heardAt), expectedAt: when(expectedAt) };
}

function newestCounts(counts: readonly RejectionCount[]): Map<string, RejectionCount> {
  const newest = new Map<string, RejectionCount>();
  for (const one of counts) {
    if (one.lastAt >= (newest.get(one.source)?.lastAt ?? 0)) newest.set(one.source, one);
  }
  return newest;
}

function lastOf(count: RejectionCount | undefined, withText: boolean): SourceList['sources'][0]['lastRejection'] {
  if (!count) return null;
  const { reason, detail } = shown(count.example, withText);
  return { at: iso(count.lastAt), reason, detail };
}

/** What senders wrote is for those who mend senders: others get the reason and the place, in our own words alone. */
function shown<T extends Rejection>(rejection: T, withText: boolean): T {
  if (withText) return rejection;
  // Excerpt, detail and field quote what was sent, each in its way.
  const { excerpt: _, field: __, ...rest } = rejection;
  return { ...rest, detail: WORDS.en.rejections[rejection.reason] } as T;
}

function moment(name: string, text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  const at = parseMoment(text, now);
  if (at === undefined) throw badRequest(`${name} is "${text}": give ISO 8601, or for example now-24h`);
  return at;
}
