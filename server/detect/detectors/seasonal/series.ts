// The judgement of one KPI over all cells: how far a value is from its usual, whether that is confirmed, when it is the new usual.

import type { Evidence } from '../../../model/finding.ts';
import { Baseline, HOURS_PER_DAY, RAISED, STAGE } from './baseline.ts';
import { fromScale, harmOf, periodFactor } from './kpi-rule.ts';
import type { Pace } from './pace.ts';
import { Peers } from './peers.ts';

const LAST_THREE = 0b111;
/** From then on it is known how a series varies. */
const KNOWN_HOURS = 7 * HOURS_PER_DAY;
const SETTLED_HOURS = 13 * HOURS_PER_DAY;
/** A level that moves by this part of its way from the usual in a day does not stand yet: a straight climb of two weeks does so each day. *Default.* */
const MOVES_SHARE = 0.06;
/** A single value counts at most so much for a shift. */
const MOST_OF_ONE = 1.5;

/** What a value says, by the channel that hears most: by itself, as one of many, or as the same again. */
export type Channel = 'residual' | 'shift' | 'still';

/** The usual range, in the unit of the KPI. */
export interface Band {
  low: number;
  mid: number;
  high: number;
}

/** A value that is out of line, with what it is compared to. */
export interface Hit extends Band {
  memory: Series;
  series: number;
  row: number;
  strength: number;
  value: number;
  attempts: number | undefined;
  channel: Channel;
}

export abstract class Series extends Baseline {
  readonly peers = new Peers(this.profile.shiftHours);

  /**
   * How far the value is out of line in the harmful direction: 1 = at the line. NaN when it cannot be judged.
   * `bin` is the local hour of the week, `attempts` NaN where none are known; value in the unit of the KPI.
   */
  abstract judge(series: number, bin: number, pace: Pace, value: number, attempts: number): number;
  /** Learns the value just judged. */
  abstract learn(series: number, bin: number, pace: Pace, at: number, attempts: number): void;
  /** The usual range, as `judge` saw it last. */
  protected abstract band(): Band;
  /** Makes `band` ready for an hour without a value; false when nothing is known of it yet. */
  protected abstract look(series: number, bin: number, pace: Pace): boolean;

  /** Judges a value without learning it, with its usual range in the unit of the KPI for this period. */
  compare(series: number, bin: number, pace: Pace, value: number, row: number, attempts = Number.NaN): Hit {
    const scaled = value * periodFactor(this.rule, pace.seconds);
    const strength = this.judge(series, bin, pace, scaled, attempts);
    return this.hit(series, row, strength, value, attempts, pace);
  }

  /**
   * Takes the value just judged into the slow channels: the average of the last hours (an exponentially weighted moving average,
   * Roberts 1959), less what peers do, and how long it has stood still.
   */
  trace(series: number, strength: number, value: number, pace: Pace): void {
    const { lately, newest } = this.columns.fields;
    const bounded = Math.min(MOST_OF_ONE, Math.max(-MOST_OF_ONE, strength));
    lately[series]! += pace.shift * (bounded - lately[series]!);
    if (Math.fround(value) === newest[series]) this.noteAlike(series);
    else this.noteAnother(series, value);
  }

  private noteAlike(series: number): void {
    const { alike, mostAlike, hours } = this.columns.fields;
    if (alike[series]! < 65_535) alike[series]!++;
    if (hours[series]! < KNOWN_HOURS) mostAlike[series] = Math.max(mostAlike[series]!, alike[series]!);
  }

  private noteAnother(series: number, value: number): void {
    const { newest, alike, mostAlike } = this.columns.fields;
    newest[series] = value;
    if (alike[series] === 0) return;
    if (alike[series]! > mostAlike[series]!) mostAlike[series] = alike[series]!;
    alike[series] = 0;
  }

  /**
   * The channel that is out of line, and how far; undefined: none is. `common`: what peers do on the average of the last hours.
   * What is raised already is followed by the channel that raised it.
   */
  channelOf(
    series: number,
    strength: number,
    pace: Pace,
    common: number,
  ): { channel: Channel; strength: number; isShared?: true } | undefined {
    const { lately, raised } = this.columns.fields;
    const { shiftStrength, shiftRelease, releaseStrength } = this.profile;
    // Of shares without attempts only the worst says anything, and a few failures in many make no average.
    if (strength >= 1 || this.rule.model === 'bare-ratio') {
      return strength >= releaseStrength ? { channel: 'residual', strength } : undefined;
    }
    if (raised[series] === RAISED.shift) return strength >= shiftRelease ? { channel: 'shift', strength } : undefined;
    const shift = (lately[series]! - Math.max(0, common)) / shiftStrength;
    // The values of now must still show it: an average remembers what is over.
    const isShift = shift >= 1 && raised[series] === RAISED.no && strength >= shiftRelease;
    if (isShift) return { channel: 'shift', strength: shift };
    // Its peers have shifted as well, and as far: that is no trouble of its own, but one of them all.
    const isShared = common >= shiftStrength && lately[series]! >= shiftStrength && strength >= shiftRelease;
    if (isShared) return { channel: 'shift', strength: lately[series]! / shiftStrength, isShared };
    if (strength >= releaseStrength) return { channel: 'residual', strength };
    const still = this.stillnessOf(series, pace);
    return still >= 1 ? { channel: 'still', strength: still } : undefined;
  }

  /** What is excused altogether says nothing of a shift of its own. */
  forgetShift(series: number): void {
    this.columns.fields.lately[series] = 0;
  }

  /** Halfway to a shift nothing is learned: it would be the usual before it is told. */
  mayHaveShifted(series: number): boolean {
    const { lately, hours } = this.columns.fields;
    return lately[series]! >= this.profile.shiftStrength / 2 && hours[series]! >= SETTLED_HOURS;
  }

  /** How often the newest value came in a row. */
  timesAlike(series: number): number {
    return this.columns.fields.alike[series]! + 1;
  }

  private stillnessOf(series: number, pace: Pace): number {
    const { alike, mostAlike, hours } = this.columns.fields;
    // What may stand still for a day is a constant, or nearly one.
    const isConstant = mostAlike[series]! * pace.hours >= HOURS_PER_DAY;
    // Nor is a share without any failures stuck.
    const isFaultless = this.rule.model === 'ratio' && this.x === 0;
    if (alike[series]! === 0 || isConstant || isFaultless || hours[series]! < KNOWN_HOURS) return 0;
    const limit = Math.max(this.profile.stillHours / pace.hours, this.profile.stillTimes * mostAlike[series]!);
    return alike[series]! / limit;
  }

  /** The value that was judged last, with its usual range. */
  hit(
    series: number,
    row: number,
    strength: number,
    value: number,
    attempts: number,
    pace: Pace,
    channel: Channel = 'residual',
  ): Hit {
    const band = this.bandFor(pace);
    const known = Number.isNaN(attempts) ? undefined : Math.round(attempts);
    return { memory: this, series, row, strength, value, attempts: known, channel, ...band };
  }

  /** The usual range at an hour without a value; null while nothing is known of it. */
  usualAt(series: number, bin: number, pace: Pace): Band | null {
    return this.look(series, bin, pace) ? this.bandFor(pace) : null;
  }

  private bandFor(pace: Pace): Band {
    const factor = periodFactor(this.rule, pace.seconds);
    const { low, mid, high } = this.stage === STAGE.cold ? this.hardLineBand() : this.band();
    return { low: low / factor, mid: mid / factor, high: high / factor };
  }

  /**
   * Takes the verdict on one period into account, by the line that holds today; +1 when the series becomes raised, −1 when it
   * no longer is, else 0. What was raised by a slow channel ends when the values themselves are back.
   */
  confirm(series: number, strength: number, atLine = 1, channel: Channel = 'residual'): -1 | 0 | 1 {
    const { bits, raised } = this.columns.fields;
    const { profile } = this;
    const line = this.lineOf(raised[series]!, atLine);
    const now = ((bits[series]! << 1) | (strength >= line ? 1 : 0)) & 0xff;
    bits[series] = now;
    if (now === 0 && !raised[series]) return 0;
    if (raised[series]) {
      if ((now & ((1 << profile.clearPeriods) - 1)) !== 0) return 0;
      return this.release(series);
    }
    const often = countBits(now & LAST_THREE) >= profile.confirmPeriods && (now & 1) === 1;
    if (!often && !(channel === 'residual' && strength >= profile.overwhelmingStrength)) return 0;
    raised[series] = RAISED[channel];
    return 1;
  }

  private lineOf(raised: number, atLine: number): number {
    if (raised === RAISED.no) return atLine;
    return raised === RAISED.shift ? this.profile.shiftRelease : this.profile.releaseStrength;
  }

  /** Periods back to the first of the last three that was out of line. */
  periodsOut(series: number): number {
    const recent = this.columns.fields.bits[series]! & LAST_THREE;
    return recent & 4 ? 2 : recent & 2 ? 1 : 0;
  }

  /** No longer raised, with a clean slate. */
  release(series: number): -1 {
    const { bits, raised, lately } = this.columns.fields;
    bits[series] = 0;
    lately[series] = 0;
    raised[series] = 0;
    return -1;
  }

  /**
   * Notes which side of the usual the value stands on; true when it has stood there long enough to be the new level, which it
   * then is; what still climbs day by day is none yet. A range too wide to tell (few attempts at night) says nothing for or against;
   * what stands on the other side does.
   */
  acceptNewLevel(series: number, pace: Pace): boolean {
    const stands = Math.abs(this.x - this.mid) > this.half / 2;
    // Most values stand in the middle of their range, and so did those before.
    if (!stands && this.columns.fields.offHours[series] === 0) return false;
    return this.stage !== STAGE.cold && this.stoodLong(series, pace, stands);
  }

  private stoodLong(series: number, pace: Pace, stands: boolean): boolean {
    const { offHours, offLevel, offBefore, shift } = this.columns.fields;
    const { newLevelHours } = this.profile;
    const { notedAtHours } = this;
    const residual = this.x - this.mid;
    const off = offHours[series]!;
    const level = offLevel[series]!;
    if (stands && (off === 0 || level > 0 === residual > 0)) {
      const rate = Math.max(pace.hours / (off + pace.hours), pace.hours / HOURS_PER_DAY);
      offLevel[series] = off === 0 ? residual : level + rate * (residual - level);
      offHours[series] = off + pace.hours;
      if (off < notedAtHours && off + pace.hours >= notedAtHours) offBefore[series] = offLevel[series]!;
    } else if (stands || this.half < 2 * Math.abs(level)) {
      offHours[series] = Math.max(0, off - 2 * pace.hours);
    }
    if (offHours[series]! < newLevelHours) return false;
    if (this.stillMoves(series)) return false;
    shift[series]! += offLevel[series]!;
    offHours[series] = 0;
    this.columns.fields.lately[series] = 0;
    this.columns.fields.ahead[series] = 0;
    if (harmOf(this.rule) * offLevel[series]! > 0) this.columns.fields.accepted[series]! += offLevel[series]!;
    return true;
  }

  /** A day before it may be accepted, and halfway there where that is sooner, it is noted how far a level stands off. */
  private get notedAtHours(): number {
    const { newLevelHours } = this.profile;
    return Math.max(newLevelHours - HOURS_PER_DAY, newLevelHours / 2);
  }

  /** The average of the newest day is not that of the day before: it is on its way, and is looked at again in a day. */
  private stillMoves(series: number): boolean {
    const { offHours, offLevel, offBefore } = this.columns.fields;
    const level = offLevel[series]!;
    const moved = Math.abs(level - offBefore[series]!) > MOVES_SHARE * Math.abs(level);
    if (moved) {
      offHours[series] = this.notedAtHours;
      offBefore[series] = level;
    }
    return moved;
  }

  /** The first hours know only the line that operators run by: how far a gross miss of it goes, 1 = at the limit. */
  protected beyondHardLine(value: number): number {
    const { line, worse } = this.rule.kpi;
    if (line === undefined) return 0;
    return (worse === 'lower' ? line - value : value - line) / this.hardLineMargin;
  }

  private hardLineBand(): Band {
    const { line, range, worse } = this.rule.kpi;
    const [least, most] = range;
    if (line === undefined) return { low: least, mid: fromScale(this.rule, this.mid), high: most };
    const lower = worse === 'lower';
    return {
      low: lower ? line - this.hardLineMargin : least,
      mid: line,
      high: lower ? most : Math.min(most, line + this.hardLineMargin),
    };
  }

  private get hardLineMargin(): number {
    return this.profile.hardLineChanges * this.rule.kpi.leastChange;
  }
}

/** A value and its usual range as evidence. */
export function evidenceOf(band: Band, observed: number | null, score: number, attempts?: number): Evidence {
  const evidence: Evidence = { observed, expected: band.mid, low: band.low, high: band.high, score };
  return attempts === undefined ? evidence : { ...evidence, attempts };
}

function countBits(bits: number): number {
  return (bits & 1) + ((bits >> 1) & 1) + ((bits >> 2) & 1);
}
