// The backtest command: would it have fired? Asked of the running server, else of the data folder itself; shown as text, kept as CSV or JSON.

import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { BacktestAnswer, BacktestAsk, BacktestMessage, Problem } from '../api/contract.ts';
import type { Lang } from '../api/doors.ts';
import type { Config } from '../config.ts';
import type { RunningApp } from '../running-app.ts';
import { LANGS } from '../words/figures.ts';
import { backtestCsv, backtestLines } from './backtest-lines.ts';
import { findServer } from './import-files.ts';

export interface BacktestArguments {
  ask: BacktestAsk;
  out?: string;
  lang: Lang;
}

export interface CommandSurroundings {
  openHere(): Promise<RunningApp>;
  log(line: string): void;
  print(text: string): void;
  /** Where the progress is drawn; lines where it is no terminal. */
  bar: { isTTY?: boolean; write(text: string): unknown };
}

type Progress = (done: number, of: number) => void;

/** Throws an Error that says which argument is wrong. */
export function backtestArguments(args: string[]): BacktestArguments {
  const text = { type: 'string' } as const;
  const options = { from: text, to: text, cells: text, site: text, rule: text, out: text, lang: text } as const;
  const { values } = parsed(() =>
    parseArgs({ args, options: { ...options, set: { type: 'string', multiple: true } }, allowPositionals: false }),
  );
  const { from, to, cells, site, rule, out, lang = 'en' } = values;
  if (!from || !to) throw new Error('backtest: give --from and --to, for example --from 2026-03-01 --to 2026-03-08');
  if (out !== undefined && !/\.(csv|json)$/i.test(out))
    throw new Error(`backtest: --out is "${out}": give a file that ends in .csv or .json`);
  const known = LANGS.find((one) => one === lang);
  if (!known) throw new Error(`backtest: --lang is "${lang}": give ${LANGS.join(' or ')}`);
  const ids = cells?.split(',').map((id) => id.trim());
  const set = values.set && Object.fromEntries(values.set.map(settingOf));
  return { ask: { from, to, ...(ids && { cells: ids.filter(Boolean) }), site, rule, set }, out, lang: known };
}

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new Error(`backtest: ${(error as Error).message}`);
  }
}

function settingOf(text: string): [string, number] {
  const [, name, value] = /^(\w+)=(\S+)$/.exec(text) ?? [];
  const number = Number(value);
  if (name !== undefined && Number.isFinite(number)) return [name, number];
  throw new Error(`backtest: --set is "${text}": give a name and a number, for example bandSigmas=5`);
}

/** Rejects when it could not run. */
export async function backtestCommand(
  { ask, out, lang }: BacktestArguments,
  config: Config,
  { openHere, log, print, bar }: CommandSurroundings,
): Promise<void> {
  const server = await findServer(config);
  log(server ? `backtest: asked of the server at ${server}` : `backtest: no server owns ${config.dataFolder}`);
  const progress = progressOn(bar);
  const answer = server
    ? await askServer(server, config, { ask, lang }, progress)
    : await askFolder(openHere, { ask, lang }, progress);
  print(
    backtestLines(answer)
      .map((line) => `${line}\n`)
      .join(''),
  );
  if (out === undefined) return;
  writeWhole(out, /\.csv$/i.test(out) ? backtestCsv(answer) : `${JSON.stringify(answer, null, 2)}\n`);
  log(`backtest: ${answer.rows.length} rows in ${out}`);
}

async function askFolder(
  openHere: () => Promise<RunningApp>,
  { ask, lang }: { ask: BacktestAsk; lang: Lang },
  progress: Progress,
): Promise<BacktestAnswer> {
  const app = await openHere();
  try {
    await app.drained();
    const backtest = await app.openBacktest(ask, lang);
    return await backtest.run(progress, new AbortController().signal);
  } catch (error) {
    throw error instanceof Error ? new Error(`backtest: ${error.message}`) : error;
  } finally {
    await app.close();
  }
}

async function askServer(
  server: string,
  config: Config,
  { ask, lang }: { ask: BacktestAsk; lang: Lang },
  progress: Progress,
): Promise<BacktestAnswer> {
  const response = await fetch(`${server}/api/backtest?lang=${lang}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/x-ndjson', ...asEngineer(config) },
    body: JSON.stringify(ask),
  });
  if (!response.ok || !response.body) throw refused((await response.json().catch(() => ({}))) as Partial<Problem>);
  for await (const message of messagesOf(response.body)) {
    if (message.type === 'progress') progress(message.done, message.of);
    else if (message.type === 'answer') return message.answer;
    else throw refused(message.problem);
  }
  throw new Error('backtest: the server has ended before it was done; ask again');
}

const refused = ({ detail, title }: Partial<Problem>) =>
  new Error(`backtest: ${detail ?? title ?? 'the server gave no answer'}`);

function asEngineer({ tokens }: Config): Record<string, string> {
  const token = tokens.find(({ role }) => role === 'engineer' || role === 'admin')?.token;
  return token ? { Authorization: `Bearer ${token}` } : {};
}

async function* messagesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<BacktestMessage> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as BacktestMessage;
  }
}

const BAR_WIDTH = 30;

/** One line that fills on a terminal; else a line for every tenth. */
function progressOn(bar: CommandSurroundings['bar']): Progress {
  let told = -1;
  return (done, of) => {
    const share = of > 0 ? Math.min(1, done / of) : 1;
    const step = Math.floor(share * (bar.isTTY ? BAR_WIDTH : 10));
    if (step === told) return;
    told = step;
    const percent = `${Math.floor(100 * share)} %`;
    if (!bar.isTTY) bar.write(`backtest: ${percent} of ${Math.round(of)} days of cells\n`);
    else bar.write(`\r${'█'.repeat(step)}${'░'.repeat(BAR_WIDTH - step)} ${percent}${share === 1 ? '\n' : ''}`);
  };
}

/** Whole or not at all: who ends the command in its middle finds no half file. */
function writeWhole(file: string, text: string): void {
  const draft = `${file}.${process.pid}.part`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
