// The map command: reads files, lists what in them matches nothing, and writes proposals into a deployment's file.

import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { archiveKind, archiveMembers } from '../collect/archive.ts';
import type { Member } from '../collect/archive-member.ts';
import { headOf } from '../collect/file-head.ts';
import type { FormatContext } from '../collect/format.ts';
import { detectFormat } from '../collect/formats.ts';
import { unpack } from '../collect/unpack.ts';
import { readCatalogue } from '../config/catalogue.ts';
import { readConfigFile } from '../config/file.ts';
import { readObjects } from '../config/objects.ts';
import type { Config } from '../config.ts';
import { formulaSet, isFormulaVariable } from '../intake/formula-set.ts';
import { localOffset } from '../maths/zone-offset.ts';
import { catalogueInForce, findKpi } from '../model/catalogue.ts';
import type { Rejection } from '../model/rejection.ts';
import { counted } from '../words/counted.ts';
import { cellIndex, type KnownCells } from './known-cells.ts';
import { withSection } from './map/document.ts';
import { counterLines, objectLines, type Proposals } from './map/lines.ts';
import { proposeMapping } from './map/table.ts';
import { Tally } from './map/tally.ts';

export interface MapOptions {
  files: readonly string[];
  /** The deployment's file as it is; undefined: there is none yet. */
  existing: string | undefined;
  /** Where the result goes; undefined: to `print`. */
  out: string | undefined;
  config: Config;
  known: KnownCells;
  log(line: string): void;
  print(text: string): void;
}

const MOST_SHOWN = 10;

/** True when every file was read and nothing in it was refused. Throws what stops the whole. */
export async function mapFiles(options: MapOptions): Promise<boolean> {
  const { files, config, known, log } = options;
  log(`map: ${known.cells.length} cells of the inventory from ${known.from}`);
  const table = files.length === 1 ? await unknownTable(files[0]!, config) : undefined;
  if (table !== undefined) return mapTable(table, options);
  const tally = new Tally({ cell: cellIndex(known.cells), counter: isKnownCounter() }, config.objects);
  let isClean = true;
  for (const [i, file] of files.entries()) {
    const refused = await tallyFile(file, tally, config);
    log(`${i + 1}/${files.length} ${basename(file)}: ${refused.length === 0 ? 'read' : sentenceOf(refused)}`);
    isClean &&= refused.length === 0;
  }
  const proposals = {
    counters: counterLines(tally, variables(), isFormulaVariable),
    objects: objectLines(tally, known.cells),
  };
  for (const line of report(tally, proposals)) log(line);
  if (proposals.counters.length + proposals.objects.length === 0) return isClean;
  const text = merged(options.existing, proposals, files);
  await deliver(text, options, (out) => `start the server with CELLSTAR_CONFIG=${out}`);
  return isClean;
}

async function deliver(text: string, { out, print, log }: MapOptions, next: (out: string) => string): Promise<void> {
  if (out === undefined) return print(text);
  await writeFile(out, text);
  log(`map: written to ${out}; look at it, then ${next(out)}`);
}

/** The text of a file that is in no format known here: perhaps a table with headings of its own. Of a spreadsheet, its first sheet. */
async function unknownTable(file: string, config: Config): Promise<string | undefined> {
  for await (const { bytes } of piecesOf(file)) {
    const unpacked = await unpack(bytes, config.maxBodyBytes, { standard: config.charset });
    return unpacked.kind === 'text' && isForeign(unpacked.text) ? unpacked.text : undefined;
  }
  return undefined;
}

/** Of tables of people, samples and cells a mapping tells what goes in as it is, and what does not. */
function isForeign(text: string): boolean {
  const detected = detectFormat(text);
  return !detected || ['people-csv', 'samples-csv', 'inventory-csv'].includes(detected.format.name);
}

/** The file itself, or what is in an archive or a spreadsheet, as far as it can be opened. */
async function* piecesOf(file: string): AsyncGenerator<Pick<Member, 'bytes' | 'rejection'>> {
  const kind = archiveKind(file, await headOf(file));
  if (kind) yield* archiveMembers(basename(file), file, kind);
  else yield { bytes: await readFile(file) };
}

async function mapTable(text: string, options: MapOptions): Promise<boolean> {
  const { log, known, files } = options;
  const find = cellIndex(known.cells);
  const why = (reason: string) =>
    log(`map: ${basename(files[0]!)} is in no format known here, and no mapping can be proposed: ${reason}`);
  const name = basename(files[0]!).replace(/\.\w+(?:\.gz)?$/, '');
  const proposal = proposeMapping(text, (cell) => find(cell) !== undefined, why, name);
  if (!proposal) return false;
  for (const hint of proposal.hints) log(`map: ${hint}`);
  await deliver(proposal.json, options, (out) => `cellstar import --map ${out} ${files[0]}`);
  return true;
}

/** All that formulas ask for, and KPIs by their ids. */
function variables(): string[] {
  return [...new Set([...formulaSet().variables, ...catalogueInForce().kpis.map(({ id }) => id)])];
}

function isKnownCounter(): (name: string) => boolean {
  const translated = new Set(catalogueInForce().counters.map(({ sent }) => sent));
  return (name) => translated.has(name) || findKpi(name) !== undefined || isFormulaVariable(name);
}

async function tallyFile(file: string, tally: Tally, config: Config): Promise<Rejection[]> {
  const refused: Rejection[] = [];
  for await (const { bytes, rejection } of piecesOf(file))
    refused.push(...(rejection ? [rejection] : await tallyPiece(bytes, basename(file), tally, config)));
  return refused;
}

async function tallyPiece(bytes: Uint8Array, file: string, tally: Tally, config: Config): Promise<Rejection[]> {
  const unpacked = await unpack(bytes, config.maxBodyBytes, { standard: config.charset });
  if (unpacked.kind === 'rejection') return [unpacked.rejection];
  const detected = detectFormat(unpacked.text);
  if (detected?.kind !== 'readings') return [unmeasured(detected?.kind)];
  const context: FormatContext = { file, zoneOffsetMinutes: localOffset(config.zone) };
  const refused: Rejection[] = [];
  for (const parsed of detected.format.parse(unpacked.text, context)) {
    if (parsed.kind === 'reading') tally.add(parsed.reading);
    else refused.push(parsed.rejection);
  }
  return refused;
}

function unmeasured(kind: string | undefined): Rejection {
  const detail =
    kind === undefined
      ? 'it is in no format known here: give PM files or readings of cells; a table with headings of its own is mapped by itself'
      : `it holds ${kind}, no measurements of cells: no name in it is to be mapped, cellstar import takes it as it is`;
  return { reason: 'unknown-format', detail };
}

function sentenceOf(refused: readonly Rejection[]): string {
  const total = refused.reduce((sum, { count = 1 }) => sum + count, 0);
  return `${total} refused; ${refused[0]!.reason}: ${refused[0]!.detail}`;
}

function report(tally: Tally, { counters, objects }: Proposals): string[] {
  const proposed = new Set([...counters, ...objects].map(({ key }) => key));
  const listed = (title: string, counts: ReadonlyMap<string, { count: number; example: string }>) => {
    const most = [...counts].sort(([, a], [, b]) => b.count - a.count);
    const open = most.filter(([name]) => !proposed.has(name));
    const shown = open
      .slice(0, MOST_SHOWN)
      .map(([name, { count, example }]) => `    ${name} ${count}×, e.g. ${example.slice(0, 100)}`);
    const rest = open.length > MOST_SHOWN ? [`    … and ${open.length - MOST_SHOWN} more`] : [];
    return counts.size === 0 ? [] : [`map: ${counts.size} ${title}`, ...shown, ...rest];
  };
  return [
    `map: ${counted(tally.knownCells, 'reading')} of known cells, ${counted(tally.knownCounters, 'counter')} that formulas know`,
    ...listed('classes of objects are no cells', tally.classes),
    ...listed('cells are in no inventory (kept, as unplaced)', tally.cells),
    ...listed('counters stand in no formula (kept, unjudged)', tally.counters),
    `map: ${counters.length} counters and ${objects.length} objects have a proposal`,
  ];
}

/** What is written is read as the server will read it, before anybody relies on it. */
function merged(existing: string | undefined, { counters, objects }: Proposals, files: readonly string[]): string {
  const names = files
    .slice(0, 3)
    .map((file) => basename(file))
    .join(', ');
  const head = `# Names of senders and what they mean here, proposed from ${names}${files.length > 3 ? `, … (${files.length})` : ''}.\n# Lines behind a # are guesses: look at them, and take the # away where they are right.\n`;
  const text = withSection(withSection(existing ?? head, 'counters', counters), 'objects', objects);
  const sections = readConfigFile(text, 'the proposal').map();
  readCatalogue(sections);
  readObjects(sections.get('objects'));
  return text;
}
