// Pseudonyms of people: a keyed hash of the operator's own id, and the key's file with tight permissions.

import { createHmac, randomBytes } from 'node:crypto';
import { chmod, type FileHandle, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** In the data folder. Whoever has it can find a person's rows; without it nobody's id is found again: keep a copy apart. */
export const KEY_FILE = 'pseudonym.key';
const KEY_BYTES = 32;
const ONLY_OWNER = 0o600;
const OTHERS = 0o077;

/** Gives the pseudonym of an id: `p-` and the first 16 hexadecimal digits of HMAC-SHA-256 over `normalId`. */
export type PseudonymOf = (id: string) => string;

export function pseudonyms(key: Uint8Array): PseudonymOf {
  return (id) => `p-${createHmac('sha256', key).update(normalId(id)).digest('hex').slice(0, 16)}`;
}

/** `13800000000`, ` 13800000000 ` and `13800000000.0` (a number as spreadsheets and data frames write it) are one person. */
export function normalId(id: string): string {
  const trimmed = id.trim().normalize('NFC');
  return /^\d+\.0+$/.test(trimmed) ? trimmed.slice(0, trimmed.indexOf('.')) : trimmed;
}

/**
 * The key in `folder`, made at the first start. The file holds 64 hexadecimal digits and is for its owner only: wider
 * permissions are mended, and `log` says so. Throws with a sentence when the file is there but is no key: another key
 * would make new people of everybody.
 */
export async function openKey(folder: string, log: (line: string) => void): Promise<Uint8Array> {
  const file = join(folder, KEY_FILE);
  const text = await readKey(file);
  if (text === undefined) return makeKey(file, log);
  if (!/^[0-9a-f]{64}\s*$/.test(text)) {
    throw new Error(
      `${file} is no key for pseudonyms (64 hexadecimal digits): put it back from a copy; ${WITHOUT_KEY}`,
    );
  }
  await tighten(file, log);
  return Buffer.from(text.trim(), 'hex');
}

const WITHOUT_KEY = 'with another key everybody known so far would become somebody else';

async function readKey(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'latin1');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new Error(`${file}, the key for pseudonyms, cannot be read (${code}): let this user read it; ${WITHOUT_KEY}`);
  }
}

/** Whole on disk under its name, or not there at all. */
async function makeKey(file: string, log: (line: string) => void): Promise<Uint8Array> {
  const key = randomBytes(KEY_BYTES);
  await rm(`${file}.new`, { force: true });
  await withOpen(`${file}.new`, 'wx', async (handle) => {
    await handle.writeFile(`${key.toString('hex')}\n`);
    await handle.sync();
  });
  await rename(`${file}.new`, file);
  await withOpen(dirname(file), 'r', (folder) => folder.sync());
  log(`pseudonyms: a new key is in ${file}; keep a copy of it apart from the data`);
  return key;
}

/** Windows knows no such permissions. */
async function tighten(file: string, log: (line: string) => void): Promise<void> {
  if (process.platform === 'win32' || ((await stat(file)).mode & OTHERS) === 0) return;
  try {
    await chmod(file, ONLY_OWNER);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      `${file}, the key for pseudonyms, can be read by others and that cannot be mended (${code}): chmod 600 it`,
    );
  }
  log(`pseudonyms: ${file} could be read by others; now only by its owner`);
}

async function withOpen(path: string, flags: string, work: (handle: FileHandle) => Promise<void>): Promise<void> {
  const handle = await open(path, flags, ONLY_OWNER);
  try {
    await work(handle);
  } finally {
    await handle.close();
  }
}
