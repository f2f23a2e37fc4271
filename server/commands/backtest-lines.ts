// The answer of a backtest as text for whoever sits at the command line, and as a table for a spreadsheet.

import type { BacktestAnswer, BacktestFiring, BacktestRow, BacktestSide } from '../api/contract.ts';
import { csvField } from '../words/csv-field.ts';
import { clock } from '../words/figures.ts';

const MOST_SHOWN = 10;

const HEADS: readonly (readonly [BacktestRow['outcome'], string])[] = [
  ['both', 'On both sides'],
  ['only-would', 'Would have fired, and nothing did'],
  ['only-did', 'Did fire, and would not have'],
];

/** Times in the zone of the network asked, whatever zone the command runs in. */
export function backtestLines(answer: BacktestAnswer): string[] {
  return [
    ...summaryOf(answer),
    ...HEADS.flatMap(([outcome, head]) => examplesOf(answer, outcome, head)),
    ...(answer.leftOff > 0 ? ['', `${answer.leftOff} rows more than are told at once: ask for less`] : []),
  ];
}

function summaryOf(answer: BacktestAnswer): string[] {
  const { zone, readings, cellDays, learnedDays, would, did } = answer;
  const [from, to] = [answer.from, answer.to].map((at) => clock('en', zone, Date.parse(at), 0));
  const late = readings.late > 0 ? `, ${readings.late} of them came late and were never judged live` : '';
  const suspect = readings.suspect > 0 ? `; ${readings.suspect} that their sender doubts are left out` : '';
  return [
    `${answer.judge}`,
    `${from} to ${to} (${zone}): ${countOf(answer.cells, 'cell')}, ${cellDays} days of cells, ${readings.judged} readings judged${late}${suspect}`,
    ...(learnedDays === null ? [] : [`began with an empty memory and learned from ${learnedDays} days of data before`]),
    '',
    sideLine('would have fired', would),
    sideLine('did fire', did),
    `of the alerts that did fire, ${answer.both} would have and ${answer.onlyDid} would not; ${answer.onlyWould} would have fired beside none`,
  ];
}

function sideLine(name: string, { fired, aDay, aThousandCellDays }: BacktestSide): string {
  const rate = aThousandCellDays === null ? '' : `, ${aThousandCellDays} per 1,000 cell-days`;
  return `${name.padEnd(16)} ${fired} (${aDay} a day${rate})`;
}

const countOf = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

function examplesOf({ rows, zone }: BacktestAnswer, outcome: BacktestRow['outcome'], head: string): string[] {
  const all = rows.filter((row) => row.outcome === outcome);
  if (all.length === 0) return [];
  const few = all.length > MOST_SHOWN ? `, the first ${MOST_SHOWN}` : '';
  return ['', `${head}${few}:`, ...all.slice(0, MOST_SHOWN).map((row) => exampleOf(row, zone))];
}

function exampleOf({ cell, would, did }: BacktestRow, zone: string): string {
  const told = [would && `${spanOf(would, zone)} ${would.text}`];
  if (did) told.push(`${would ? 'did: ' : ''}${spanOf(did, zone)} ${did.text}`);
  return `  ${cell}  ${told.filter(Boolean).join('  |  ')}`;
}

function spanOf({ from, to }: BacktestFiring, zone: string): string {
  const begin = Date.parse(from);
  return `${clock('en', zone, begin, 0)} – ${to === null ? 'still' : clock('en', zone, Date.parse(to), begin)}`;
}

const FIELDS = ['kind', 'from', 'to', 'kpi', 'peak', 'text'] as const;

export function backtestCsv({ rows }: Pick<BacktestAnswer, 'rows'>): string {
  const heading = ['outcome', 'cell', ...FIELDS.map((name) => `would_${name}`), ...FIELDS.map((name) => `did_${name}`)];
  const lines = rows.map(({ outcome, cell, would, did }) => [
    ...[outcome, cell].map(csvField),
    ...[would, did].flatMap((side) => FIELDS.map((name) => csvField(side?.[name]))),
    csvField(did?.alert),
  ]);
  const text = [[...heading, 'did_alert'], ...lines].map((fields) => `${fields.join(',')}\r\n`).join('');
  // Spreadsheets take a file for UTF-8 only by this mark; plain ASCII does without.
  return /\P{ASCII}/u.test(text) ? `\uFEFF${text}` : text;
}
