// Deals with findings: what becomes of the alert of each, and of all that stands around it.

import type { AlertRecord } from '../model/alert.ts';
import { type Finding, isNoNews } from '../model/finding.ts';
import type { ReadingBatch } from '../model/reading.ts';
import type { Admission } from './admission.ts';
import type { AlarmDesk } from './alarm-desk.ts';
import { isActive } from './alert-state.ts';
import { type AreaEvent, type AreaRooms, areasOf, followed, gatheredToArea } from './area.ts';
import type { Book } from './book.ts';
import { type Dealing, ownAlert, siteAlerts, siteOf } from './deal.ts';
import { Draft } from './draft.ts';
import { newestHeard } from './heard.ts';
import { isOfEarlierSpell } from './lifecycle.ts';
import { Neighbours } from './neighbours.ts';
import type { Places } from './phrasing.ts';
import type { PredictionDesk } from './prediction-desk.ts';
import { isForetold } from './predictions.ts';
import { spellsOf, storied, turnsWith, waited } from './story.ts';
import { isWideMove, joinedToWide, leftOfWide, overIfAlone, type WideRooms } from './wide.ts';
import { parted } from './widening.ts';

export interface FindingRooms {
  book: Book;
  places: Places;
  predictions: PredictionDesk;
  alarms: AlarmDesk;
  admission: Admission;
  /** What is back within so long (data time) is the same alert. */
  flapMs: number;
  /** Wall time, epoch milliseconds. */
  now(): number;
}

export class FindingDesk {
  private readonly book: Book;
  private readonly around: AreaRooms & WideRooms;

  constructor(private readonly rooms: FindingRooms) {
    const { book, places } = rooms;
    const neighbours = new Neighbours(places.map);
    this.book = book;
    this.around = {
      ...{ places, near: (siteId) => neighbours.of(siteId), get: (id) => book.get(id) },
      ...{ ofSite: (siteId) => book.ofSite(siteId), ofCell: (cell) => book.ofCell(cell) },
      partsOf: (id) => book.partsOf(id),
    };
  }

  /**
   * What the findings change, and what had waited for the data time that was heard now.
   *
   * @param heard the readings of the same journal record; without them no time has passed
   */
  dealtWith(findings: readonly Finding[], heard?: ReadingBatch): Draft {
    const draft = new Draft(this.book);
    // A record may hold days: what was foretold is settled as if they had come one after the other.
    for (const ofPeriod of byPeriod(findings)) this.dealWithPeriod(ofPeriod, draft);
    if (heard) this.endRests(heard, draft);
    this.endWide(draft);
    this.rooms.predictions.settle(draft, heard, this.rooms.now());
    return draft;
  }

  /** What came first, then what is foretold from now on. */
  private dealWithPeriod(findings: readonly Finding[], draft: Draft): void {
    const { predictions, now } = this.rooms;
    const words = findings.filter(({ kind }) => isForetold(kind));
    for (const finding of findings) if (!isForetold(finding.kind)) this.deal(finding, draft);
    predictions.endOverdue(words, draft, now());
    for (const finding of words) this.deal(finding, draft);
    predictions.settle(draft, undefined, now());
  }

  /** One finding: its own alert, then its site's, then the areas and the region that these are part of. */
  deal(finding: Finding, draft: Draft): void {
    if (!this.rooms.predictions.take(finding)) return;
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
    if (after && !this.book.get(after.id) && this.rooms.admission.isRefused()) return;
    if (after && after !== before) draft.put(after);
    const siteId = siteOf(finding, before, dealing);
    if (siteId === undefined) {
      this.tellWide({ ...finding, changed: after ? [after] : [] }, draft);
      return;
    }
    const ofSite = siteAlerts(finding, siteId, this.book.ofSite(siteId), dealing);
    for (const alert of ofSite) draft.put(alert);
    this.rooms.alarms.arrange(siteId, draft, dealing);
    this.tellStory(finding, draft, dealing);
    const changed = [after, ...ofSite].flatMap((alert) => (alert && this.book.get(alert.id)) ?? []);
    this.tellWide({ ...finding, changed }, draft);
    const newest = changed.map(({ id }) => this.book.get(id)!);
    const begun = newest.filter(({ id }) => id !== after?.id || isNews(before, after));
    this.tellAreas({ ...finding, changed: newest }, begun, draft);
    for (const alert of changed) if (!isActive(alert)) this.release(alert, draft);
  }

  /** What stands behind the move of a whole region, and what does no longer. */
  private tellWide(event: AreaEvent, draft: Draft): void {
    const [rooms, wallMs] = [this.around, this.rooms.now()];
    for (const alert of leftOfWide(event, rooms, wallMs)) draft.put(alert);
    for (const alert of joinedToWide(event, rooms, wallMs)) draft.put(alert);
    for (const alert of event.changed) if (isWideMove(alert) && !isActive(alert)) this.release(alert, draft);
  }

  /** A region that is well, once nothing stands behind its alert any more. */
  private endWide(draft: Draft): void {
    for (const alert of this.book.calm()) {
      const after = overIfAlone(alert, this.around, this.rooms.now());
      if (after !== alert) draft.put(after);
    }
  }

  /** What a site's trouble does to the areas that it is part of, and to those that these are part of. */
  private tellAreas(event: AreaEvent, begun: readonly AlertRecord[], draft: Draft): void {
    const [rooms, wallMs] = [this.around, this.rooms.now()];
    const gathered = gatheredToArea({ ...event, changed: begun }, rooms, wallMs);
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
    for (const part of this.book.partsOf(over.id)) draft.put(parted(part, this.rooms.now()));
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

  get dealing(): Dealing {
    const { places, flapMs } = this.rooms;
    return { places, flapMs, wallMs: this.rooms.now() };
  }
}

/**
 * It begins, is back, or has become other trouble. What merely lasts gathers nothing: in a replay after a crash it would
 * meet what was told later.
 */
function isNews(before: AlertRecord | undefined, after: AlertRecord): boolean {
  return after !== before && (!before || !isActive(before) || before.calm !== undefined || before.kpi !== after.kpi);
}

/** Those of one time together, in the order of time; of one time they keep theirs. */
function byPeriod(findings: readonly Finding[]): Finding[][] {
  const periods = new Map<number, Finding[]>();
  for (const finding of findings.toSorted((a, b) => a.at - b.at)) {
    const known = periods.get(finding.at);
    if (known) known.push(finding);
    else periods.set(finding.at, [finding]);
  }
  return [...periods.values()];
}
