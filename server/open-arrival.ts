// Opens the ways in: intake, what receives deliveries, the inbox folder and the addresses that are polled.

import type { AppOptions } from './app-options.ts';
import { Receiver } from './arrival/receive.ts';
import type { RejectionBook } from './arrival/rejection-book.ts';
import type { ArrivedFile } from './collect/source.ts';
import { HttpPoll } from './collect/sources/http-poll.ts';
import { Inbox } from './collect/sources/inbox.ts';
import type { Config } from './config.ts';
import { hexagonOf } from './coverage/hexagon-of.ts';
import { Intake } from './intake/intake.ts';
import { openKey, pseudonyms } from './intake/pseudonym.ts';
import { SampleIntake } from './intake/samples.ts';
import type { Journal } from './journal/journal.ts';
import type { Live } from './live/live.ts';
import { localDays } from './maths/local-days.ts';
import { localOffset } from './maths/zone-offset.ts';
import type { Rejection } from './model/rejection.ts';
import type { DuckDb } from './storage/duckdb.ts';
import type { KpiStore } from './storage/kpi-store.ts';

interface Around {
  journal: Journal;
  live: Live;
  store: KpiStore;
  refusals: RejectionBook;
  samples: DuckDb['samples'];
}

export async function openArrival(options: AppOptions, around: Around) {
  const { config, log } = options;
  const intake = openIntake(config, around);
  const pseudonymOf = pseudonyms(await openKey(config.dataFolder, log));
  const receiver = openReceiver(options, around, { intake, pseudonymOf });
  return { intake, pseudonymOf, receiver, ...openSources(options, receiver, around.refusals) };
}

function openIntake({ objects }: Config, { live, store }: Around): Intake {
  return new Intake({
    names: live.directory,
    stored: (cell, from, to) => store.readings(cell, from, to),
    radioOf: (cell) => live.directory.get(cell)?.radio ?? null,
    unplaced: ({ id, siteId, radio }) => void live.directory.ensure(id, siteId, radio),
    late: (batch) => live.arrived.late(batch),
    objects,
  });
}

function openSampleIntake({ zone }: Config, { live }: Around): SampleIntake {
  const days = localDays(zone);
  return new SampleIntake({
    names: live.directory,
    radioOf: (cell) => live.directory.get(cell)?.radio ?? undefined,
    hexOf: hexagonOf,
    dayEndOf: (at) => days.of(at).to,
  });
}

function openReceiver(
  { config, now }: AppOptions,
  around: Around,
  { intake, pseudonymOf }: { intake: Intake; pseudonymOf(id: string): string },
): Receiver {
  const { journal, live, refusals, samples } = around;
  return new Receiver({
    journal,
    intake,
    sampleIntake: openSampleIntake(config, around),
    knownSamples: (digests) => samples.known(digests),
    people: { pseudonymOf, cellIdOf: (name) => live.directory.find(name) },
    directory: live.directory,
    dataAt: () => live.present.dataAt,
    calendar: () => live.calendar,
    unknownAreas: (areas) => unknownAreas(areas, live),
    newestOf: (index) => live.present.get(index)?.at ?? 0,
    refuse: (source, rejections, total) => refusals.add(source, rejections, total),
    now,
    zone: config.zone,
    zoneOffsetMinutes: localOffset(config.zone),
    maxBodyBytes: config.maxBodyBytes,
    charset: config.charset,
  });
}

function unknownAreas(areas: readonly string[], { directory }: Live): string[] {
  const unknown = new Set(areas);
  for (const { cell } of directory.cells()) if (cell?.area !== undefined) unknown.delete(cell.area);
  return [...unknown];
}

function openSources({ config, now, log }: AppOptions, receiver: Receiver, refusals: RejectionBook) {
  const arriving = {
    receive: (arrived: ArrivedFile) => receiver.takeFile(arrived),
    refuse: (source: string, rejection: Rejection) => refusals.add(source, [rejection], rejection.count ?? 1),
  };
  const { polls: targets, maxBodyBytes: maxBytes, inboxFolder: folder } = config;
  return {
    inbox: new Inbox({ ...arriving, folder, log }),
    poll: new HttpPoll({ ...arriving, targets, maxBytes, fetch, now, random: Math.random, log }),
  };
}
