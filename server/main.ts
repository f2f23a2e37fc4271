#!/usr/bin/env node
// The command line: serve, demo, import; listens, and stops cleanly on a signal.

import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import packageJson from '../package.json' with { type: 'json' };
import { openApp } from './app.ts';
import { MappingError, readMapping } from './collect/mapping.ts';
import { backtestArguments, backtestCommand } from './commands/backtest.ts';
import { detectArguments, detectFile } from './commands/detect-file.ts';
import { importFiles } from './commands/import-files.ts';
import { knownCells } from './commands/known-cells.ts';
import { mapFiles } from './commands/map.ts';
import { modelArguments, modelCommand } from './commands/model.ts';
import { type Config, readConfig } from './config.ts';
import { installCatalogue } from './model/catalogue.ts';
import type { RunningApp } from './running-app.ts';

const USAGE = `cellstar ${packageJson.version}

  cellstar serve            the server: doors, detector and page
  cellstar demo             the same, with a made-up city that lives and fails
  cellstar import FILE…     measurements, radio samples, people, inventories, by content; into the running server, or
                            the data folder
  cellstar import --map MAPPING.json FILE…
                            foreign tables, whose columns the mapping file translates
  cellstar map FILE… [--out cellstar.yaml] [--config EXISTING.yaml]
                            names of objects and counters that match nothing, with proposals, as the file that
                            CELLSTAR_CONFIG takes
  cellstar detect IN.csv --out OUT.csv
                            an anomaly score for each row of any CSV with the columns timestamp and value
  cellstar backtest --from TIME --to TIME [--cells a,b | --site S] [--rule "drop_rate_pct > 2 for 2 of 3" | --set bandSigmas=5 …]
                            [--out FILE.csv|FILE.json] [--lang zh]
                            would it have fired? A fixed rule, or the detector with other settings, over stored history
                            beside the alerts that did fire
  cellstar model [list | train | rollback [--mode M [--to VERSION]]] [--lang zh]
                            the models by which faults are foretold and how each was compared; a training now; back to
                            the version before

Settings come from the environment; README.md lists them.`;

const EXIT = { done: 0, refused: 1, failed: 2 } as const;

const log = (line: string) => console.error(`${new Date().toISOString()} ${line}`);
const fromSource = import.meta.url.endsWith('.ts');
const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

async function main([command = 'serve', ...rest]: string[]): Promise<number> {
  if (command === 'help' || command === '--help' || command === '-h') return say(USAGE);
  if (command === '--version') return say(packageJson.version);
  if (command === 'serve') return serve(readConfig(process.env));
  if (command === 'demo') return demo(readConfig(process.env));
  if (command === 'import') return importAll(readConfig(process.env), rest);
  if (command === 'map') return mapAll(rest);
  if (command === 'detect') return detect(rest);
  if (command === 'backtest') return backtest(rest);
  if (command === 'model') return model(rest);
  log(`"${command}" is not a command\n\n${USAGE}`);
  return EXIT.failed;
}

function say(text: string): number {
  console.log(text);
  return EXIT.done;
}

function open(config: Config): Promise<RunningApp> {
  const webFolder = pathOf(fromSource ? '../dist/web' : '../web');
  return openApp({ config, version: packageJson.version, webFolder, now: Date.now, log, fatal });
}

/** Everything acknowledged is in the journal: ending and being started again is the way back. */
function fatal(error: Error): void {
  log(`the server cannot go on and ends; start it again: ${error.message}`);
  process.exit(EXIT.refused);
}

async function serve(config: Config): Promise<number> {
  const app = await open(config);
  const address = await app.listen();
  log(`cellstar ${packageJson.version} at ${address}, data in ${config.dataFolder}, files from ${config.inboxFolder}`);
  if (config.tokens.length === 0)
    log('no tokens are set: only this machine may come in (CELLSTAR_TOKENS opens the doors)');
  await signalled();
  log('stopping');
  await app.close();
  return EXIT.done;
}

/** The made-up city begins afresh each time, in a folder of its own: it never mixes with a real network's data. */
async function demo(config: Config): Promise<number> {
  const dataFolder = join(config.dataFolder, 'demo');
  rmSync(dataFolder, { recursive: true, force: true });
  const app = await open({ ...config, dataFolder, inboxFolder: join(dataFolder, 'inbox') });
  const address = await app.listen();
  console.error(`\n  Cellstar demo: open ${address}\n`);
  const city = startCity(address, config.tokens.find(({ role }) => role === 'ingest' || role === 'admin')?.token);
  await signalled();
  city.kill();
  await app.close();
  return EXIT.done;
}

function startCity(address: string, token: string | undefined) {
  const entry = pathOf(fromSource ? '../simulators/main.ts' : '../simulators/main.js');
  const options = ['--server', address, ...(token ? ['--token', token] : [])];
  const child = spawn(process.execPath, [...(fromSource ? ['--import', 'tsx'] : []), entry, ...options], {
    stdio: 'inherit',
  });
  child.on('exit', (code) => {
    if (code) log(`the made-up city ended with code ${code}; the server goes on`);
  });
  return child;
}

async function importAll(config: Config, args: string[]): Promise<number> {
  const mapFile = args[0] === '--map' ? args[1] : undefined;
  const files = args[0] === '--map' ? args.slice(2) : args;
  const unknown = files.find((arg) => arg.startsWith('--'));
  if (unknown !== undefined) {
    log(`import: ${unknown} is not known here; before the files may stand --map MAPPING.json`);
    return EXIT.failed;
  }
  if (files.length === 0) {
    log('import: give at least one file');
    return EXIT.failed;
  }
  const mapping = mapFile === undefined ? undefined : mappingIn(mapFile);
  return (await importFiles(files, config, () => open(config), log, mapping)) ? EXIT.done : EXIT.refused;
}

async function mapAll(args: string[]): Promise<number> {
  const { files, out, config: existing } = mapArguments(args);
  const config = readConfig({ ...process.env, ...(existing && { CELLSTAR_CONFIG: existing }) });
  installCatalogue(config.catalogue);
  const known = await knownCells(config, () => open(config));
  const text = existing === undefined ? undefined : readFileSync(existing, 'utf8');
  const print = (result: string) => void process.stdout.write(result);
  const isClean = await mapFiles({ files, existing: text, out, config, known, log, print });
  return isClean ? EXIT.done : EXIT.refused;
}

async function detect(args: string[]): Promise<number> {
  return (await detectFile({ ...detectArguments(args), log })) ? EXIT.done : EXIT.refused;
}

async function backtest(args: string[]): Promise<number> {
  const asked = backtestArguments(args);
  const config = readConfig(process.env);
  const print = (result: string) => void process.stdout.write(result);
  await backtestCommand(asked, config, { openHere: () => open(config), log, print, bar: process.stderr });
  return EXIT.done;
}

async function model(args: string[]): Promise<number> {
  const asked = modelArguments(args);
  const config = readConfig(process.env);
  const print = (result: string) => void process.stdout.write(result);
  await modelCommand(asked, config, { openHere: () => open(config), log, print });
  return EXIT.done;
}

function mapArguments(args: string[]): { files: string[]; out?: string; config?: string } {
  try {
    const options = { out: { type: 'string' }, config: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    if (positionals.length > 0) return { files: positionals, ...values };
  } catch (error) {
    throw new Error(`map: ${(error as Error).message}`);
  }
  throw new Error(
    `map: name files whose objects or counters Cellstar does not know, or a table with headings of its own:
  cellstar map pm.xml.gz more.csv --out cellstar.yaml
It lists what in them matches nothing, and writes proposals. Names that Cellstar refused stand on the page Data in, and under
GET /api/rejections.`,
  );
}

function mappingIn(file: string) {
  try {
    return readMapping(readFileSync(file, 'utf8'));
  } catch (error) {
    throw error instanceof MappingError ? new Error(`${file}, ${error.message}`) : error;
  }
}

/** What stops the server from starting, with what to do about it. */
function sentenceFor(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, syscall, path, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return `${message}: another program listens there; stop it, or set PORT`;
  if (code === 'EEXIST' || code === 'ENOTDIR') return `${message}: CELLSTAR_DATA must name a folder`;
  if (code === 'ENOENT' && syscall === 'mkdir')
    return `${message}: CELLSTAR_DATA and CELLSTAR_INBOX must name folders that can be made`;
  if (code === 'ENOENT' && path !== undefined) return `${path}: there is no such file or folder`;
  if (code === 'EACCES' || code === 'EROFS') return `${message}: CELLSTAR_DATA must name a folder that can be written`;
  return message;
}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    log(sentenceFor(error));
    process.exit(EXIT.failed);
  },
);
