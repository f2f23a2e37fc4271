// What a sentence may read: the values behind a code, already in figures of the reader's language. Absent values stay absent.

import { findKpi } from '../model/catalogue.ts';
import type { Said } from '../model/finding.ts';
import type { Kpi } from '../model/kpi.ts';
import { clock, decimalsApart, duration, type Lang, listing, number, range, withUnit } from './figures.ts';
import type { KpiPhrases } from './kpi-phrases.ts';

export interface SayContext {
  /** IANA name of the network's time zone. */
  zone: string;
  /** When it is read, epoch milliseconds: times of another day are told with it. Without, only those far from the finding. */
  reader?: number;
}

/** A ratio as counts: how many of how many went wrong, and how many usually do. */
export interface Failures {
  bad: string;
  all: string;
  share: string;
  usualShare: string;
  usualCount: [number, number] | undefined;
}

const SERVICE_CLASS = /\.(qci|5qi)(\d+)$/;

/** Downtime reads best as a duration: `9 min`, not `540 s`. */
const DURATIONS = new Set(['fault_unavail_s', 'planned_unavail_s', 'saving_s']);

/** Changes of a level are told in dB, although the level is in dBm. */
const STEP_UNITS: Record<string, string> = { dBm: 'dB' };

export class Facts {
  readonly kpiId: string;
  readonly kpi: Kpi | undefined;
  readonly phrases: KpiPhrases | undefined;

  constructor(
    readonly lang: Lang,
    private readonly kpis: Record<string, KpiPhrases>,
    private readonly said: Said,
    private readonly context: SayContext,
  ) {
    this.kpiId = this.text('kpi');
    this.kpi = findKpi(this.kpiId);
    this.phrases = this.phrasesOf(this.kpiId);
  }

  /** The value as a number; undefined when absent or no number. Times may also stand as ISO text. */
  num(key: string): number | undefined {
    const value = this.said.values[key];
    const number = typeof value === 'string' && value.includes('T') ? Date.parse(value) : Number(value ?? Number.NaN);
    return value !== '' && Number.isFinite(number) ? number : undefined;
  }

  text(key: string): string {
    return String(this.said.values[key] ?? '');
  }

  /** A count with all its digits. */
  count(key: string): string | undefined {
    const value = this.num(key);
    return value === undefined ? undefined : number(Math.round(value));
  }

  /** The place in the reader's language. */
  place(key = 'place'): string {
    return (this.lang === 'zh' && this.text(`${key}Zh`)) || this.text(key);
  }

  /** Clock time in the network's zone, with its day when that is not the day of the finding, or of another value, or of the reader. */
  clock(key: string, near = 'at'): string | undefined {
    const at = this.num(key);
    return at === undefined
      ? undefined
      : clock(this.lang, this.context.zone, at, this.num(near) ?? at, this.context.reader);
  }

  /** `05:30` of a local minute of the day. */
  minuteOfDay(key: string): string | undefined {
    const minutes = this.num(key);
    if (minutes === undefined) return undefined;
    const two = (part: number) => String(part).padStart(2, '0');
    return `${two(Math.floor(minutes / 60))}:${two(Math.floor(minutes % 60))}`;
  }

  duration(seconds: number): string {
    return duration(this.lang, seconds);
  }

  /** How long `periods` periods last, when the length of one is known. */
  spell(): string | undefined {
    const [periods, seconds] = [this.num('periods'), this.num('periodSeconds')];
    return periods === undefined || seconds === undefined ? undefined : this.duration(periods * seconds);
  }

  /** Name of a KPI inside a sentence: `drop rate (QCI 1)`. */
  nameOf(id: string): string {
    const known = this.phrasesOf(id)?.name ?? findKpi(id)?.name[this.lang] ?? id;
    const [, kind, level] = SERVICE_CLASS.exec(id) ?? [];
    if (!kind) return known;
    return this.lang === 'en'
      ? `${known} (${kind.toUpperCase()} ${level})`
      : `${known}（${kind.toUpperCase()} ${level}）`;
  }

  get name(): string {
    return this.nameOf(this.kpiId);
  }

  /** Other KPIs out of line at the same time, by name; undefined when none is. */
  also(): { count: number; names: string } | undefined {
    const ids = this.text('also')
      .split(/[\s,]+/)
      .filter(Boolean);
    const names = ids.slice(0, 3).map((id) => this.nameOf(id));
    return ids.length === 0 ? undefined : { count: ids.length, names: listing(this.lang, names) };
  }

  /** A value of the leading KPI with its unit, or its word for on and off. */
  amount(key: string): string | undefined {
    const value = this.num(key);
    if (value === undefined) return undefined;
    const states = this.phrases?.states;
    if (states) return value < 0.5 ? states[0] : states[1];
    if (DURATIONS.has(this.kpiId)) return this.duration(value);
    return withUnit(number(value, this.decimals, key === 'observed' ? this.apart : 0), this.unit);
  }

  /** A value of the leading KPI that a person chose: all its digits, with its unit. */
  chosen(key: string): string | undefined {
    const value = this.num(key);
    return value === undefined ? undefined : withUnit(String(value).replace('-', '−'), this.unit);
  }

  /** The usual range of the leading KPI. */
  usual(): string | undefined {
    const [low, high] = [this.num('low'), this.num('high')];
    if (low === undefined || high === undefined) return undefined;
    if (this.phrases?.states || DURATIONS.has(this.kpiId)) return this.amount(low === high ? 'low' : 'high');
    return range(this.lang, low, high, this.unit, this.decimals, this.apart);
  }

  /** Whether what was observed lies within the usual range. */
  isWithin(): boolean {
    const [low, observed, high] = [this.num('low'), this.num('observed'), this.num('high')];
    return low !== undefined && observed !== undefined && high !== undefined && low <= observed && observed <= high;
  }

  /** Observed as a multiple of the usual, when both are above zero. */
  ratio(): number | undefined {
    const [observed, expected] = [this.num('observed'), this.num('expected')];
    return observed === undefined || expected === undefined || observed <= 0 || expected <= 0
      ? undefined
      : observed / expected;
  }

  /** How far from the usual, with the unit of a step. */
  away(): string | undefined {
    const [observed, expected] = [this.num('observed'), this.num('expected')];
    if (observed === undefined || expected === undefined) return undefined;
    const by = number(Math.abs(observed - expected), this.decimals);
    return by === '0' ? undefined : withUnit(by, STEP_UNITS[this.unit] ?? this.unit);
  }

  /** What is missing from 100 %. */
  failing(): string | undefined {
    const observed = this.num('observed');
    const missing = observed === undefined || this.unit !== '%' ? 0 : 100 - observed;
    return missing > 0 ? withUnit(number(missing, this.decimals), '%') : undefined;
  }

  /** A sum of counters as a formula writes it, with the names of those that are KPIs: `setup attempts − setup successes`. */
  amountOf(key: string): string {
    return this.text(key)
      .split(' ')
      .map((part) => (part === '-' ? '−' : findKpi(part) ? this.nameOf(part) : part))
      .join(' ');
  }

  /** A count or an amount in a unit that is not known: whole from ten on. */
  amountNumber(key: string): string {
    const value = this.num(key) ?? 0;
    return number(Math.abs(value) >= 10 ? Math.round(value) : value, 1);
  }

  /** The ratio as counts; undefined where the KPI is no ratio over counted attempts. */
  failures(): Failures | undefined {
    const [observed, attempts] = [this.num('observed'), this.num('attempts')];
    if (!this.phrases?.tried || observed === undefined || attempts === undefined) return undefined;
    const bad = (share: number) => (this.kpi?.worse === 'lower' ? 100 - share : share);
    const bounds = [this.num('low'), this.num('high')].filter((each) => each !== undefined).map(bad);
    const [low, high] = [Math.min(...bounds), Math.max(...bounds)];
    const known = bounds.length === 2;
    const apart = known ? decimalsApart(bad(observed), low, high, 2) : 0;
    return {
      bad: number(Math.round((bad(observed) * attempts) / 100)),
      all: number(Math.round(attempts)),
      share: withUnit(number(bad(observed), 2, apart), '%'),
      usualShare: known ? range(this.lang, low, high, '%', 2, apart) : '',
      usualCount: known ? [Math.round((low * attempts) / 100), Math.round((high * attempts) / 100)] : undefined,
    };
  }

  /** The line beyond which the leading KPI hurts, by its direction of harm. */
  line(): { side: 'at-most' | 'at-least' | 'within'; text: string } | undefined {
    const worse = this.kpi?.worse;
    const states = this.phrases?.states;
    if (states) return { side: 'within', text: worse === 'lower' ? states[1] : states[0] };
    if (worse === 'higher' && this.num('high') !== undefined)
      return { side: 'at-most', text: this.amount('high') ?? '' };
    if (worse === 'lower' && this.num('low') !== undefined) return { side: 'at-least', text: this.amount('low') ?? '' };
    const usual = this.usual();
    return usual === undefined ? undefined : { side: 'within', text: usual };
  }

  /** Where it clears: the value that the alert names, else the line beyond which it hurts. */
  clearsAt(): ReturnType<Facts['line']> {
    const value = this.phrases?.states ? undefined : this.amount('value');
    if (value === undefined) return this.line();
    return { side: this.text('side') === 'most' ? 'at-most' : 'at-least', text: value };
  }

  private get unit(): string {
    return this.kpi?.unit ?? '';
  }

  /** More decimals, where what was observed would read like the bound of the usual range that it passed. */
  private get apart(): number {
    const [observed, low, high] = [this.num('observed'), this.num('low'), this.num('high')];
    if (observed === undefined || low === undefined || high === undefined) return 0;
    return decimalsApart(observed, low, high, this.decimals);
  }

  private get decimals(): number {
    return this.kpi?.decimals ?? 2;
  }

  private phrasesOf(id: string): KpiPhrases | undefined {
    const base = id.replace(SERVICE_CLASS, '');
    return Object.hasOwn(this.kpis, base) ? this.kpis[base] : undefined;
  }
}
