// Who follows the journal: storage, inventory, experience and detection, each from where it stopped.

import type { Alerts } from './alerts/alerts.ts';
import type { NetworkChange } from './alerts/network-change.ts';
import type { Detect } from './detect/detect.ts';
import type { Foretell } from './detect/foretell.ts';
import type { Experience } from './experience/experience.ts';
import type { Journal } from './journal/journal.ts';
import type { Finding } from './model/finding.ts';
import { newNames, renamedOf } from './model/identity.ts';
import type { AlarmsRecord, JournalRecord, ReadingsRecord, SamplesRecord } from './model/journal.ts';
import type { KpiStore } from './storage/kpi-store.ts';
import type { Ledger } from './storage/ledger.ts';
import type { SampleStore } from './storage/sample-store.ts';
import type { Turns } from './turns.ts';

/** An alert waits at most so long for what people felt up to it. */
const EXPERIENCE_PATIENCE_MS = 1000;

interface Following {
  store: KpiStore;
  ledger: Ledger;
  samples: SampleStore;
  experience: Experience;
  detect: Detect;
  foretell: Foretell;
  alerts: Alerts;
  judging: Turns;
}

/** Whether all that the detector has seen is dealt with: only then may its memory be checkpointed. */
export type Judged = () => boolean;

export function attachConsumers(
  journal: Journal,
  after: Record<string, number>,
  { store, ledger, samples, experience, detect, foretell, alerts, judging }: Following,
): Judged {
  journal.attach({
    name: 'store',
    after: after.store!,
    take: async (records) => {
      const taken = records.map((record) => (isReadings(record) ? record : renamedIn(record))).filter(isThere);
      if (taken.length > 0) await store.append(taken);
      journal.release('store', records.at(-1)!.seq);
    },
  });
  journal.attach({
    name: 'inventory',
    after: after.inventory!,
    take: async (records) => {
      for (const record of records) {
        if (record.kind === 'calendar') await ledger.saveCalendar(record.days, record.mode, record.seq);
        if (record.kind !== 'inventory') continue;
        await ledger.saveCells(record.cells, record.retired, record.seq, record.identity);
      }
      journal.release('inventory', records.at(-1)!.seq);
    },
  });
  journal.attach({
    name: 'samples',
    after: after.samples!,
    take: async (records) => {
      const taken = records.map((record) => (isSamples(record) ? record : renamedIn(record))).filter(isThere);
      if (taken.length > 0) await samples.append(taken);
      journal.release('samples', records.at(-1)!.seq);
    },
  });
  journal.attach({ name: 'experience', after: experience.position, take: (records) => experience.take(records) });
  /** What was found in a record, until it is dealt with: a record is observed once, however often its findings are tried. */
  const found = new Map<number, Promise<Finding[]>>();
  /** Settled once the newest record observed is handed to the foretellers: they take records in order. */
  let handed: Promise<unknown> = Promise.resolve();
  const observe = (record: JournalRecord) => {
    const turn = Promise.all([findingsOf(record, detect), handed.catch(() => undefined)]);
    const both = turn.then(([own]) => ({ own, foretold: foretell.take(record, own) }));
    handed = both;
    const findings = both.then(async ({ own, foretold }) => [...own, ...(await foretold)]);
    // Awaited below, in order; until then a failure must not count as unhandled.
    findings.catch(() => undefined);
    found.set(record.seq, findings);
  };
  /** Number of the newest record that is dealt with: a handful that failed in its middle comes again whole. */
  let dealtWith = after.detect!;
  const judge = async (record: JournalRecord) => {
    const findings = await found.get(record.seq)!;
    if (findings.length > 0) await felt(journal, record.seq);
    await alerts.take(findings, record.seq, changeIn(record), isReadings(record) ? record.batch : undefined);
  };
  journal.attach({
    name: 'detect',
    after: after.detect!,
    take: (records) =>
      judging.take(async () => {
        const fresh = records.filter(({ seq }) => seq > dealtWith);
        // All are handed to the threads at once; what they find is dealt with in the order of the journal.
        for (const record of fresh) if (!found.has(record.seq)) observe(record);
        for (const run of runsOfAlarms(fresh)) {
          if (run.every(isAlarms)) await alerts.takeAlarms(run);
          else for (const record of run) await judge(record);
          for (const { seq } of run) found.delete(seq);
          dealtWith = run.at(-1)!.seq;
        }
      }),
  });
  // Fed by a watcher: the journal only keeps what its checkpoint still lacks.
  journal.hold('live', after.live!);
  return () => found.size === 0;
}

/** Equipment tells of one trouble in many messages: those that follow each other are dealt with together. */
function* runsOfAlarms(records: readonly JournalRecord[]): Generator<JournalRecord[]> {
  let run: JournalRecord[] = [];
  for (const record of records) {
    if (run[0] && !(isAlarms(record) && isAlarms(run[0]))) {
      yield run;
      run = [];
    }
    run.push(record);
  }
  if (run.length > 0) yield run;
}

/** Alerts are told with the people they hit: what came up to here is known of them, unless that takes too long. */
function felt(journal: Journal, seq: number): Promise<unknown> {
  const patience = new Promise((resolve) => setTimeout(resolve, EXPERIENCE_PATIENCE_MS).unref());
  return Promise.race([journal.drained('experience', seq), patience]);
}

/** Samples and people are judged by other rooms. */
async function findingsOf(record: JournalRecord, detect: Detect): Promise<Finding[]> {
  if (record.kind === 'readings') return detect.observe(record);
  if (record.kind === 'calendar') await detect.calendar(record);
  return record.kind === 'inventory' ? detect.change(record) : [];
}

/** Cells that left or have other names; undefined where no alert can be concerned. */
function changeIn(record: JournalRecord): NetworkChange | undefined {
  if (record.kind !== 'inventory' || (record.retired.length === 0 && !record.identity)) return undefined;
  return { retired: record.retired, names: record.identity ? newNames(record.identity) : new Map() };
}

const renamedIn = (record: JournalRecord) => (record.kind === 'inventory' ? renamedOf(record) : undefined);
const isThere = <T>(value: T | undefined): value is T => value !== undefined;
const isReadings = (record: JournalRecord): record is ReadingsRecord => record.kind === 'readings';
const isSamples = (record: JournalRecord): record is SamplesRecord => record.kind === 'samples';
const isAlarms = (record: JournalRecord): record is AlarmsRecord => record.kind === 'alarms';
