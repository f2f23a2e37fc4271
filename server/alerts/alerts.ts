// The front door of alerts: takes findings in journal order, keeps every active alert, and lets people act on them.

import { localTime } from '../maths/local-time.ts';
import type { AlarmState, StandingAlarms } from '../model/alarm.ts';
import type { AlertCause, AlertRecord } from '../model/alert.ts';
import type { Finding } from '../model/finding.ts';
import type { Health, Severity } from '../model/health.ts';
import type { AlarmsRecord } from '../model/journal.ts';
import type { MuteAct } from '../model/mute.ts';
import type { RecordedPrediction, Visit } from '../model/prediction-record.ts';
import type { ReadingBatch } from '../model/reading.ts';
import type { Impact } from '../model/star.ts';
import { type Act, acted, type Refusal, TEXT_MAXIMUM } from './act.ts';
import type { AlarmLimits } from './alarm-book.ts';
import { AlarmDesk, type FaultHistory } from './alarm-desk.ts';
import { isActive, isListed } from './alert-state.ts';
import { type AreaEvent, type AreaRooms, areasOf, followed, gatheredToArea } from './area.ts';
import { Book, type BookLimits } from './book.ts';
import { type Dealing, isNoNews, ownAlert, siteAlerts, siteOf } from './deal.ts';
import { type Change, Draft, isWorthTelling } from './draft.ts';
import { healthFrom } from './health.ts';
import { newestHeard } from './heard.ts';
import { isOfEarlierSpell } from './lifecycle.ts';
import { type AlertPage, type AlertQuery, pageOf } from './listing.ts';
import { type KnownMutes, type MuteAnswer, MuteDesk, type SavedMutes } from './mute-desk.ts';
import type { MuteAsk } from './mutes.ts';
import { Neighbours } from './neighbours.ts';
import { type NetworkChange, renamedAlert, withoutItsCells } from './network-change.ts';
import type { Places } from './phrasing.ts';
import { type KnownPredictions, PredictionDesk } from './prediction-desk.ts';
import { spellsOf, storied, turnsWith, waited } from './story.ts';
import { isWideMove, joinedToWide, leftOfWide, overIfAlone, type WideRooms } from './wide.ts';
import { parted } from './widening.ts';

/** What alerts need of the ledger. */
export interface AlertLedger extends FaultHistory {
  alerts(limit: number): Promise<AlertRecord[]>;
  alert(id: string): Promise<AlertRecord | undefined>;
  /** With new names of cells, whatever their alarms were saved under goes by these. */
  saveAlerts(
    changes: readonly AlertChange[],
    journalSeq?: number,
    alarms?: readonly AlarmState[],
    names?: ReadonlyMap<string, string>,
    predictions?: readonly RecordedPrediction[],
    muting?: SavedMutes,
  ): Promise<void>;
  knownMutes(): Promise<KnownMutes>;
  /** All that are open, and the newest `limit` of those that are settled. */
  knownPredictions(limit: number): Promise<KnownPredictions>;
  prediction(id: string): Promise<RecordedPrediction | undefined>;
  number(name: string): Promise<number | undefined>;
}

export interface AlertChange {
  /** Number on the live feed. */
  seq: number;
  alert: AlertRecord;
}

export interface AlertOptions extends Partial<BookLimits & AlarmLimits> {
  ledger: AlertLedger;
  places: Places;
  /** The next number of the live feed. */
  nextSeq(): number;
  /** Wall time, epoch milliseconds. */
  now(): number;
  /** Called for each change, in order, once it is durable. */
  publish(change: AlertChange): void;
  /** Called when what alerts say about a cell's health has changed; undefined: nothing any more. */
  healthChanged?(cell: string, health: Health | undefined): void;
  /** IANA name of the zone whose local times repeated mutes go by. Default UTC. */
  zone?: string;
  /** Newest data time of the network, epoch milliseconds: where the time of mutes begins. */
  dataAt?(): number;
  /** What an alert does to people, kept with it for when it is over; undefined while none are known. */
  impactOf?(alert: AlertRecord): Impact | undefined;
  log?(line: string): void;
  /** A trouble that is back within so long (data time) is the same alert. Default 30 minutes. */
  flapMs?: number;
  /** Mutes that may stand at once; for two days after its last window one counts as standing. Default 2000. */
  maximumMutes?: number;
}

export type { MuteAnswer };

export type ActAnswer = { alert: AlertRecord } | { refused: Refusal };

/** What somebody found where a fault was foretold, and how the prediction stands with it. */
export type VisitAnswer = { prediction: RecordedPrediction } | { refused: 'unknown' | 'already-told' | 'too-long' };

/** Without those that mutes hold back, which are counted by themselves. */
export interface AlertCounts {
  open: number;
  acknowledged: number;
  muted: number;
  bySeverity: Partial<Record<Severity, number>>;
  /** Cleared alerts in memory. */
  cleared: number;
  /** Findings that would have raised an alert beyond the maximum. */
  refused: number;
  /** Cleared alerts that had to leave the list before anybody acknowledged them. */
  letGo: number;
}

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
  act(id: string, act: Act): Promise<ActAnswer>;
  /** What most likely did it, as far as is known by now: kept while the alert lasts and its leading KPI is the same. */
  refine(id: string, cause: AlertCause): Promise<void>;
  /** What somebody found where a fault was foretold, by the prediction's own id or its alert's: the alert is over with it. */
  visit(id: string, visit: Omit<Visit, 'at'>): Promise<VisitAnswer>;
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

/** Name under which the ledger keeps the journal number given to `saveAlerts`. */
export const POSITION = 'position.alerts';

/** Settled predictions that the record is made of. */
const MOST_KNOWN_PREDICTIONS = 20_000;

/** A trouble that is back within so long (data time) is the same alert, unless told otherwise. */
export const FLAP_MS = 30 * 60_000;

const DEFAULTS = {
  ...{ maximumActive: 50_000, maximumCleared: 10_000, flapMs: FLAP_MS },
  ...{ maximumAlarms: 50_000, maximumAlarmsEach: 1000, maximumMutes: 2000 },
};

export async function openAlerts(options: AlertOptions): Promise<Alerts> {
  const limits = { ...DEFAULTS, ...options };
  const known = await options.ledger.alerts(limits.maximumCleared);
  const { maximumAlarms: most, maximumAlarmsEach: each } = limits;
  const standing = await options.ledger.standingAlarms({ most, each });
  const foretold = await options.ledger.knownPredictions(MOST_KNOWN_PREDICTIONS);
  const mutes = await options.ledger.knownMutes();
  const position = (await options.ledger.number(POSITION)) ?? 0;
  return new AlertRoom(options, limits, known, { standing, foretold, mutes, position });
}

/** What is saved in one with changed alerts. */
interface SavedBeside {
  /** Journal number up to which all is dealt with. */
  position?: number | undefined;
  alarms?: readonly AlarmState[];
  /** Cells have new names: then all is saved whole. */
  names?: ReadonlyMap<string, string> | undefined;
  predictions?: readonly RecordedPrediction[];
  muting?: SavedMutes | undefined;
}

/** What is known beside the alerts themselves. */
interface Kept {
  standing: StandingAlarms;
  foretold: KnownPredictions;
  mutes: KnownMutes;
  position: number;
}

class AlertRoom implements Alerts {
  position: number;
  private readonly book: Book;
  private readonly areaRooms: AreaRooms & WideRooms;
  private readonly desk: AlarmDesk;
  readonly predictions: PredictionDesk;
  readonly muting: MuteDesk;
  /** Changed since they were last saved: counts and evidence only. */
  private readonly unsaved = new Set<string>();
  private readonly health = new Map<string, Health>();
  private refused = 0;
  private letGo = 0;
  private wasFull = false;
  /** One writer at a time: the next one begins when this is settled. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly options: AlertOptions,
    private readonly limits: BookLimits & AlarmLimits & { flapMs: number; maximumMutes: number },
    known: readonly AlertRecord[],
    { standing, foretold, mutes, position }: Kept,
  ) {
    this.position = position;
    this.book = new Book(limits);
    const neighbours = new Neighbours(options.places.map);
    this.areaRooms = {
      ...{ places: options.places, near: (siteId) => neighbours.of(siteId), get: (id) => this.book.get(id) },
      ...{ ofSite: (siteId) => this.book.ofSite(siteId), partsOf: (id) => this.book.partsOf(id) },
      ofCell: (cell) => this.book.ofCell(cell),
    };
    this.predictions = new PredictionDesk(foretold, options.places, this.book);
    this.desk = new AlarmDesk(
      ...([standing, limits, options.ledger, this.book] as const),
      () => this.isRefused(),
      (line) => options.log?.(line),
    );
    const inOrder = [...known].sort((a, b) => (a.clearedAt ?? 0) - (b.clearedAt ?? 0) || a.raisedAt - b.raisedAt);
    for (const alert of inOrder) this.book.put(alert);
    const { places, zone = 'UTC', dataAt = () => 0 } = options;
    this.muting = new MuteDesk({ places, time: localTime(zone), dataAt }, mutes, this.book, limits.maximumMutes);
    this.noteHealthOf([...known.flatMap((alert) => alert.cells), ...this.muting.planned()]);
  }

  take(findings: readonly Finding[], journalSeq: number, change?: NetworkChange, heard?: ReadingBatch): Promise<void> {
    return this.inTurn(async () => {
      this.muting.hear(journalSeq, heard);
      if (journalSeq <= this.position) return;
      if (change) await this.takeChange(findings, journalSeq, change);
      else await this.save(this.dealtWith(findings, heard), journalSeq);
      this.position = journalSeq;
    });
  }

  /** Saved whole, with what waited to be: a replay from before would rename again what has its new name already. */
  private async takeChange(findings: readonly Finding[], journalSeq: number, change: NetworkChange): Promise<void> {
    const draft = new Draft(this.book);
    const gone = new Set(change.retired);
    for (const alert of new Set(change.retired.flatMap((cell) => this.book.ofCell(cell)))) {
      const over = withoutItsCells(alert, gone, this.options.now());
      if (over) draft.put(over);
    }
    for (const finding of findings) this.deal(finding, draft);
    this.predictions.settle(draft, undefined, this.options.now());
    this.predictions.leave(change.retired);
    this.predictions.rename(change.names);
    this.muting.rename(change.names);
    const isRenaming = change.names.size > 0;
    if (isRenaming) draft.putAll([...this.book.all()].flatMap((alert) => this.underNewNames(alert, change.names)));
    if (!isRenaming) return this.save(draft, journalSeq);
    const alarms = this.desk.renamed(change.names);
    await this.save(draft, journalSeq, { alarms, names: change.names });
    this.desk.keep(alarms, change.names);
  }

  private underNewNames(alert: AlertRecord, names: ReadonlyMap<string, string>): AlertRecord[] {
    const renamed = renamedAlert(alert, names);
    if (renamed) return [renamed];
    return this.unsaved.has(alert.id) ? [{ ...alert }] : [];
  }

  takeAlarms(records: readonly AlarmsTaken[]): Promise<void> {
    return this.inTurn(async () => {
      const fresh = records.filter(({ seq }) => seq > this.position);
      const position = fresh.at(-1)?.seq;
      if (position === undefined) return;
      const turn = await this.desk.begin(fresh.flatMap(({ alarms }) => alarms));
      const draft = new Draft(this.book);
      for (const { alarms } of fresh) this.desk.deal(turn.take(alarms), draft, this.dealing);
      try {
        if (turn.changed.size > 0) await this.save(draft, position, { alarms: [...turn.changed.values()] });
      } catch (error) {
        turn.takeBack();
        throw error;
      }
      this.desk.settle(turn);
      this.position = position;
    });
  }

  takeNow(findings: readonly Finding[]): Promise<void> {
    return this.inTurn(() => this.save(this.dealtWith(findings), this.position));
  }

  act(id: string, act: Act): Promise<ActAnswer> {
    return this.inTurn(async () => {
      const alert = await this.get(id);
      if (!alert) return { refused: 'unknown' };
      const after = acted(alert, act, this.options.now());
      if (typeof after === 'string') return { refused: after };
      const draft = new Draft(this.book);
      if (after !== alert) draft.put(after);
      for (const part of this.partsOf(alert, act)) draft.put(part);
      await this.save(draft, this.position);
      return { alert: after };
    });
  }

  refine(id: string, cause: AlertCause): Promise<void> {
    return this.inTurn(async () => {
      const alert = this.book.get(id);
      if (!alert || !isActive(alert) || alert.cause?.code === cause.code) return;
      const draft = new Draft(this.book);
      draft.put({ ...alert, cause });
      await this.save(draft, this.position);
    });
  }

  visit(id: string, { found, by, comment }: Omit<Visit, 'at'>): Promise<VisitAnswer> {
    return this.inTurn(async () => {
      const known = this.predictions.get(id) ?? (await this.options.ledger.prediction(id));
      if (!known) return { refused: 'unknown' };
      if (known.visit) return { refused: 'already-told' };
      if ([by, comment].some((text) => (text?.length ?? 0) > TEXT_MAXIMUM)) return { refused: 'too-long' };
      const at = this.options.now();
      const prediction = this.predictions.visit(known, { found, by, comment, at });
      const alert = known.alert === undefined ? undefined : this.book.get(known.alert);
      const after = alert && isActive(alert) ? acted(alert, { what: 'clear', by, comment }, at) : undefined;
      const draft = new Draft(this.book);
      if (typeof after === 'object') draft.put(after);
      await this.save(draft, this.position);
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
      const answer = change(this.options.now());
      if ('mute' in answer) await this.save(new Draft(this.book), this.position);
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
    return this.health.get(cell);
  }

  counts(): AlertCounts {
    const counts: AlertCounts = {
      open: 0,
      acknowledged: 0,
      muted: 0,
      bySeverity: {},
      cleared: 0,
      refused: this.refused,
      letGo: this.letGo,
    };
    for (const alert of this.book.all()) {
      const isMuted = isActive(alert) && alert.mutedBy !== undefined;
      counts[isMuted ? 'muted' : alert.state] += 1;
      if (isActive(alert) && !isMuted) counts.bySeverity[alert.severity] = (counts.bySeverity[alert.severity] ?? 0) + 1;
    }
    return counts;
  }

  checkpoint(): Promise<void> {
    return this.inTurn(async () => {
      const alerts = [...this.unsaved].map((id) => this.book.get(id)).filter((alert) => alert !== undefined);
      const muting = this.muting.toSave(this.position, true);
      await this.write(alerts, { position: this.position, muting });
    });
  }

  /** What a person does to an alert holds for its parts and theirs, as far as it is about having seen it or being done. */
  private partsOf(alert: AlertRecord, act: Act): AlertRecord[] {
    if (act.what !== 'acknowledge' && act.what !== 'clear') return [];
    const { comment: _, ...bare } = act;
    const parts = this.book.partsOf(alert.id);
    const after = parts.map((part) => acted(part, bare, this.options.now())).filter((part) => typeof part !== 'string');
    return [...after, ...parts.flatMap((part) => this.partsOf(part, act))];
  }

  private dealtWith(findings: readonly Finding[], heard?: ReadingBatch): Draft {
    const draft = new Draft(this.book);
    for (const finding of findings) this.deal(finding, draft);
    if (heard) this.endRests(heard, draft);
    this.predictions.settle(draft, heard, this.options.now());
    return draft;
  }

  private deal(finding: Finding, draft: Draft): void {
    if (!this.predictions.take(finding)) return;
    const { dealing } = this;
    const before = this.book.newestOf(finding.kind, finding.subject.id);
    if (before && isOfEarlierSpell(before, finding)) return;
    if (!(before && isActive(before)) && isNoNews(finding)) return;
    const turns = turnsWith(finding.kind);
    const other = turns && this.book.newestOf(turns, finding.subject.id);
    const after = ownAlert(finding, before, dealing, {
      standing: before ? this.book.partsOf(before.id) : [],
      spells: spellsOf(before, other),
    });
    if (after && !this.book.get(after.id) && this.isRefused()) return;
    if (after && after !== before) draft.put(after);
    const siteId = siteOf(finding, before, dealing);
    if (siteId === undefined) {
      this.tellWide({ ...finding, changed: after ? [after] : [] }, draft);
      return;
    }
    const ofSite = siteAlerts(finding, siteId, this.book.ofSite(siteId), dealing);
    for (const alert of ofSite) draft.put(alert);
    this.desk.arrange(siteId, draft, dealing);
    this.tellStory(finding, draft, dealing);
    const changed = [after, ...ofSite].flatMap((alert) => (alert && this.book.get(alert.id)) ?? []);
    this.tellWide({ ...finding, changed }, draft);
    this.tellAreas({ ...finding, changed: changed.map(({ id }) => this.book.get(id)!) }, draft);
    for (const alert of changed) if (!isActive(alert)) this.release(alert, draft);
    this.endWide(draft);
  }

  /** What stands behind the move of a whole region, and what does no longer. */
  private tellWide(event: AreaEvent, draft: Draft): void {
    const [rooms, wallMs] = [this.areaRooms, this.options.now()];
    for (const alert of leftOfWide(event, rooms, wallMs)) draft.put(alert);
    for (const alert of joinedToWide(event, rooms, wallMs)) draft.put(alert);
    for (const alert of event.changed) if (isWideMove(alert) && !isActive(alert)) this.release(alert, draft);
  }

  private endWide(draft: Draft): void {
    for (const alert of this.book.calm()) {
      const after = overIfAlone(alert, this.areaRooms, this.options.now());
      if (after !== alert) draft.put(after);
    }
  }

  /** What a site's trouble does to the areas that it is part of, and to those that these are part of. */
  private tellAreas(event: AreaEvent, draft: Draft): void {
    const [rooms, wallMs] = [this.areaRooms, this.options.now()];
    const gathered = gatheredToArea(event, rooms, wallMs);
    for (const alert of gathered) draft.put(alert);
    let areas = areasOf([...event.changed, ...gathered], rooms);
    for (let depth = 0; areas.length > 0 && depth < 2; depth++) {
      const after = areas.map((area) => followed(area, event.at, rooms, wallMs));
      const moved = after.filter((area, i) => area !== areas[i]);
      for (const area of moved) draft.put(area);
      for (const area of moved) if (!isActive(area)) this.release(area, draft);
      areas = areasOf(moved, rooms).filter((area) => !after.includes(area));
    }
  }

  private tellStory({ subject, at }: Finding, draft: Draft, { flapMs, wallMs }: Dealing): void {
    const active = this.book.ofCell(subject.id);
    for (const alert of storied(active, subject.id, { at, flapMs, wallMs })) draft.put(alert);
  }

  /** It is over: what stood behind it and lasts stands for itself again. */
  private release(over: AlertRecord, draft: Draft): void {
    for (const part of this.book.partsOf(over.id)) draft.put(parted(part, this.options.now()));
  }

  /** What came and went is over once its cell has been heard to be well for long enough. */
  private endRests(heard: ReadingBatch, draft: Draft): void {
    const calm = this.book.calm();
    if (calm.length === 0) return;
    const cells = new Set(calm.map(({ subject }) => subject));
    const newest = newestHeard(heard, (cell) => cells.has(cell));
    const { flapMs, wallMs } = this.dealing;
    for (const alert of calm) {
      const at = newest.get(alert.subject);
      if (at === undefined) continue;
      const after = waited(alert, this.book.partsOf(alert.id).length === 0, { at, flapMs, wallMs });
      if (after !== alert) draft.put(after);
    }
  }

  private get dealing(): Dealing {
    return { places: this.options.places, flapMs: this.limits.flapMs, wallMs: this.options.now() };
  }

  private isRefused(): boolean {
    if (this.book.isFull) {
      this.refused += 1;
      if (!this.wasFull)
        this.options.log?.(`alerts: ${this.limits.maximumActive} are active, further ones are refused`);
    }
    this.wasFull = this.book.isFull;
    return this.wasFull;
  }

  /** Saves and tells what is worth it; the rest is remembered as unsaved. Takes all back when the ledger cannot save. */
  private async save(
    draft: Draft,
    journalSeq: number,
    { alarms = [], names }: Omit<SavedBeside, 'position'> = {},
  ): Promise<void> {
    const isNew = journalSeq === this.position || !this.muting.wasJudged(journalSeq);
    if (isNew) this.muting.apply(draft, this.options.now());
    const changes = draft.changes();
    const predictions = this.predictions.changed();
    const isSaving = predictions.length + alarms.length > 0 || names !== undefined || this.muting.hasChanged;
    if (!isSaving && changes.length === 0) return this.noteHealthOf(this.muting.turned());
    const isTold = (change: Change) => names !== undefined || isWorthTelling(change);
    const telling = changes.filter(isTold).map((change) => change.after);
    const waiting = changes.filter((change) => !isTold(change)).map((change) => change.after.id);
    const settles = waiting.length === 0 && [...this.unsaved].every((id) => telling.some((alert) => alert.id === id));
    try {
      const position = settles ? journalSeq : undefined;
      if (telling.length > 0 || isSaving) {
        const muting = this.muting.toSave(journalSeq, false);
        await this.write(telling, { position, alarms, names, predictions, muting });
      }
      this.predictions.keep();
      this.muting.keep();
    } catch (error) {
      draft.takeBack();
      this.predictions.takeBack();
      this.muting.takeBack();
      throw error;
    }
    for (const id of waiting) this.unsaved.add(id);
    this.settle(changes);
  }

  private settle(changes: readonly Change[]): void {
    const gone = this.book.trim();
    const unseen = gone.filter((alert) => isListed(alert)).length;
    if (unseen > 0)
      this.options.log?.(`alerts: ${unseen} cleared ones left the list unacknowledged, they stay in the ledger`);
    this.letGo += unseen;
    for (const alert of gone) this.unsaved.delete(alert.id);
    const cells = changes.flatMap(({ before, after }) => [...(before?.cells ?? []), ...after.cells]);
    this.noteHealthOf([...cells, ...this.muting.turned()]);
  }

  private async write(alerts: readonly AlertRecord[], beside: SavedBeside): Promise<void> {
    const { position, alarms, names, predictions, muting } = beside;
    const changes = alerts.map((alert) => ({ seq: this.options.nextSeq(), alert: this.withImpact(alert) }));
    await this.options.ledger.saveAlerts(changes, position, alarms, names, predictions, muting);
    for (const change of changes) {
      this.unsaved.delete(change.alert.id);
      if (this.book.get(change.alert.id)) this.book.put(change.alert);
      this.options.publish(change);
    }
  }

  /** Once it is over it keeps the impact that it had. */
  private withImpact(alert: AlertRecord): AlertRecord {
    const impact = isActive(alert) ? this.options.impactOf?.(alert) : undefined;
    return impact ? { ...alert, impact } : alert;
  }

  private noteHealthOf(cells: readonly string[]): void {
    for (const cell of new Set(cells)) this.noteHealth(cell);
  }

  private noteHealth(cell: string): void {
    const health = healthFrom(cell, this.book.ofCell(cell), this.muting.isPlanned(cell));
    if (health === this.health.get(cell)) return;
    if (health === undefined) this.health.delete(cell);
    else this.health.set(cell, health);
    this.options.healthChanged?.(cell, health);
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }
}
