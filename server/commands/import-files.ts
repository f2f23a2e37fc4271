// The import command: files by content, in order of their period, into the running server or straight into the data folder.

import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Problem } from '../api/contract.ts';
import { archiveKind, archiveMembers } from '../collect/archive.ts';
import { headOf } from '../collect/file-head.ts';
import { detectFormat } from '../collect/formats.ts';
import type { Mapping } from '../collect/mapping.ts';
import { offer } from '../collect/offer.ts';
import { unknownFile } from '../collect/unknown-file.ts';
import { unpack } from '../collect/unpack.ts';
import type { Config } from '../config.ts';
import { localOffset } from '../maths/zone-offset.ts';
import type { Receipt } from '../model/rejection.ts';
import { ADDRESS_FILE, type RunningApp } from '../running-app.ts';
import { takeMapped } from './import-mapped.ts';
import { receiptLines } from './receipt-lines.ts';

/** Calls the sender of files that name none. */
const VIA = 'import';

type Take = (name: string, bytes: Uint8Array) => Promise<Receipt>;

/** True when every file was read and nothing was refused. With a mapping, all files are tables of the shape that it describes. */
export async function importFiles(
  files: readonly string[],
  config: Config,
  openHere: () => Promise<RunningApp>,
  log: (line: string) => void,
  mapping?: Mapping,
): Promise<boolean> {
  const zone = localOffset(config.zone);
  const mapped = (take: Take): Take =>
    mapping ? (name, bytes) => takeMapped(name, bytes, mapping, take, { zone, charset: config.charset }) : take;
  const ordered = mapping ? files : await inOrderOfPeriod(files, config);
  const running = await findServer(config);
  log(
    running
      ? `import: into the server at ${running}`
      : `import: no server owns ${config.dataFolder}; into the folder itself`,
  );
  if (running)
    return takeAll(
      ordered,
      mapped((name, bytes) => post(running, name, bytes, config)),
      log,
    );
  const app = await openHere();
  try {
    const clean = await takeAll(
      ordered,
      mapped((name, bytes) => app.receiver.takeFile({ name, bytes, via: VIA })),
      log,
    );
    await app.drained();
    return clean;
  } finally {
    await app.close();
  }
}

async function takeAll(files: readonly string[], take: Take, log: (line: string) => void): Promise<boolean> {
  let clean = true;
  for (const [i, file] of files.entries()) {
    const receipt = await takeOne(file, take);
    const [first, ...below] = receiptLines(receipt, basename(file));
    log(`${i + 1}/${files.length} ${basename(file)}: ${first}`);
    for (const line of below) log(`    ${line}`);
    clean &&= receipt.rejected === 0;
  }
  return clean;
}

/** Of an archive, the sum over its members. A server that is gone is no fault of the file: it ends the command. */
async function takeOne(file: string, take: Take): Promise<Receipt> {
  let failure: unknown;
  const offered = await offer(
    { name: basename(file), head: await headOf(file), content: file, read: () => readFile(file) },
    {
      receive: ({ name, bytes }) =>
        take(name, bytes).catch((error) => {
          if (!('retryAfterSeconds' in error)) failure = error;
          throw error;
        }),
      refuse: () => undefined,
      pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      isStopping: () => failure !== undefined,
    },
  );
  if (failure !== undefined || !offered) throw failure;
  return offered.receipt;
}

/** Inventories and calendars first, so that readings find their cells and are judged by their days; then by the first time that the file names, then by name. */
async function inOrderOfPeriod(files: readonly string[], config: Config): Promise<string[]> {
  const keyed = await Promise.all(
    files.map(async (file) => {
      const unpacked = await unpack(await firstIn(file), config.maxBodyBytes, { standard: config.charset });
      return { file, key: unpacked.kind === 'text' ? periodKey(unpacked.text) : '~' };
    }),
  );
  return keyed
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.file < b.file ? -1 : 1))
    .map(({ file }) => file);
}

/** The file itself, or the first member of an archive. */
async function firstIn(file: string): Promise<Uint8Array> {
  const kind = archiveKind(file, await headOf(file));
  if (!kind) return readFile(file);
  for await (const member of archiveMembers(basename(file), file, kind)) return member.bytes;
  return new Uint8Array();
}

function periodKey(text: string): string {
  if (['inventory', 'calendar'].includes(detectFormat(text)?.kind ?? '')) return '';
  const time = '\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d';
  const end = new RegExp(`endTime="(${time})`).exec(text)?.[1];
  // TS 32.401 writes times without signs.
  const compact = /<mts>(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)/.exec(text);
  if (compact) return `${compact.slice(1, 4).join('-')}T${compact.slice(4).join(':')}`;
  return end ?? new RegExp(time).exec(text)?.[0] ?? '~';
}

/** The address of the server that owns the data folder, when it answers. */
export async function findServer(config: Config): Promise<string | undefined> {
  try {
    const { address } = JSON.parse(await readFile(join(config.dataFolder, ADDRESS_FILE), 'utf8')) as {
      address: string;
    };
    await fetch(`${address}/api/health`, { headers: authorization(config) });
    return address;
  } catch {
    return undefined;
  }
}

export function authorization({ tokens }: Config): Record<string, string> {
  const token = tokens.find(({ role }) => role === 'admin' || role === 'ingest')?.token;
  return token ? { Authorization: `Bearer ${token}` } : {};
}

async function post(server: string, name: string, bytes: Uint8Array, config: Config): Promise<Receipt> {
  const unpacked = await unpack(bytes, config.maxBodyBytes, { standard: config.charset });
  if (unpacked.kind === 'rejection') return refusal(unpacked.rejection.reason, unpacked.rejection.detail);
  const door = doorFor(unpacked.text);
  if (!door) return refusal('unknown-format', `${name} ${unknownFile(unpacked.text)}`);
  for (;;) {
    const response = await fetch(`${server}${door.path}?via=${VIA}`, {
      method: door.method,
      headers: { 'Content-Type': door.type, Prefer: 'return=representation', ...authorization(config) },
      body: Buffer.from(unpacked.text),
    });
    const retryAfter = Number(response.headers.get('retry-after'));
    // There is no room, or the disk fails: the file is not at fault.
    if ((response.status === 429 || response.status === 503) && retryAfter > 0) {
      await new Promise((resolve) => setTimeout(resolve, 1000 * retryAfter));
      continue;
    }
    const answer = (await response.json()) as Receipt | Problem;
    if (!('accepted' in answer)) return refusal('wrong-shape', answer.detail);
    return unpacked.note ? { ...answer, notes: [unpacked.note, ...(answer.notes ?? [])] } : answer;
  }
}

const refusal = (reason: Receipt['rejections'][number]['reason'], detail: string): Receipt => ({
  accepted: 0,
  rejected: 1,
  rejections: [{ reason, detail }],
});

const TYPES_OF_PEOPLE: Record<string, string> = {
  'people-csv': 'text/csv',
  'people-json': 'application/json',
  'people-ndjson': 'application/x-ndjson',
};

const TYPES_OF_CALENDAR: Record<string, string> = {
  'calendar-csv': 'text/csv',
  'calendar-json': 'application/json',
  'calendar-ndjson': 'application/x-ndjson',
};

function doorFor(text: string): { method: string; path: string; type: string } | undefined {
  const detected = detectFormat(text);
  if (!detected) return undefined;
  if (detected.kind === 'inventory') {
    const type = detected.format.name === 'inventory-csv' ? 'text/csv' : 'application/json';
    return { method: 'PUT', path: '/api/inventory', type };
  }
  if (detected.kind === 'calendar')
    return { method: 'PUT', path: '/api/calendar', type: TYPES_OF_CALENDAR[detected.format.name]! };
  if (detected.format.name === 'pm-xml') return { method: 'POST', path: '/ingest/pm', type: 'application/xml' };
  if (detected.format.name === 'line-protocol') return { method: 'POST', path: '/write', type: 'text/plain' };
  if (detected.kind === 'people') {
    return { method: 'POST', path: `/ingest/${detected.people}`, type: TYPES_OF_PEOPLE[detected.format.name]! };
  }
  if (detected.format.name === 'readings-csv') return { method: 'POST', path: '/ingest/csv', type: 'text/csv' };
  if (detected.kind === 'reports') return { method: 'POST', path: '/ingest/mr', type: 'application/xml' };
  if (detected.kind === 'samples') return { method: 'POST', path: '/ingest/samples', type: 'text/plain' };
  if (detected.kind === 'events')
    return { method: 'POST', path: '/eventListener/v7/eventBatch', type: 'application/json' };
  const type = detected.format.name === 'readings-ndjson' ? 'application/x-ndjson' : 'application/json';
  return { method: 'POST', path: '/ingest/readings', type };
}
