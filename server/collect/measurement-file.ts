// Follows the elements of a 3GPP PM file (TS 32.435, TS 28.532) and joins them into one reading per object and period.

import type { PlainNames } from '../model/reading.ts';
import type { CounterValue, Parsed } from '../model/sent.ts';
import { readCounterValue } from './counter-value.ts';
import type { FormatContext } from './format.ts';
import { JoinedReadings, type MeasuredValues, type Period } from './joined-readings.ts';
import { describeObject } from './managed-object.ts';
import type { Attributes, PmDialect } from './pm-dialect.ts';
import { PmTimes, readPeriod } from './pm-times.ts';

/** What one `measInfo` says about all its values. */
interface Info {
  period: Period;
  /** Counter names by `p`. */
  typeByP: Map<string, string>;
  /** Counter names in order: the list form has no `p`. */
  typeList: string[];
  /** The order in which its first `measValue` gave its values; the others nearly always give theirs in the same. */
  order: PlainNames | undefined;
  /** Values whose `p` no `measType` names, counted by that `p`. */
  strayByP: Map<string, { count: number; line: number }>;
}

/** One `measValue`: kept apart until it is complete, so that a file cut in its middle loses nothing else. */
interface Value extends MeasuredValues {
  /** Names of the values; none of its own while they are those of `shared`, in that order. */
  names: string[];
  rejected: boolean;
}

/** Readings are complete at the end of their `measData`: only there can no further `measInfo` speak of the same object and period. */
export class MeasurementFile implements PmDialect {
  readonly valueMark = '<measValue';
  hasData = false;
  private element = '';
  private elementLabel: string | undefined;
  private info = emptyInfo();
  private value: Value | undefined;
  private p = '';
  private depth = 0;
  private readonly joined: JoinedReadings;
  private readonly times: PmTimes;

  constructor(private readonly context: FormatContext) {
    this.joined = new JoinedReadings(context);
    this.times = new PmTimes(context);
  }

  open(name: string, attributes: Attributes, line: number): boolean {
    this.depth++;
    switch (name) {
      case 'r':
      case 'measType':
        this.p = attributes.p ?? '';
        return true;
      case 'measTypes':
      case 'measResults':
      case 'suspect':
        return true;
      case 'measValue': {
        const ldn = attributes.measObjLdn ?? '';
        const { order } = this.info;
        this.value = { ldn, line, names: [], values: [], suspect: false, shared: order, rejected: false };
        return false;
      }
      case 'measInfo':
        this.info = emptyInfo();
        return false;
      case 'granPeriod':
        this.setPeriod(attributes);
        return false;
      default:
        this.openHead(name, attributes);
        return false;
    }
  }

  /** What names the file, its sender and its elements. */
  private openHead(name: string, attributes: Attributes): void {
    switch (name) {
      case 'managedElement':
      case 'measEntity':
        this.element = attributes.localDn ?? '';
        this.elementLabel = attributes.userLabel;
        return;
      case 'fileSender':
        this.context.sender = attributes.localDn || attributes.senderName || this.context.sender;
        return;
      case 'measCollec':
        this.times.readBeginning(attributes.beginTime);
        return;
      case 'measData':
        // The header and the footer of TS 28.532 call an element measData too; those hold no value.
        if (this.depth === 2) this.hasData = true;
        else this.times.readBeginning(attributes.beginTime);
    }
  }

  close(name: string, text: string, line: number): void {
    this.depth--;
    switch (name) {
      case 'r':
        this.addResult(this.p, text, line);
        return;
      case 'measType':
        this.info.typeByP.set(this.p, text.trim());
        return;
      case 'measTypes':
        this.info.typeList = words(text);
        return;
      case 'measResults':
        this.addResults(text);
        return;
      case 'suspect':
        if (this.value) this.value.suspect = isTrue(text);
        return;
      case 'measValue':
        this.endValue();
        return;
      case 'measInfo':
        this.endInfo();
        return;
      case 'measData':
        this.endMeasData();
        return;
    }
  }

  /** Nine tenths of a file: `<r p="7">42</r>`. */
  leaf(name: string, p: string | undefined, text: string): boolean {
    const counter = name === 'r' && p !== undefined ? this.info.typeByP.get(p) : undefined;
    if (counter === undefined || !this.value) return false;
    this.put(this.value, counter, readCounterValue(text));
    return true;
  }

  private put(value: Value, counter: string, result: CounterValue): void {
    const at = value.values.push(result) - 1;
    if (value.shared && value.shared.counters[at] !== counter) {
      value.names = value.shared.counters.slice(0, at);
      value.shared = undefined;
    }
    if (!value.shared) value.names.push(counter);
  }

  drain(): Parsed[] {
    return this.joined.drain();
  }

  finish(): Parsed[] {
    this.endInfo();
    this.flush();
    this.times.tell();
    return this.joined.drain();
  }

  private setPeriod({ endTime, duration }: Attributes): void {
    this.info.period = { at: this.times.read(endTime), periodSeconds: readPeriod(duration, 1) };
  }

  private addResult(p: string, text: string, line: number): void {
    if (!this.value || this.leaf('r', p, text)) return;
    const stray = this.info.strayByP.get(p);
    if (stray) stray.count++;
    else this.info.strayByP.set(p, { count: 1, line });
  }

  /** The list form has nothing but order to join by: a wrong count means that no value can be trusted. */
  private addResults(text: string): void {
    if (!this.value) return;
    const results = words(text);
    const names = this.info.typeList;
    if (results.length !== names.length) {
      this.value.rejected = true;
      const detail = `measValue "${this.value.ldn}" has ${results.length} measResults for ${names.length} measTypes, so its values cannot be told apart; write one result a type, NIL where there is none`;
      this.joined.refuse('wrong-shape', detail, this.value.line, text.trim());
      return;
    }
    for (const [i, result] of results.entries()) this.put(this.value, names[i]!, readCounterValue(result));
  }

  private endValue(): void {
    const { value } = this;
    this.value = undefined;
    if (!value || value.rejected) return;
    if (value.values.length !== value.shared?.counters.length) {
      if (value.shared) value.names = value.shared.counters.slice(0, value.values.length);
      value.shared = undefined;
    }
    if (!value.shared && !this.info.order) value.shared = this.info.order = this.joined.sharedNames(value.names);
    this.joined.add({ ...value, names: value.shared?.counters ?? value.names }, this.info.period);
  }

  private endInfo(): void {
    for (const [p, { count, line }] of this.info.strayByP) {
      const detail = `r p="${p}" has no measType p="${p}" in its measInfo, so its counter is unknown; the object's other values were kept`;
      this.joined.refuse('wrong-shape', detail, line, undefined, count);
    }
    this.info = emptyInfo();
  }

  private endMeasData(): void {
    this.flush();
    this.element = '';
    this.elementLabel = undefined;
  }

  private flush(): void {
    this.joined.flush((ldn) => describeObject(this.element, this.elementLabel, ldn));
  }
}

function emptyInfo(): Info {
  const period = { at: undefined, periodSeconds: undefined };
  return { period, typeByP: new Map(), typeList: [], order: undefined, strayByP: new Map() };
}

/** `suspect` of TS 32.435, `sf` of TS 32.401. */
export function isTrue(text: string): boolean {
  return /^\s*(?:true|1)\s*$/i.test(text);
}

function words(text: string): string[] {
  const trimmed = text.trim();
  return trimmed === '' ? [] : trimmed.split(/\s+/);
}
