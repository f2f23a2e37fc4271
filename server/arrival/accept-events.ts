// Takes a delivery of events: its readings, alarms and signs of life go to the journal, each under its sender.

import type { EventContext, EventFormat, SentEvent } from '../collect/event-format.ts';
import type { FormatContext } from '../collect/format.ts';
import { type AlarmPlaces, checkAlarm, checkBeat } from '../intake/alarms.ts';
import type { CheckContext } from '../intake/check-reading.ts';
import type { Intake } from '../intake/intake.ts';
import type { CellNames } from '../intake/named-cells.ts';
import { MOST_SHOWN_REJECTIONS, RejectionList } from '../intake/rejection-list.ts';
import type { Journal } from '../journal/journal.ts';
import type { Alarm, Beat } from '../model/alarm.ts';
import type { JournalEntry } from '../model/journal.ts';
import type { Receipt, Rejection } from '../model/rejection.ts';
import type { Parsed } from '../model/sent.ts';
import { askingForLater } from './ask-later.ts';

export interface EventRooms {
  journal: Journal;
  intake: Intake;
  directory: Omit<AlarmPlaces, 'knownCell'> & CellNames;
  /** Keeps, counts and shows what was refused. */
  refuse(source: string, rejections: readonly Rejection[], total: number): void;
  /** Wall time, epoch milliseconds. */
  now(): number;
}

/** Senders that are told apart in one delivery; what further ones sent counts as nobody's. */
const MOST_SENDERS = 100;

export async function acceptEvents(
  format: EventFormat,
  text: string,
  source: string | undefined,
  context: FormatContext,
  rooms: EventRooms,
): Promise<Receipt> {
  const eventContext: EventContext = {
    ...context,
    isCell: (name) => rooms.directory.findInInventory(name) !== undefined,
  };
  const taken: { from: string; receipt: Receipt }[] = [];
  for (const [sender, events] of bySender(format.parse(text, eventContext), source, context.via)) {
    const from = `${format.name}/${sender}`;
    taken.push({ from, receipt: await acceptFrom(from, events, context, rooms) });
  }
  const total: Receipt = { accepted: 0, rejected: 0, rejections: [] };
  // Once all is in the journal: a delivery that has to be sent again must not count twice what was refused of it.
  for (const { from, receipt } of taken) {
    rooms.refuse(from, receipt.rejections, receipt.rejected);
    add(total, receipt);
  }
  const notes = [...(eventContext.notes ?? []), ...(total.notes ?? [])];
  return notes.length > 0 ? { ...total, notes } : total;
}

function bySender(events: Iterable<SentEvent>, source: string | undefined, via = 'unnamed'): Map<string, SentEvent[]> {
  const senders = new Map<string, SentEvent[]>();
  for (const event of events) {
    const told = source ?? event.sender ?? via;
    const sender = senders.has(told) || senders.size < MOST_SENDERS ? told : 'unnamed';
    const known = senders.get(sender);
    if (known) known.push(event);
    else senders.set(sender, [event]);
  }
  return senders;
}

async function acceptFrom(source: string, events: SentEvent[], context: FormatContext, rooms: EventRooms) {
  const check: CheckContext = { now: rooms.now(), zoneOffsetMinutes: context.zoneOffsetMinutes };
  const { directory, intake } = rooms;
  const sorted = sort(events, check, {
    find: (name) => directory.find(name),
    get: (cell) => directory.get(cell),
    cellsOf: (siteId) => directory.cellsOf(siteId),
    knownCell: (object) => intake.knownCell(object),
  });
  const taken = await intake.accept(sorted.readings, () => source, check);
  const entries: JournalEntry[] = taken.batches.map((batch) => ({ kind: 'readings', batch }));
  const { alarms, beats, rejections: refused } = sorted;
  if (alarms.length + beats.length > 0) {
    entries.push({ kind: 'alarms', source, receivedAt: check.now, alarms, beats });
  }
  await askingForLater(Promise.all(entries.map((entry) => rooms.journal.append(entry))));
  const rejections = [...refused.kept, ...taken.rejections];
  const rejected = refused.total + taken.receipt.rejected;
  const accepted = taken.receipt.accepted + alarms.length + beats.length;
  return { ...taken.receipt, accepted, rejected, rejections };
}

/** Each event to what takes it; alarms and signs of life are checked here, readings by intake. */
function sort(events: readonly SentEvent[], context: CheckContext, places: AlarmPlaces) {
  const sorted = {
    readings: [] as Parsed[],
    alarms: [] as Alarm[],
    beats: [] as Beat[],
    rejections: new RejectionList(),
  };
  for (const event of events) {
    if (event.kind === 'reading') sorted.readings.push(event);
    else if (event.kind === 'rejection') {
      if (event.group === undefined) sorted.rejections.add(event.rejection);
      else sorted.rejections.count(event.rejection, event.group);
    } else if (event.kind === 'alarm') keep(checkAlarm(event.alarm, places, context), sorted.alarms, sorted.rejections);
    else keep(checkBeat(event.beat, context), sorted.beats, sorted.rejections);
  }
  return sorted;
}

function keep<T extends object>(checked: T | Rejection, into: T[], rejections: RejectionList): void {
  if ('reason' in checked) rejections.add(checked);
  else into.push(checked);
}

function add(total: Receipt, one: Receipt): void {
  total.accepted += one.accepted;
  total.rejected += one.rejected;
  total.rejections.push(...one.rejections.slice(0, MOST_SHOWN_REJECTIONS - total.rejections.length));
  if (one.late) total.late = (total.late ?? 0) + one.late;
  if (one.notes) total.notes = [...(total.notes ?? []), ...one.notes];
}
