// Judges the cases that have moved and says what is worth saying of them, one prediction at a time for each cell or site.

import type { Finding, Subject } from '../../../model/finding.ts';
import type { PredictionEnd } from '../../../model/prediction.ts';
import { newestX } from '../first-passage/course-book.ts';
import { type Case, type Judgement, MOST_SEEN, noteDeciding } from './case.ts';
import type { CaseBook } from './case-book.ts';
import { findingOf, predictionOf, type Seen } from './draft.ts';
import { judgeCourse } from './judge.ts';
import type { Places } from './places.ts';
import { verdictOf } from './telling.ts';
import type { Moved, TrendWatch } from './trend-watch.ts';

const HOUR_MS = 3_600_000;
const PERIOD_SECONDS = 900;

/** What a sentence quotes, beside what the teller knows itself. */
export type Quoted = Pick<Seen, 'kpi' | 'observed' | 'usual' | 'limit'>;

export class Teller {
  private findings: Finding[] = [];

  constructor(
    private readonly book: CaseBook,
    private readonly places: Places,
    /** Data time of the newest sweep, epoch milliseconds. */
    public sweptAt = 0,
  ) {}

  /** All that was said since the last time. */
  take(): Finding[] {
    const { findings } = this;
    this.findings = [];
    return findings;
  }

  /** A trend has a new point, or is over. */
  course({ one, row, over }: Moved, watch: TrendWatch, at: number): void {
    const quoted = quotedOf(one, row, watch, at);
    if (over) {
      this.over(one, at, quoted, over === 'returned');
      return;
    }
    const { signal } = watch;
    const isYoung = at - one.since < signal.leastAgeMs;
    const judged = isYoung ? undefined : judgeCourse(one, at, signal, this.book.model(one.mode).parameters);
    this.consider(one, judged, at, quoted, one.most);
  }

  /** @param nearness how near the case is to its end, 0…1: at some of these moments the model is asked what it will be held to */
  consider(one: Case, judged: Judgement | undefined, at: number, quoted: Quoted, nearness: number): void {
    if (judged && one.cameAt === undefined) noteDeciding(one, nearness, judged.features);
    const verdict = verdictOf(one, judged, at);
    if (verdict?.what === 'end') this.end(one, verdict.ending, at, quoted);
    else if (judged && (verdict?.what === 'again' || (verdict && !this.isTaken(one.subject, one.mode))))
      this.say(one, judged, at, quoted);
  }

  private say(one: Case, judged: Judgement, at: number, quoted: Quoted): void {
    const prediction = predictionOf(one, judged, this.book.version(one.mode), this.seen(one, quoted));
    // What was said is what the model is held to most of all.
    if (!one.told && one.seen.length < MOST_SEEN) one.seen.push(judged.features);
    const phase = one.told ? 'lasts' : 'begins';
    one.told = {
      prediction,
      since: one.told?.since ?? at,
      firstLatestAt: one.told?.firstLatestAt ?? prediction.latestAt,
    };
    this.findings.push(findingOf(one, phase, at, prediction, this.seen(one, quoted)));
  }

  /** The case is over. */
  over(one: Case, at: number, quoted: Quoted, isKnown: boolean): void {
    this.end(one, one.cameAt === undefined ? 'withdrawn' : 'came-true', at, quoted);
    this.book.close(one, isKnown);
  }

  /** The fault is there. */
  came(one: Case, at: number): void {
    one.cameAt ??= at;
    this.end(one, 'came-true', at, nothing(one));
  }

  /** Its cell or site left, or is another machine. */
  leave(one: Case): void {
    this.end(one, 'withdrawn', one.lastAt, nothing(one));
    this.book.drop(one);
  }

  /** Once an hour of data time: what was told of cells that are unheard runs out as well. */
  sweep(at: number): void {
    if (at - this.sweptAt < HOUR_MS) return;
    this.sweptAt = at;
    for (const one of this.book.all()) {
      if (one.told && at - one.lastAt >= HOUR_MS) this.consider(one, undefined, at, nothing(one), 0);
    }
  }

  private end(one: Case, ending: PredictionEnd, at: number, quoted: Quoted): void {
    if (!one.told) return;
    const { prediction } = one.told;
    this.findings.push(findingOf(one, 'ends', at, prediction, this.seen(one, quoted), ending));
    delete one.told;
    // A number that the memory, which is JSON, can hold.
    one.agreed = ending === 'expired' ? Number.MIN_SAFE_INTEGER : 0;
  }

  /** What alarms announce is told for the site: not where something is foretold there, or on one of its cells, already. */
  private isTaken(subject: Subject, mode: Case['mode']): boolean {
    const ids = mode === 'other' ? [subject.id, ...this.places.cellsOf(subject)] : [subject.id];
    return ids.some((id) => [...this.book.of(id)].some(({ told }) => told !== undefined));
  }

  private seen(one: Case, quoted: Quoted): Seen {
    const { cases, came } = this.book.tally(one.mode);
    return { ...quoted, cells: this.places.cellsOf(one.subject), periodSeconds: PERIOD_SECONDS, cases, came };
  }
}

function quotedOf(one: Case, row: number, { signal, levels, reach }: TrendWatch, at: number): Quoted {
  const usual = levels.usual(row, at);
  const { kpi, toward } = signal;
  return { kpi, usual, observed: usual + toward * reach * newestX(one.course!), limit: usual + toward * reach };
}

function nothing({ told }: Case): Quoted {
  return { kpi: told?.prediction.limit?.kpi ?? '', observed: null, usual: null, limit: null };
}
