// What the doors answer about mutes: reads their times and cells, and tells how each stands.

import type { Alerts, MuteAnswer } from '../alerts/alerts.ts';
import type { MadeMute, Mute, MuteAsk, MuteList } from '../api/contract.ts';
import type { EndMuteAsk, MuteListAsk } from '../api/doors.ts';
import { ApiError, badRequest } from '../api/problem.ts';
import { areaOf } from '../experience/areas.ts';
import type { Directory } from '../live/directory.ts';
import { DAY_MS, HOUR_MS } from '../maths/local-time.ts';
import { parseTime, type ZoneOffset } from '../maths/parse-time.ts';
import type { MuteAct, MuteNow, MuteTimes, Repeat } from '../model/mute.ts';
import { readCursor } from './answers.ts';

export interface MuteDoorRooms {
  alerts: Pick<Alerts, 'mute' | 'endMute' | 'muting'>;
  directory: Directory;
  /** Of times without an offset. */
  zoneOffset: ZoneOffset;
}

const LONGEST_MS = 366 * DAY_MS;
const FIRST_TIME = Date.UTC(2000, 0);
const LAST_TIME = Date.UTC(2100, 0);
/** A window has to be over before the next one, also where clocks change. */
const LONGEST_REPEATED_MS: Record<Repeat, number> = { daily: DAY_MS - HOUR_MS, weekly: 7 * DAY_MS - HOUR_MS };

export function createMuteDoors({ alerts, directory, zoneOffset }: MuteDoorRooms) {
  return {
    mutes({ state, limit, cursor }: MuteListAsk): MuteList {
      const start = cursor === undefined ? 0 : readCursor(cursor);
      const isMeant = (one: MuteNow) =>
        state === 'all' || (state === 'standing' ? one.state !== 'over' : one.state === state);
      const found = alerts.muting.list().filter(isMeant);
      const end = start + limit;
      const { at } = alerts.muting;
      return {
        at: at > 0 ? iso(at) : null,
        mutes: found.slice(start, end).map(tellMute),
        ...(end < found.length && { nextCursor: String(end) }),
      };
    },

    async mute({ by = 'someone', ...ask }: MuteAsk, role: string): Promise<MadeMute> {
      const { from: _, to: __, until: ___, cells, ...scope } = ask;
      const named = cells?.map((cell) => directory.find(cell) ?? cell);
      const times = timesOf(ask, zoneOffset);
      refuseIfOver(times, alerts.muting.at);
      const asked = { ...scope, ...times, ...(named && { cells: [...new Set(named)] }) };
      const { id } = madeMute(await alerts.mute(asked, { by, role }));
      const unknown = [
        ...(named ?? []).filter((cell) => !directory.get(cell)),
        ...(ask.siteId !== undefined && directory.cellsOf(ask.siteId).length === 0 ? [ask.siteId] : []),
        ...(ask.area !== undefined && !isArea(ask.area, directory) ? [ask.area] : []),
      ];
      return { id, ...(unknown.length > 0 && { unknown }) };
    },

    async endMute(id: string, { by = 'someone', role, atOnce }: EndMuteAsk): Promise<Mute | undefined> {
      const answer = await alerts.endMute(id, { by, role }, atOnce);
      if ('refused' in answer && answer.refused === 'unknown') return undefined;
      const mute = madeMute(answer);
      return tellMute(alerts.muting.list().find((one) => one.mute.id === mute.id)!);
    },
  };
}

function isArea(key: string, directory: Directory): boolean {
  for (const { cell } of directory.cells()) if (areaOf(cell).key === key) return true;
  return false;
}

function madeMute(answer: MuteAnswer) {
  if ('mute' in answer) return answer.mute;
  if (answer.refused === 'too-many')
    throw new ApiError(409, 'Too many mutes', 'as many mutes stand as may: end some first (DELETE /api/mutes/:id)');
  throw new ApiError(409, 'Already over', 'the mute holds nothing back any more');
}

function timesOf(ask: MuteAsk, zoneOffset: ZoneOffset): MuteTimes {
  const read = (field: 'from' | 'to' | 'until') => {
    const at = parseTime(ask[field], zoneOffset);
    if (at !== undefined && at >= FIRST_TIME && at < LAST_TIME) return at;
    throw badRequest(
      `${field} is "${String(ask[field]).slice(0, 50)}": give a day with its time, such as 2026-03-17T21:45, or epoch milliseconds, of 2000 to 2099`,
    );
  };
  const [from, to] = [read('from'), read('to')];
  if (from >= to) throw badRequest('from is not before to');
  const { repeat } = ask;
  if (to - from > LONGEST_MS) throw badRequest('to is more than 366 days after from: give a shorter window');
  if (repeat && to - from > LONGEST_REPEATED_MS[repeat])
    throw badRequest(`to is too long after from: a ${repeat} window ends an hour before the next begins, or earlier`);
  if (ask.until === undefined) return { from, to, ...(repeat && { repeat }) };
  const until = read('until');
  if (until < from) throw badRequest('until is before from');
  return { from, to, ...(repeat && { repeat }), until };
}

/** Nothing would be held back, and whoever asked would think that it is. `at`: newest data time, 0 before any data. */
function refuseIfOver({ from, to, repeat, until = Number.POSITIVE_INFINITY }: MuteTimes, at: number): void {
  const ends = repeat ? until + to - from : to;
  if (at === 0 || ends > at) return;
  const last = repeat ? 'the last window begins by until' : 'to';
  throw badRequest(
    `the window is over already: ${last} (${iso(repeat ? until : to)}), and the newest data is of ${iso(at)}`,
  );
}

function tellMute({ mute, state, window, holds, worst }: MuteNow): Mute {
  const { from, to, until, made, endedAt, ended, ...rest } = mute;
  const who = ({ at, ...act }: MuteAct & { atOnce: boolean }) => ({ at: iso(at), ...act });
  return {
    ...rest,
    from: iso(from),
    to: iso(to),
    ...(until !== undefined && { until: iso(until) }),
    by: made.by,
    role: made.role,
    madeAt: iso(made.at),
    state,
    window: { from: iso(window.from), to: iso(window.to) },
    holds,
    ...(worst && { worst }),
    ...(endedAt !== undefined && { endedAt: iso(endedAt) }),
    ...(ended && { ended: who(ended) }),
  };
}

const iso = (at: number) => new Date(at).toISOString();
