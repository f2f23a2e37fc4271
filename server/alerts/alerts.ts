// The front door of alerts: takes findings in journal order, keeps every active alert, and lets people act on them.

import { localTime } from '../maths/local-time.ts';
import type { StandingAlarms } from '../model/alarm.ts';
import type { AlertCause, AlertRecord } from '../model/alert.ts';
import type { Finding } from '../model/finding.ts';
import type { Health } from '../model/health.ts';
import type { AlarmsRecord } from '../model/journal.ts';
import type { MuteAct } from '../model/mute.ts';
import type { RecordedPrediction, Visit } from '../model/prediction-record.ts';
import type { ReadingBatch } from '../model/reading.ts';
import { type Act, acted, type Refusal, TEXT_MAXIMUM } from './act.ts';
import { Admission } from './admission.ts';
import { AlarmDesk } from './alarm-desk.ts';
import { type AlertCounts, countsOf } from './alert-counts.ts';
import { AlertKeeper } from './alert-keeper.ts';
import { type AlertLimits, type AlertOptions, DEFAULT_LIMITS, POSITION } from './alert-options.ts';
import { isActive } from './alert-state.ts';
import { Book } from './book.ts';
import { Draft } from './draft.ts';
import { FindingDesk } from './finding-desk.ts';
import { HealthBook } from './health-book.ts';
import { type AlertPage, type AlertQuery, pageOf } from './listing.ts';
import { type KnownMutes, type MuteAnswer, MuteDesk } from './mute-desk.ts';
import type { MuteAsk } from './mutes.ts';
import { type NetworkChange, renamedAlert, withoutItsCells } from './network-change.ts';
import { type KnownPredictions, PredictionDesk } from './prediction-desk.ts';
import { isForetold } from './predictions.ts';

export type { MuteAnswer };

export type ActAnswer = { alert: AlertRecord } | { refused: Refusal };

/** What somebody found where a fault was foretold, and how the prediction stands with it. */
export type VisitAnswer = { prediction: RecordedPrediction } | { refused: 'unknown' | 'already-told' | 'too-long' };

/** The alarms of one journal record. */
export type AlarmsTaken = Pick<AlarmsRecord, 'seq' | 'alarms'>;

export interface Alerts {
  /** Number of the newest journal record whose findings are dealt with. */
  readonly position: number;
  /**
   * Deals with the findings of one journal record; a number that was dealt with before changes nothing. Rejects, with
   * nothing changed, when the ledger cannot save. With a change of the network, the findings go by the names before.
   * `heard`: the readings of the record, by whose times predictions run out.
   */
  take(findings: readonly Finding[], journalSeq: number, change?: NetworkChange, heard?: ReadingBatch): Promise<void>;
  /** The same for the alarms of journal records that follow each other: what equipment itself says. Saved all at once. */
  takeAlarms(records: readonly AlarmsTaken[]): Promise<void>;
  /** Findings that come from the clock instead of the journal: senders that have gone quiet. */
  takeNow(findings: readonly Finding[]): Promise<void>;
  /** `first`: of what is not refused, before it is kept; when it rejects, nothing was done and the act may be sent again. */
  act(id: string, act: Act, first?: (after: AlertRecord) => Promise<void>): Promise<ActAnswer>;
  /** What most likely did it, as far as is known by now: kept while the alert lasts and its leading KPI is the same. */
  refine(id: string, cause: AlertCause): Promise<void>;
  /**
   * What somebody found where a fault was foretold, by the prediction's own id or its alert's: the alert is over with it.
   * `first` as with `act`.
   */
  visit(
    id: string,
    visit: Omit<Visit, 'at'>,
    first?: (known: RecordedPrediction) => Promise<void>,
  ): Promise<VisitAnswer>;
  /** The record of predictions: what is open, how good they were, and which are relied on. */
  readonly predictions: Pick<PredictionDesk, 'open' | 'supports' | 'running' | 'record' | 'reliability'>;
  /** Holds alerts back from now on. What is open within its first window is held back at once, saved with the mute itself. */
  mute(asked: MuteAsk, by: Omit<MuteAct, 'at'>): Promise<MuteAnswer>;
  /** `atOnce`: without the grace after the end of a window. */
  endMute(id: string, by: Omit<MuteAct, 'at'>, atOnce: boolean): Promise<MuteAnswer>;
  readonly muting: Pick<MuteDesk, 'at' | 'list' | 'windowsOf'>;
  /** Newest first; undefined when the cursor is none of ours. */
  list(query: AlertQuery): AlertPage | undefined;
  get(id: string): Promise<AlertRecord | undefined>;
  /** Active alerts that concern the cell. */
  openByCell(cell: string): AlertRecord[];
  /** What active alerts say about the cell; undefined: nothing. */
  healthOf(cell: string): Health | undefined;
  counts(): AlertCounts;
  /** Saves what is only in memory (counts, fresher evidence) together with the position. */
  checkpoint(): Promise<void>;
}

/** Settled predictions that the record is made of. */
const MOST_KNOWN_PREDICTIONS = 20_000;

export async function openAlerts(options: AlertOptions): Promise<Alerts> {
  const limits = { ...DEFAULT_LIMITS, ...options };
  const known = await options.ledger.alerts(limits.maximumCleared);
  const { maximumAlarms: most, maximumAlarmsEach: each } = limits;
  const standing = await options.ledger.standingAlarms({ most, each });
  const foretold = await options.ledger.knownPredictions(MOST_KNOWN_PREDICTIONS);
  const mutes = await options.ledger.knownMutes();
  const position = (await options.ledger.number(POSITION)) ?? 0;
  return new AlertRoom(options, limits, known, { standing, foretold, mutes, position });
}

/** What is known beside the alerts themselves. */
interface Kept {
  standing: StandingAlarms;
  foretold: KnownPredictions;
  mutes: KnownMutes;
  position: number;
}

/** Everything is done in turn: dealt with in a draft, which is saved as a whole or taken back. */
class AlertRoom implements Alerts {
  private readonly book: Book;
  private readonly admission: Admission;
  private readonly alarms: AlarmDesk;
  private readonly findings: FindingDesk;
  private readonly health: HealthBook;
  private readonly keeper: AlertKeeper;
  readonly predictions: PredictionDesk;
  readonly muting: MuteDesk;
  /** One writer at a time: the next one begins when this is settled. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly options: AlertOptions,
    limits: AlertLimits,
    known: readonly AlertRecord[],
    { standing, foretold, mutes, position }: Kept,
  ) {
    const { ledger, places, zone = 'UTC', dataAt = () => 0 } = options;
    const log = (line: string) => options.log?.(line);
    const book = new Book(limits);
    const admission = new Admission(book, limits.maximumActive, log);
    const predictions = new PredictionDesk(foretold, places, book);
    const alarms = new AlarmDesk(standing, limits, ledger, book, () => admission.isRefused(), log);
    const inOrder = [...known].sort((a, b) => (a.clearedAt ?? 0) - (b.clearedAt ?? 0) || a.raisedAt - b.raisedAt);
    for (const alert of inOrder) book.put(alert);
    const muting = new MuteDesk({ places, time: localTime(zone), dataAt }, mutes, book, limits.maximumMutes);
    const health = new HealthBook(
      book,
      (cell) => muting.isPlanned(cell),
      (cell, now) => options.healthChanged?.(cell, now),
    );
    [this.book, this.admission, this.predictions] = [book, admission, predictions];
    [this.alarms, this.muting, this.health] = [alarms, muting, health];
    const now = () => options.now();
    this.findings = new FindingDesk({ book, places, predictions, alarms, admission, flapMs: limits.flapMs, now });
    this.keeper = new AlertKeeper({ options, book, predictions, muting, health }, position);
    health.note([...known.flatMap((alert) => alert.cells), ...muting.planned()]);
  }

  get position(): number {
    return this.keeper.position;
  }

  take(findings: readonly Finding[], journalSeq: number, change?: NetworkChange, heard?: ReadingBatch): Promise<void> {
    return this.inTurn(async () => {
      this.muting.hear(journalSeq, heard);
      if (journalSeq <= this.position) return;
      if (change) await this.takeChange(findings, journalSeq, change);
      else await this.keeper.save(this.findings.dealtWith(findings, heard), journalSeq);
      this.keeper.position = journalSeq;
    });
  }

  /** Saved whole, with what waited to be: a replay from before would rename again what has its new name already. */
  private async takeChange(findings: readonly Finding[], journalSeq: number, change: NetworkChange): Promise<void> {
    const draft = new Draft(this.book);
    const gone = new Set(change.retired);
    for (const alert of new Set(change.retired.flatMap((cell) => this.book.ofCell(cell)))) {
      const over = withoutItsCells(alert, gone, this.now());
      if (over) draft.put(over);
    }
    for (const finding of findings) this.findings.deal(finding, draft);
    this.predictions.settle(draft, undefined, this.now());
    this.predictions.leave(change.retired);
    this.predictions.rename(change.names);
    this.muting.rename(change.names);
    const isRenaming = change.names.size > 0;
    if (isRenaming) draft.putAll([...this.book.all()].flatMap((alert) => this.underNewNames(alert, change.names)));
    if (!isRenaming) return this.keeper.save(draft, journalSeq);
    const alarms = this.alarms.renamed(change.names);
    await this.keeper.save(draft, journalSeq, { alarms, names: change.names });
    this.alarms.keep(alarms, change.names);
  }

  private underNewNames(alert: AlertRecord, names: ReadonlyMap<string, string>): AlertRecord[] {
    const renamed = renamedAlert(alert, names);
    if (renamed) return [renamed];
    return this.keeper.isWaiting(alert.id) ? [{ ...alert }] : [];
  }

  takeAlarms(records: readonly AlarmsTaken[]): Promise<void> {
    return this.inTurn(async () => {
      const fresh = records.filter(({ seq }) => seq > this.position);
      const position = fresh.at(-1)?.seq;
      if (position === undefined) return;
      const turn = await this.alarms.begin(fresh.flatMap(({ alarms }) => alarms));
      const draft = new Draft(this.book);
      for (const { alarms } of fresh) this.alarms.deal(turn.take(alarms), draft, this.findings.dealing);
      try {
        if (turn.changed.size > 0) await this.keeper.save(draft, position, { alarms: [...turn.changed.values()] });
      } catch (error) {
        turn.takeBack();
        throw error;
      }
      this.alarms.settle(turn);
      this.keeper.position = position;
    });
  }

  takeNow(findings: readonly Finding[]): Promise<void> {
    return this.inTurn(() => this.keeper.save(this.findings.dealtWith(findings), this.position));
  }

  act(id: string, act: Act, first?: (after: AlertRecord) => Promise<void>): Promise<ActAnswer> {
    return this.inTurn(async () => {
      const alert = await this.get(id);
      if (!alert) return { refused: 'unknown' };
      const after = acted(alert, act, this.now());
      if (typeof after === 'string') return { refused: after };
      await first?.(after);
      const draft = new Draft(this.book);
      if (after !== alert) draft.put(after);
      for (const part of this.actedParts(alert, act)) draft.put(part);
      if (act.what === 'clear') this.settleBy(alert, act);
      await this.keeper.save(draft, this.position);
      return { alert: after };
    });
  }

  /** Who clears a warning and says what it was has been there: what was foretold is settled by that. */
  private settleBy({ id, kind }: AlertRecord, { found, by, comment }: Act): void {
    const known = isForetold(kind) && found ? this.predictions.get(id) : undefined;
    if (known && !known.visit)
      this.predictions.visit(known, { found: found === known.mode, by, comment, at: this.now() });
  }

  /** What a person does to an alert holds for its parts and theirs, as far as it is about having seen it or being done. */
  private actedParts(alert: AlertRecord, act: Act): AlertRecord[] {
    if (act.what !== 'acknowledge' && act.what !== 'clear') return [];
    const { comment: _, ...bare } = act;
    const parts = this.book.partsOf(alert.id);
    const after = parts.map((part) => acted(part, bare, this.now())).filter((part) => typeof part !== 'string');
    return [...after, ...parts.flatMap((part) => this.actedParts(part, act))];
  }

  refine(id: string, cause: AlertCause): Promise<void> {
    return this.inTurn(async () => {
      const alert = this.book.get(id);
      const isKnown = alert?.cause?.code === cause.code && alert.cause.values.early === undefined;
      if (!alert || !isActive(alert) || isKnown) return;
      const draft = new Draft(this.book);
      draft.put({ ...alert, cause });
      await this.keeper.save(draft, this.position);
    });
  }

  visit(
    id: string,
    { found, by, comment }: Omit<Visit, 'at'>,
    first?: (known: RecordedPrediction) => Promise<void>,
  ): Promise<VisitAnswer> {
    return this.inTurn(async () => {
      const known = this.predictions.get(id) ?? (await this.options.ledger.prediction(id));
      if (!known) return { refused: 'unknown' };
      if (known.visit) return { refused: 'already-told' };
      if ([by, comment].some((text) => (text?.length ?? 0) > TEXT_MAXIMUM)) return { refused: 'too-long' };
      await first?.(known);
      const at = this.now();
      const prediction = this.predictions.visit(known, { found, by, comment, at });
      const alert = known.alert === undefined ? undefined : this.book.get(known.alert);
      const after = alert && isActive(alert) ? acted(alert, { what: 'clear', by, comment }, at) : undefined;
      const draft = new Draft(this.book);
      if (typeof after === 'object') draft.put(after);
      await this.keeper.save(draft, this.position);
      return { prediction };
    });
  }

  mute(asked: MuteAsk, by: Omit<MuteAct, 'at'>): Promise<MuteAnswer> {
    return this.changingMutes((at) => this.muting.make(asked, { ...by, at }));
  }

  endMute(id: string, by: Omit<MuteAct, 'at'>, atOnce: boolean): Promise<MuteAnswer> {
    return this.changingMutes((at) => this.muting.end(id, { ...by, at, atOnce }));
  }

  private changingMutes(change: (wallMs: number) => MuteAnswer): Promise<MuteAnswer> {
    return this.inTurn(async () => {
      const answer = change(this.now());
      if ('mute' in answer) await this.keeper.save(new Draft(this.book), this.position);
      return answer;
    });
  }

  list(query: AlertQuery): AlertPage | undefined {
    return pageOf(this.book.all(), query);
  }

  async get(id: string): Promise<AlertRecord | undefined> {
    return this.book.get(id) ?? (await this.options.ledger.alert(id));
  }

  openByCell(cell: string): AlertRecord[] {
    return this.book.ofCell(cell);
  }

  healthOf(cell: string): Health | undefined {
    return this.health.of(cell);
  }

  counts(): AlertCounts {
    return countsOf(this.book.all(), { refused: this.admission.refused, letGo: this.keeper.letGo });
  }

  checkpoint(): Promise<void> {
    return this.inTurn(() => this.keeper.saveWaiting());
  }

  private now(): number {
    return this.options.now();
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }
}
