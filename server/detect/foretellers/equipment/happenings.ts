// What happened beside readings, applied when the readings have come as far: faults that came, and what people found.

import type { Alarm } from '../../../model/alarm.ts';
import { type Finding, isCreep, isNoNews, isShiftInDecibels } from '../../../model/finding.ts';
import type { ConfirmedCause } from '../../../model/learning.ts';
import { comesAs } from '../../../model/prediction.ts';
import type { Heard } from '../../foreteller.ts';
import type { RaisedAlarm } from '../../learning/sequences.ts';
import type { BrokenCells } from './broken-cells.ts';
import type { Case } from './case.ts';
import type { CaseBook } from './case-book.ts';
import type { Places } from './places.ts';
import type { SequenceWatch } from './sequence-watch.ts';
import type { Teller } from './teller.ts';

/** A trend that has come so far may be why; one that has hardly begun is not. */
const LEAST_PART = 0.3;
const MOST_WAITING = 50_000;

interface Found {
  at: number;
  found: Pick<Finding, 'phase' | 'kind' | 'kpi' | 'subject' | 'cells' | 'since'>;
}

type Happening = Found | { at: number; cause: ConfirmedCause } | { at: number; alarm: RaisedAlarm };

export class Happenings {
  constructor(
    private readonly book: CaseBook,
    private readonly places: Places,
    private readonly teller: Teller,
    private readonly sequences: Pick<SequenceWatch, 'take'>,
    private readonly broken: BrokenCells,
    private waiting: Happening[] = [],
  ) {}

  /** What is found, what people say, and alarms as they are raised. */
  add(heard: Heard): void {
    this.waiting = this.waiting.concat(happeningsIn(heard));
    if (this.waiting.length > MOST_WAITING) this.waiting = this.waiting.slice(-MOST_WAITING);
  }

  upTo(at: number): void {
    if (this.waiting.length === 0) return;
    // Senders of alarms do not wait for each other.
    const due = this.waiting.filter((one) => one.at <= at).sort((a, b) => a.at - b.at);
    if (due.length === 0) return;
    this.waiting = this.waiting.filter((one) => one.at > at);
    for (const one of due) {
      if ('alarm' in one) this.sequences.take(one.alarm);
      else if ('cause' in one) this.settle(one.cause);
      else this.found(one);
    }
  }

  save(): Happening[] {
    return this.waiting;
  }

  private found({ at, found }: Found): void {
    const { phase, kind, kpi, cells, since } = found;
    this.broken.take(found);
    for (const one of this.casesOf(cells)) {
      if (one.mode === 'hardware' && kind === 'fault') {
        // A restart may take a period; what stays away is the fault.
        if (phase === 'begins') one.downSince ??= since;
        else delete one.downSince;
        continue;
      }
      if (phase === 'ends' || (phase === 'lasts' && one.cameAt !== undefined)) continue;
      // The site was broken before the alarm: that foretold nothing.
      if (one.mode === 'other' && since <= one.since && comesAs('other', kind, kpi)) {
        this.teller.leave(one);
        continue;
      }
      const isOnItsWay = one.course === undefined || one.most >= LEAST_PART;
      if (isOnItsWay && since > one.since && comesAs(one.mode, kind, kpi)) this.teller.came(one, at);
    }
  }

  /** What was confirmed came; where nothing was found it did not, of a warning what it foretold; what was mended starts anew. */
  private settle({ at, subjects, mode, foretold, isMended }: ConfirmedCause): void {
    const meant = mode ?? foretold;
    for (const one of this.casesOf(subjects)) {
      if (meant !== undefined && meant !== one.mode) continue;
      if (mode !== null) this.teller.came(one, at);
      if (mode === null || isMended) this.teller.over(one, at, NOTHING, true);
    }
  }

  /** On these cells and sites, and on the sites of these cells. */
  private casesOf(ids: readonly string[]): Case[] {
    const subjects = new Set(ids.flatMap((id) => [id, this.places.siteOf(id).id]));
    return [...subjects].flatMap((id) => [...this.book.of(id)]);
  }
}

function happeningsIn(heard: Heard): Happening[] {
  if (heard.what === 'causes') return heard.causes.map((cause) => ({ at: cause.at, cause }));
  if (heard.what === 'alarms') return heard.alarms.flatMap(raisedIn);
  return heard.what === 'findings' ? heard.findings.flatMap(foundIn) : [];
}

function foundIn(finding: Finding): Happening[] {
  const { phase, kind, kpi, subject, cells, since, at } = finding;
  // What a whole region does, data of many sites that are missing, what creeps, and what nobody is told have broken no site.
  const breaksNothing = subject.scope === 'area' || isCreep(finding) || isNoNews(finding);
  if (phase !== 'ends' && breaksNothing) return [];
  // A level that had hardly moved when it was found may have moved far since.
  if (phase === 'lasts' && !isShiftInDecibels(finding)) return [];
  return [{ at, found: { phase, kind, ...(kpi !== undefined && { kpi }), subject, cells, since } }];
}

function raisedIn({ severity, raisedAt, condition, subject }: Alarm): Happening[] {
  if (severity === 'cleared') return [];
  return [{ at: raisedAt, alarm: { at: raisedAt, siteId: subject.siteId, condition } }];
}

const NOTHING = { kpi: '', observed: null, usual: null, limit: null };
