// Follows the elements of a 3GPP PM file (TS 32.435, TS 28.532) and joins them into one reading per object and period.

import { parseDuration } from '../maths/parse-duration.ts';
import { parseTime } from '../maths/parse-time.ts';
import type { RejectionReason } from '../model/rejection.ts';
import { readCounterValue } from './counter-value.ts';
import { excerpt } from './excerpt.ts';
import type { CounterValue, FormatContext, Parsed } from './format.ts';
import { describeObject } from './managed-object.ts';

type Attributes = Record<string, string | undefined>;

/** What one `measInfo` says about all its values. */
interface Info {
  /** END of the granularity period, epoch milliseconds, or the text that is no time. */
  at: number | string | undefined;
  periodSeconds: number | string | undefined;
  /** Counter names by `p`. */
  typeByP: Map<string, string>;
  /** Counter names in order: the list form has no `p`. */
  typeList: string[];
  /** Values whose `p` no `measType` names, counted by that `p`. */
  strayByP: Map<string, { count: number; line: number }>;
}

/** One `measValue`: kept apart until it is complete, so that a file cut in its middle loses nothing else. */
interface Value {
  ldn: string;
  line: number;
  names: string[];
  values: CounterValue[];
  suspect: boolean;
  rejected: boolean;
}

interface Pending {
  ldn: string;
  line: number;
  at: Info['at'];
  periodSeconds: Info['periodSeconds'];
  counters: Record<string, CounterValue>;
  suspect: boolean;
}

/**
 * Takes elements in document order; `drain` hands over what is complete. Readings are complete at the end of their
 * `measData`: only there can no further `measInfo` speak of the same object and period.
 */
export class MeasurementFile {
  private element = '';
  private elementLabel: string | undefined;
  private info = emptyInfo();
  private value: Value | undefined;
  private p = '';
  private pending = new Map<string, Pending>();
  private ready: Parsed[] = [];

  constructor(private readonly context: FormatContext) {}

  /** `name` is the element's name without prefix; returns true when its text is wanted by `close`. */
  open(name: string, attributes: Attributes, line: number): boolean {
    switch (name) {
      case 'r':
      case 'measType':
        this.p = attributes.p ?? '';
        return true;
      case 'measTypes':
      case 'measResults':
      case 'suspect':
        return true;
      case 'measValue':
        this.value = {
          ldn: attributes.measObjLdn ?? '',
          line,
          names: [],
          values: [],
          suspect: false,
          rejected: false,
        };
        return false;
      case 'measInfo':
        this.info = emptyInfo();
        return false;
      case 'granPeriod':
        this.setPeriod(attributes);
        return false;
      case 'managedElement':
      case 'measEntity':
        this.element = attributes.localDn ?? '';
        this.elementLabel = attributes.userLabel;
        return false;
      case 'fileSender':
        this.context.sender = attributes.localDn || attributes.senderName || this.context.sender;
        return false;
      default:
        return false;
    }
  }

  close(name: string, text: string, line: number): void {
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
        if (this.value) this.value.suspect = /^\s*(?:true|1)\s*$/i.test(text);
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

  /** Hands over what is complete. */
  drain(): Parsed[] {
    const ready = this.ready;
    this.ready = [];
    return ready;
  }

  /** The document ends or breaks here: what is complete within the open `measData` becomes readings. */
  finish(): Parsed[] {
    this.endInfo();
    this.flush();
    return this.drain();
  }

  private setPeriod(attributes: Attributes): void {
    const { endTime, duration } = attributes;
    this.info.at = endTime === undefined ? undefined : (parseTime(endTime, this.context.zoneOffsetMinutes) ?? endTime);
    this.info.periodSeconds = duration === undefined ? undefined : (parseDuration(duration) ?? duration);
  }

  /** Whether a `measType` of the open `measInfo` has this `p`. */
  hasType(p: string): boolean {
    return this.info.typeByP.has(p);
  }

  /** One `r` of the open `measValue`. */
  addResult(p: string, text: string, line: number): void {
    if (!this.value) return;
    const name = this.info.typeByP.get(p);
    if (name === undefined) {
      const stray = this.info.strayByP.get(p);
      if (stray) stray.count++;
      else this.info.strayByP.set(p, { count: 1, line });
      return;
    }
    this.value.names.push(name);
    this.value.values.push(readCounterValue(text));
  }

  /** The list form has nothing but order to join by: a wrong count means that no value can be trusted. */
  private addResults(text: string): void {
    if (!this.value) return;
    const results = words(text);
    const names = this.info.typeList;
    if (results.length !== names.length) {
      this.value.rejected = true;
      const detail = `measValue "${this.value.ldn}" has ${results.length} measResults for ${names.length} measTypes, so its values cannot be told apart; write one result a type, NIL where there is none`;
      this.refuse('wrong-shape', detail, this.value.line, text.trim());
      return;
    }
    this.value.names.push(...names);
    this.value.values.push(...results.map(readCounterValue));
  }

  private endValue(): void {
    const value = this.value;
    this.value = undefined;
    if (!value || value.rejected) return;
    const { at, periodSeconds } = this.info;
    const key = `${at}\n${periodSeconds}\n${value.ldn}`;
    let pending = this.pending.get(key);
    if (!pending) {
      pending = { ldn: value.ldn, line: value.line, at, periodSeconds, counters: Object.create(null), suspect: false };
      this.pending.set(key, pending);
    }
    merge(pending.counters, value.names, value.values);
    pending.suspect ||= value.suspect;
  }

  private endInfo(): void {
    for (const [p, { count, line }] of this.info.strayByP) {
      const detail = `r p="${p}" has no measType p="${p}" in its measInfo, so its counter is unknown; the object's other values were kept`;
      this.refuse('wrong-shape', detail, line, undefined, count);
    }
    this.info = emptyInfo();
  }

  private endMeasData(): void {
    // The header and the footer of TS 28.532 call an element measData too; those hold no value.
    this.flush();
    this.element = '';
    this.elementLabel = undefined;
  }

  private flush(): void {
    for (const { ldn, line, at, periodSeconds, counters, suspect } of this.pending.values()) {
      const cell = describeObject(this.element, this.elementLabel, ldn);
      const where = { line, file: this.context.file };
      this.ready.push({ kind: 'reading', reading: { cell, at, periodSeconds, counters, suspect, where } });
    }
    this.pending.clear();
  }

  private refuse(reason: RejectionReason, detail: string, line: number, text?: string, count?: number): void {
    const piece = text === undefined ? undefined : excerpt(text);
    const { file } = this.context;
    this.ready.push({ kind: 'rejection', rejection: { reason, detail, line, file, excerpt: piece, count } });
  }
}

function emptyInfo(): Info {
  return { at: undefined, periodSeconds: undefined, typeByP: new Map(), typeList: [], strayByP: new Map() };
}

function words(text: string): string[] {
  const trimmed = text.trim();
  return trimmed === '' ? [] : trimmed.split(/\s+/);
}

/** The newest value wins; null never replaces one. */
function merge(counters: Record<string, CounterValue>, names: string[], values: CounterValue[]): void {
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    const value = values[i] as CounterValue;
    if (value !== null || !(name in counters)) counters[name] = value;
  }
}
