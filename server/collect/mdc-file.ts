// Follows the elements of the older PM file `mdc` (TS 32.401 annex, as Ericsson wrote it): names and results joined by their order.

import type { CounterValue, Parsed } from '../model/sent.ts';
import { readCounterValue } from './counter-value.ts';
import type { FormatContext } from './format.ts';
import { JoinedReadings, type Period } from './joined-readings.ts';
import { describeObject } from './managed-object.ts';
import { isTrue } from './measurement-file.ts';
import type { Attributes, PmDialect } from './pm-dialect.ts';
import { PmTimes, readPeriod } from './pm-times.ts';

/** One `mv`: the results of one object. */
interface Value {
  ldn: string;
  line: number;
  results: { p: string | undefined; value: CounterValue }[];
  suspect: boolean;
}

/** Elements whose text is wanted; the file has no attributes to speak of. */
const TEXTS = new Set(['r', 'mt', 'moid', 'sf', 'mts', 'gp', 'neun', 'nedn', 'sn', 'cbt']);

export class MdcFile implements PmDialect {
  readonly valueMark = '<mv';
  hasData = false;
  private element = '';
  private elementLabel: string | undefined;
  private period: Period = { at: undefined, periodSeconds: undefined };
  /** Counter names of the open `mi`, with their `p` where they have one. */
  private types: { p: string | undefined; name: string }[] = [];
  private value: Value | undefined;
  private p: string | undefined;
  private readonly joined: JoinedReadings;
  private readonly times: PmTimes;

  constructor(private readonly context: FormatContext) {
    this.joined = new JoinedReadings(context);
    this.times = new PmTimes(context);
  }

  open(name: string, attributes: Attributes, line: number): boolean {
    this.p = attributes.p;
    if (name === 'md') this.hasData = true;
    if (name === 'mi') this.startInfo();
    if (name === 'mv') this.value = { ldn: '', line, results: [], suspect: false };
    return TEXTS.has(name);
  }

  private startInfo(): void {
    this.types = [];
    this.period = { at: undefined, periodSeconds: undefined };
  }

  close(name: string, text: string): void {
    if (this.value && this.closeInValue(this.value, name, text)) return;
    switch (name) {
      case 'mt':
        this.types.push({ p: this.p, name: text.trim() });
        return;
      case 'mts':
        this.period.at = this.times.read(text);
        return;
      case 'gp':
        this.period.periodSeconds = readPeriod(text, 1);
        return;
      case 'mv':
        this.endValue();
        return;
      default:
        this.closeHead(name, text.trim());
    }
  }

  private closeInValue(value: Value, name: string, text: string): boolean {
    if (name === 'r') value.results.push({ p: this.p, value: readCounterValue(text) });
    else if (name === 'moid') value.ldn = text.trim();
    else if (name === 'sf') value.suspect = isTrue(text);
    else return false;
    return true;
  }

  private closeHead(name: string, text: string): void {
    if (name === 'nedn') this.element = text;
    else if (name === 'neun') this.elementLabel = text || undefined;
    else if (name === 'sn') this.context.sender = text || this.context.sender;
    else if (name === 'cbt') this.times.readBeginning(text);
    else if (name === 'md') this.endElement();
  }

  leaf(name: string, p: string | undefined, text: string): boolean {
    this.p = p;
    return this.value !== undefined && this.closeInValue(this.value, name, text);
  }

  private endValue(): void {
    const { value, types, period } = this;
    this.value = undefined;
    if (!value) return;
    const { ldn, line, results, suspect } = value;
    const names = namesOf(results, types);
    if (!names) {
      const detail = `mv "${ldn}" has ${results.length} r for ${types.length} mt, so its values cannot be told apart; write one r a mt, empty where there is none`;
      this.joined.refuse('wrong-shape', detail, line);
      return;
    }
    const values = results.map((result) => result.value);
    this.joined.add({ ldn, line, names, values, suspect, shared: this.joined.sharedNames(names) }, period);
  }

  drain(): Parsed[] {
    return this.joined.drain();
  }

  finish(): Parsed[] {
    this.endElement();
    this.times.tell();
    return this.joined.drain();
  }

  private endElement(): void {
    const { element, elementLabel } = this;
    this.joined.flush((ldn) => describeObject(element, elementLabel, ldn));
    this.element = '';
    this.elementLabel = undefined;
  }
}

/** The name of each result: by `p` where all have one that is known, else by order; undefined when neither fits. */
function namesOf(
  results: Value['results'],
  types: readonly { p: string | undefined; name: string }[],
): string[] | undefined {
  if (results.length > 0 && results.every(({ p }) => p !== undefined)) {
    const byP = new Map(types.map(({ p, name }) => [p, name]));
    const names = results.map(({ p }) => byP.get(p));
    return names.every((name) => name !== undefined) ? names : undefined;
  }
  return results.length === types.length ? types.map(({ name }) => name) : undefined;
}
