// Keeps the record of predictions: takes each word of the foreteller, settles it by what comes, and says what is relied on.

import { type AlertEvent, type AlertRecord, isCreeping } from '../model/alert.ts';
import type { Finding } from '../model/finding.ts';
import type { FaultMode } from '../model/prediction.ts';
import type {
  RecordedPrediction,
  RecordOfMode,
  ReliabilityBin,
  RunningRecord,
  SettledPrediction,
  Visit,
} from '../model/prediction-record.ts';
import { keyOf } from './alert-id.ts';
import { isActive, told, wasClearedByHand } from './alert-state.ts';
import type { Book } from './book.ts';
import type { Change, Draft } from './draft.ts';
import { type Heard, newestHeard } from './heard.ts';
import { type Places, titleOf } from './phrasing.ts';
import { recordOf, reliabilityOfAll, runningRecord, supportOf } from './prediction-score.ts';
import * as life from './predictions.ts';

/** What is known of predictions when the room is opened. */
export interface KnownPredictions {
  open: readonly RecordedPrediction[];
  /** The newest, in any order. */
  settled: readonly RecordedPrediction[];
}

/** A trouble that has begun, or got worse, at a data time; new: it was not on the list before. */
interface Begun {
  trouble: AlertRecord;
  at: number;
  isNew: boolean;
}

/** Settled predictions of each mode and model that are remembered for the record. */
const MOST_REMEMBERED = 5000;

const kindOf = (mode: FaultMode, model: string) => `${mode} ${model}`;
const subjectOf = ({ kind, subject }: Pick<RecordedPrediction, 'kind' | 'subject'>) => keyOf(kind, subject);
const inOrder = (a: SettledPrediction, b: SettledPrediction) => a.settledAt - b.settledAt || (a.id < b.id ? -1 : 1);

/** What a fault that was foretold comes of, as causes are called; of what only alarms announced nobody knows. */
const CAUSE_OF: Partial<Record<FaultMode, string>> = {
  ...{ battery: 'battery', cooling: 'cooling', feeder: 'feeder', hardware: 'hardware', clock: 'clock' },
  ...{ optics: 'light', backhaul: 'transport', interference: 'interference', congestion: 'crowd' },
};

export class PredictionDesk {
  /** The newest of each (kind, subject), those that are settled among them. */
  private readonly newest = new Map<string, RecordedPrediction>();
  private readonly openKeys = new Set<string>();
  /** By mode and model, oldest settled first. */
  private readonly settled = new Map<string, SettledPrediction[]>();
  /** What this turn changed, as it was before. */
  private readonly before = new Map<string, RecordedPrediction | undefined>();
  /** Changed in this turn, though not the newest of their subject. */
  private readonly aside = new Map<string, RecordedPrediction>();
  /** Settled in this turn, and followed by a new one of their subject in the same turn. */
  private replaced: RecordedPrediction[] = [];

  constructor(
    known: KnownPredictions,
    private readonly places: Places,
    private readonly book: Book,
  ) {
    const settled = known.settled.map(life.asSettled).filter((each) => each !== undefined);
    for (const each of settled.sort(inOrder)) this.remember(each);
    const all = [...known.settled, ...known.open].sort((a, b) => a.saidAt - b.saidAt || (a.id < b.id ? -1 : 1));
    for (const entry of all) this.hold(entry);
  }

  /**
   * Before words of one time are taken: what they say comes after the last moment of what was said before. Unless that came in time,
   * nothing came of it; a fault is told some periods after it began, so that may be told only now. A word that only ends waits for
   * its cells to be heard: one that has fallen silent in time may be told later still.
   */
  endOverdue(words: readonly Finding[], draft: Draft, wallMs: number): void {
    const overdue = words.flatMap(({ kind, subject, at, phase }) => {
      if (phase === 'ends') return [];
      const known = this.newest.get(keyOf(kind, subject.id));
      return known && life.timeIsUp(known, at) !== known ? [{ known, at }] : [];
    });
    if (overdue.length === 0) return;
    this.matchBegun(
      draft.step(),
      overdue.map(({ known }) => known),
      draft,
    );
    for (const { known, at } of overdue) {
      const key = subjectOf(known);
      const matched = this.newest.get(key)!;
      this.put(matched, life.timeIsUp(matched, at));
      this.follow(key, draft, wallMs);
    }
  }

  /** Takes the word of a finding; false when no alert may come of it: it is kept silent, or its time is over. */
  take(finding: Finding): boolean {
    if (!life.isForetold(finding.kind)) return true;
    const known = this.newest.get(keyOf(finding.kind, finding.subject.id));
    if (finding.phase === 'ends') {
      if (known) this.put(known, life.takenBack(known, finding.at));
      return known?.told ?? true;
    }
    if (!life.isSaying(finding)) return true;
    const title = titleOf(finding, this.places);
    if (known && life.isOpen(known)) return this.again(known, life.saidAnew(known, finding, title));
    if (known && (finding.phase !== 'begins' || finding.at <= known.changedAt)) return false;
    const isTold = this.supports(finding.prediction.mode, finding.prediction.model);
    const entry = life.said(finding, { told: isTold, title, siteId: this.siteOf(finding) });
    this.put(undefined, entry);
    return isTold;
  }

  private again(known: RecordedPrediction, after: RecordedPrediction): boolean {
    this.put(known, after);
    const alert = this.book.newestOf(known.kind, known.subject);
    // What somebody has put away is not told again while it lasts.
    return known.told && !(alert && !isActive(alert) && alert.id === known.alert && wasClearedByHand(alert));
  }

  private siteOf({ subject, cells }: Finding): string | undefined {
    return subject.scope === 'site' ? subject.id : this.places.cell(cells[0] ?? subject.id)?.siteId;
  }

  /** After all findings of one time, or of one record, are dealt with: what came true, what its time is up for, and what becomes of their alerts. */
  settle(draft: Draft, heard: Heard | undefined, wallMs: number): void {
    const changes = draft.takeStep();
    if (this.openKeys.size === 0 && this.before.size === 0) return;
    this.matchBegun(changes, this.open(), draft);
    for (const [entry, at] of this.heardOf(heard)) this.put(entry, life.timeIsUp(entry, at));
    for (const id of [...this.before.keys()]) this.follow(id, draft, wallMs);
  }

  /** Which of these predictions came true by what has begun. */
  private matchBegun(changes: readonly Change[], entries: readonly RecordedPrediction[], draft: Draft): void {
    const begun = changes.filter(({ before, after }) => isActive(after) && !(before && isSame(before, after)));
    const troubles = begun
      .filter(({ after }) => !life.isForetold(after.kind))
      .map(({ before, after }) => ({ trouble: after, at: beganAt(after, before), isNew: before === undefined }));
    for (const { trouble, at, isNew } of troubles.sort((a, b) => a.at - b.at || (a.trouble.id < b.trouble.id ? -1 : 1)))
      this.match({ trouble, at, isNew }, entries, draft);
  }

  private match({ trouble, at, isNew }: Begun, entries: readonly RecordedPrediction[], draft: Draft): void {
    // A record may hold days: a word that was said while the trouble was on the list already is of something else.
    const open = entries.map((entry) => this.newest.get(subjectOf(entry))!).filter(life.isOpen);
    const foretold = open.filter(
      (entry) => life.isForetoldBy(trouble, entry) && !(isNew && trouble.raisedAt < entry.saidAt),
    );
    for (const entry of foretold) this.put(entry, life.cameTrue(entry, trouble, at));
    const came = foretold.map((entry) => this.newest.get(subjectOf(entry))!);
    const before = came.filter(({ cameAs, cameAt, saidAt }) => cameAs === trouble.id && cameAt! > saidAt);
    const by = before.sort((a, b) => a.saidAt - b.saidAt).find(({ alert }) => alert !== undefined);
    if (!by) return;
    const code = CAUSE_OF[by.mode];
    const foretoldBy = { foretoldBy: by.alert!, ...(code && { cause: { code, values: {} } }) };
    const wider = trouble.partOf === undefined ? undefined : this.book.get(trouble.partOf);
    for (const alert of [trouble, wider])
      if (alert && alert.foretoldBy === undefined) draft.put({ ...alert, ...foretoldBy });
  }

  /** Open predictions whose own cells tell of a later time than their last moment. */
  private *heardOf(heard: Heard | undefined): Generator<[RecordedPrediction, number]> {
    if (!heard) return;
    const watched = new Map<string, RecordedPrediction[]>();
    for (const entry of this.open())
      for (const cell of entry.cells) watched.set(cell, [...(watched.get(cell) ?? []), entry]);
    for (const [cell, at] of newestHeard(heard, (one) => watched.has(one)))
      for (const entry of watched.get(cell)!) yield [this.newest.get(subjectOf(entry))!, at];
  }

  /** The alert of a prediction goes with it: it is known by it, and over when it is settled. */
  private follow(key: string, draft: Draft, wallMs: number): void {
    const entry = this.newest.get(key);
    const alert = entry?.told ? this.book.newestOf(entry.kind, entry.subject) : undefined;
    if (!entry || !alert) return;
    if (isActive(alert) && entry.alert !== alert.id && (life.isOpen(entry) || entry.alert === undefined))
      this.put(entry, { ...entry, alert: alert.id });
    if (life.isOpen(entry) || !isActive(alert)) return;
    const what = entry.cameAs === undefined ? 'expired' : 'came-true';
    if (entry.visit === undefined) draft.put(over(alert, entry.settledAt ?? alert.changedAt, what, wallMs));
  }

  /** Cells leave the network, and what was said of them alone with them. */
  leave(retired: readonly string[]): void {
    if (retired.length === 0) return;
    const gone = new Set(retired);
    for (const entry of this.open())
      if (entry.cells.every((cell) => gone.has(cell))) this.put(entry, life.ofTheGone(entry));
  }

  /** Cells go by other names from now on, all at once. */
  rename(names: ReadonlyMap<string, string>): void {
    const named = (id: string) => names.get(id) ?? id;
    const concerned = this.open().filter(({ subject, cells }) => [subject, ...cells].some((id) => names.has(id)));
    for (const entry of concerned) this.drop(entry);
    for (const entry of concerned) {
      const subject = entry.scope === 'cell' ? named(entry.subject) : entry.subject;
      this.put(undefined, { ...entry, subject, cells: entry.cells.map(named).sort() });
    }
  }

  /** Somebody was there; undefined when it is not remembered here. */
  get(id: string): RecordedPrediction | undefined {
    return [...this.newest.values()].find((entry) => entry.id === id || entry.alert === id);
  }

  visit(entry: RecordedPrediction, visit: Visit): RecordedPrediction {
    const after = life.visited(entry, visit);
    const isNewest = this.newest.get(subjectOf(entry))?.id === entry.id;
    if (isNewest) this.put(entry, after);
    else this.aside.set(entry.id, after);
    return after;
  }

  open(): RecordedPrediction[] {
    return [...this.openKeys].map((key) => this.newest.get(key)!);
  }

  /** Whether its record carries further telling of a mode by a model. */
  supports(mode: FaultMode, model: string): boolean {
    return supportOf(this.settled.get(kindOf(mode, model)) ?? []).isSupported;
  }

  running(mode: FaultMode, model: string): RunningRecord {
    return runningRecord(this.settled.get(kindOf(mode, model)) ?? []);
  }

  /** By mode and model. */
  record(): RecordOfMode[] {
    const open = this.open();
    const kinds = new Map(
      [...[...this.settled.values()].flat(), ...open].map((each) => [kindOf(each.mode, each.model), each]),
    );
    return [...kinds].sort().map(([key, { mode, model }]) => {
      const own = open.filter((entry) => kindOf(entry.mode, entry.model) === key);
      return recordOf(mode, model, this.settled.get(key) ?? [], own);
    });
  }

  reliability(): ReliabilityBin[] {
    return reliabilityOfAll([...this.settled.values()].flat());
  }

  /** What this turn changed, to be saved with the alerts. */
  changed(): RecordedPrediction[] {
    const own = [...this.before.keys()].map((key) => this.newest.get(key)).filter((entry) => entry !== undefined);
    return [...this.replaced, ...own, ...this.aside.values()];
  }

  /** Saved: what was settled is part of the record from now on. */
  keep(): void {
    for (const after of this.replaced) this.rememberNew(after);
    for (const key of this.before.keys()) {
      const after = this.newest.get(key);
      if (after) this.rememberNew(after);
    }
    this.endTurn();
  }

  private rememberNew(after: RecordedPrediction): void {
    const before = this.before.get(subjectOf(after));
    const wasSettled = before?.id === after.id && !life.isOpen(before);
    const settled = life.asSettled(after);
    if (settled && !wasSettled) this.remember(settled);
  }

  private endTurn(): void {
    this.before.clear();
    this.aside.clear();
    this.replaced = [];
  }

  takeBack(): void {
    for (const [key, before] of this.before) {
      this.newest.delete(key);
      this.openKeys.delete(key);
      if (before) this.hold(before);
    }
    this.endTurn();
  }

  private put(known: RecordedPrediction | undefined, after: RecordedPrediction): void {
    if (known === after) return;
    const key = subjectOf(after);
    const newest = this.newest.get(key);
    if (!this.before.has(key)) this.before.set(key, newest);
    if (newest && newest.id !== after.id && newest !== this.before.get(key)) this.replaced.push(newest);
    this.hold(after);
  }

  private drop(entry: RecordedPrediction): void {
    const key = subjectOf(entry);
    if (!this.before.has(key)) this.before.set(key, entry);
    this.newest.delete(key);
    this.openKeys.delete(key);
  }

  private hold(entry: RecordedPrediction): void {
    const key = subjectOf(entry);
    this.newest.set(key, entry);
    if (life.isOpen(entry)) this.openKeys.add(key);
    else this.openKeys.delete(key);
  }

  /** In the order of settling, so that a restart changes nothing. */
  private remember(settled: SettledPrediction): void {
    const key = kindOf(settled.mode, settled.model);
    const own = this.settled.get(key) ?? [];
    this.settled.set(key, own);
    const place = own.findLastIndex((each) => inOrder(each, settled) < 0) + 1;
    own.splice(place, 0, settled);
    if (own.length > MOST_REMEMBERED) own.shift();
  }
}

/** What gets worse may only now be the fault that was foretold. */
const isSame = (before: AlertRecord, after: AlertRecord): boolean =>
  isActive(before) && before.severity === after.severity && before.kpi === after.kpi;

/** Data time; of what had crept, and then broke, when it broke. */
function beganAt({ since, raisedAt, changedAt }: AlertRecord, before?: AlertRecord): number {
  return before && isActive(before) && isCreeping(before) ? changedAt : (since ?? raisedAt);
}

/** The alert of a prediction is over, by data time. */
function over(alert: AlertRecord, at: number, what: AlertEvent['what'], wallMs: number): AlertRecord {
  const clearedAt = Math.max(at, alert.changedAt);
  return { ...alert, state: 'cleared', changedAt: clearedAt, clearedAt, history: told(alert, { at: wallMs, what }) };
}
