// Follows the elements of Nokia's OMeS files: one element a counter, objects by path, periods by their START and minutes.

import type { Parsed } from '../model/sent.ts';
import { readCounterValue } from './counter-value.ts';
import type { FormatContext } from './format.ts';
import { type Counters, JoinedReadings, type MeasuredValues, type Period } from './joined-readings.ts';
import { describeObject } from './managed-object.ts';
import type { Attributes, PmDialect } from './pm-dialect.ts';
import { PmTimes, readPeriod } from './pm-times.ts';

/** The name of an object is a whole, `DN`, or in two halves. */
const NAMES = new Set(['DN', 'baseId', 'localMoid']);
/** Which operator of a shared network the values are of: at the end of an object's path, or as a path of its own. */
const OPERATOR = /(?:^(?:PLMN-[^/]*\/)?|\/)MCC-([^/]+)\/MNC-([^/]+)$/;
const MINUTE_SECONDS = 60;

/** One `PMMOResult`: some paths, and the values of one or more targets. */
interface Result extends MeasuredValues {
  names: string[];
  paths: string[];
}

export class OmesFile implements PmDialect {
  readonly valueMark = 'measurementType=';
  hasData = false;
  private period: Period = { at: undefined, periodSeconds: undefined };
  private result: Result | undefined;
  private baseId = '';
  /** The element that holds counters: `PMTarget`, `NE-WBTS_1.0`, …; its children are the counters. */
  private target: string | undefined;
  /** By path, the operators that its values came apart by. */
  private readonly operators = new Map<string, Set<string>>();
  private readonly joined: JoinedReadings;
  private readonly times: PmTimes;

  constructor(context: FormatContext) {
    this.joined = new JoinedReadings(context);
    this.times = new PmTimes(context);
  }

  open(name: string, attributes: Attributes, line: number): boolean {
    if (this.target !== undefined || NAMES.has(name)) return true;
    if (name === 'PMSetup') this.startSetup(attributes);
    else if (name === 'PMMOResult') {
      this.result = { paths: [], ldn: '', line, names: [], values: [], suspect: false };
    } else if (attributes.measurementType !== undefined && this.result) this.target = name;
    return false;
  }

  private startSetup({ startTime, interval }: Attributes): void {
    this.hasData = true;
    const start = this.times.read(startTime);
    // Without a length the period has no end: an empty one is refused, an absent one would be taken as fifteen minutes.
    const periodSeconds = readPeriod(interval, MINUTE_SECONDS) ?? '';
    const isKnown = typeof start === 'number' && typeof periodSeconds === 'number';
    this.period = { at: isKnown ? start + 1000 * periodSeconds : start, periodSeconds };
  }

  close(name: string, text: string): void {
    if (!this.leaf(name, undefined, text) && name === 'PMMOResult') this.endResult();
  }

  leaf(name: string, _p: string | undefined, text: string): boolean {
    if (!this.result) return false;
    if (this.target === name) this.target = undefined;
    else if (this.target !== undefined) this.addValue(this.result, name, text);
    else if (NAMES.has(name)) this.addName(this.result, name, text.trim());
    else return false;
    return true;
  }

  private addValue({ names, values }: Result, counter: string, text: string): void {
    names.push(counter);
    values.push(readCounterValue(text));
  }

  private addName({ paths }: Result, name: string, text: string): void {
    if (name === 'baseId') this.baseId = text;
    else paths.push(name === 'DN' ? text : `${this.baseId}/${text.replace(/^DN:/, '')}`);
  }

  /** Further paths say which part of the object is meant; an operator is no part, the values of all are the object's. */
  private endResult(): void {
    const { result } = this;
    this.result = undefined;
    if (!result) return;
    const operator = result.paths.map((path) => OPERATOR.exec(path)).find(Boolean);
    const ldn = result.paths
      .map((path) => path.replace(OPERATOR, ''))
      .filter((path) => path !== '')
      .join(' ');
    if (!operator) {
      this.joined.add({ ...result, ldn, shared: this.joined.sharedNames(result.names) }, this.period);
      return;
    }
    const suffix = `.${operator[1]}-${operator[2]}`;
    this.operators.set(ldn, (this.operators.get(ldn) ?? new Set()).add(suffix));
    this.joined.add({ ...result, ldn, names: result.names.map((name) => name + suffix) }, this.period);
  }

  drain(): Parsed[] {
    return this.joined.drain();
  }

  /** Only here: each measurement type has a `PMSetup` of its own, and all speak of the same objects. */
  finish(): Parsed[] {
    this.joined.flush(
      (ldn) => describeObject('', undefined, ldn),
      (ldn, counters) => this.withoutLoneOperator(ldn, counters),
    );
    this.times.tell();
    return this.joined.drain();
  }

  /** Where all values are of one operator its name says nothing; those of several are subcounters, and add up to the whole. */
  private withoutLoneOperator(ldn: string, counters: Counters): Counters {
    const operators = this.operators.get(ldn);
    if (operators?.size !== 1) return counters;
    const [suffix = ''] = operators;
    const plain: Counters = Object.create(null);
    for (const name in counters) {
      plain[name.endsWith(suffix) ? name.slice(0, -suffix.length) : name] = counters[name]!;
    }
    return plain;
  }
}
