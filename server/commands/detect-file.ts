// The detect command: scores a CSV of one series row by row, in constant memory, whatever its length.

import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { seriesLines } from '../collect/series-lines.ts';
import { readSeriesRow, type SeriesColumns, seriesColumns } from '../collect/series-row.ts';
import { AnySeries } from '../detect/any-series/any-series.ts';
import { ANY_SERIES_1 } from '../detect/any-series/profile.ts';
import type { Rejection } from '../model/rejection.ts';

export interface DetectOptions {
  input: string;
  out: string;
  log(line: string): void;
}

/** From this score on a row is an alarm. */
const ALARM_LINE = 0.5;
/** Bad rows that are told one by one; all are counted. */
const MOST_TOLD = 20;
const UTF8_MARK = '\u00ef\u00bb\u00bf';

/** What the command line says. Throws a sentence on anything else than one file and `--out`. */
export function detectArguments(args: string[]): { input: string; out: string } {
  const usage = 'write cellstar detect IN.csv --out OUT.csv';
  try {
    const { values, positionals } = parseArgs({ args, options: { out: { type: 'string' } }, allowPositionals: true });
    const [input, ...others] = positionals;
    if (input !== undefined && others.length === 0 && values.out) return { input, out: values.out };
  } catch (error) {
    throw new Error(`detect: ${(error as Error).message}; ${usage}`);
  }
  throw new Error(`detect: one file in and one out; ${usage}`);
}

/** True when no row was refused. Throws what stops the whole: no such file, no such columns, a full disk. */
export async function detectFile({ input, out, log }: DetectOptions): Promise<boolean> {
  refuseSameFile(input, out);
  const scoring = new Scoring(log);
  // Bytes pass through as they came: latin1 gives each byte its own character, and takes it back.
  const text = createReadStream(input, { encoding: 'latin1', highWaterMark: 262_144 });
  await pipeline(text, (chunks) => scoring.score(chunks), createWriteStream(out, { encoding: 'latin1' }));
  log(`detect: ${scoring.summary()}`);
  return scoring.refused === 0;
}

function refuseSameFile(input: string, out: string): void {
  const before = statSync(input);
  const after = statSync(out, { throwIfNoEntry: false });
  if (before.isDirectory()) throw new Error(`detect: ${input} is a folder; name one CSV file`);
  if (after?.isFile() && after.ino === before.ino && after.dev === before.dev)
    throw new Error(`detect: ${out} is the file that is read; write to another one`);
}

class Scoring {
  private readonly detector = new AnySeries(ANY_SERIES_1);
  private columns: SeriesColumns | undefined;
  private line = 0;
  private rows = 0;
  private missing = 0;
  private alarms = 0;
  private inAlarm = false;
  refused = 0;

  constructor(private readonly log: (line: string) => void) {}

  async *score(chunks: AsyncIterable<string>): AsyncGenerator<string> {
    for await (const lines of seriesLines(chunks)) yield lines.map((text) => this.answer(text)).join('');
    if (this.columns === undefined) throw new Error('detect: the file is empty; it must begin with timestamp,value');
  }

  summary(): string {
    const parts = [`${this.rows} rows`, `${this.refused} refused`, `${this.missing} without a value`];
    return `${parts.join(', ')}; ${this.alarms} ${this.alarms === 1 ? 'alarm' : 'alarms'} (score ${ALARM_LINE} or more)`;
  }

  /** What is written for a line: nothing for a blank one. */
  private answer(text: string): string {
    this.line++;
    if (this.columns === undefined) return this.begin(text);
    return text.trim() === '' ? '' : this.row(text, this.columns);
  }

  /** The heading; a first line that is itself a row is one, of two columns. */
  private begin(text: string): string {
    const first = text.startsWith(UTF8_MARK) ? text.slice(UTF8_MARK.length) : text;
    if (first.trim() === '') return '';
    const heading = 'timestamp,value,anomaly_score\n';
    this.columns = seriesColumns(first);
    if (this.columns !== undefined) return heading;
    this.columns = { timestamp: 0, value: 1 };
    if ('rejection' in readSeriesRow(first, this.line, this.columns))
      throw new Error(
        `detect: line ${this.line} is no heading with the columns timestamp and value: "${first.slice(0, 200)}"`,
      );
    return heading + this.row(first, this.columns);
  }

  private row(text: string, columns: SeriesColumns): string {
    const row = readSeriesRow(text, this.line, columns);
    this.rows++;
    if ('rejection' in row) {
      this.refuse(row.rejection);
      return `${row.timestamp},${row.value},\n`;
    }
    if (Number.isNaN(row.measured)) this.missing++;
    return `${row.timestamp},${row.value},${this.judged(row.at, row.measured)}\n`;
  }

  private judged(at: number, measured: number): string {
    const score = Math.floor(this.detector.judge(at, measured) * 1e6) / 1e6;
    const isAlarm = score >= ALARM_LINE;
    if (isAlarm && !this.inAlarm) this.alarms++;
    this.inAlarm = isAlarm;
    return String(score);
  }

  private refuse({ line, detail }: Rejection): void {
    this.refused++;
    if (this.refused <= MOST_TOLD) this.log(`detect: line ${line}: ${Buffer.from(detail, 'latin1')}`);
    if (this.refused === MOST_TOLD + 1) this.log('detect: more rows are refused; the sum stands at the end');
  }
}
