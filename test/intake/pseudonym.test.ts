// The key of pseudonyms: made once, kept tight, never changed unasked.

import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KEY_FILE, openKey, pseudonyms } from '../../server/intake/pseudonym.ts';
import { PSEUDONYM } from '../../server/model/person.ts';

let folder: string;
let lines: string[];
const log = (line: string) => void lines.push(line);
const modeOf = async () => (await stat(join(folder, KEY_FILE))).mode & 0o777;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellstar-key-'));
  lines = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the key', () => {
  it('is made at the first start, for its owner alone, and is the same at the next', async () => {
    const first = await openKey(folder, log);
    expect(first).toHaveLength(32);
    expect(await modeOf()).toBe(0o600);
    expect(await readdir(folder)).toEqual([KEY_FILE]);
    expect(Buffer.from(await openKey(folder, log))).toEqual(Buffer.from(first));
    expect(lines).toHaveLength(1);
    expect(lines.join()).not.toContain(Buffer.from(first).toString('hex').slice(0, 8));
  });

  it('is another one in another house', async () => {
    const one = pseudonyms(await openKey(folder, log))('13800000000');
    await rm(join(folder, KEY_FILE));
    expect(pseudonyms(await openKey(folder, log))('13800000000')).not.toBe(one);
  });

  it('that others can read is mended, and that is said', async () => {
    await openKey(folder, log);
    await chmod(join(folder, KEY_FILE), 0o644);
    await openKey(folder, log);
    expect(await modeOf()).toBe(0o600);
    expect(lines.at(-1)).toContain('could be read by others');
  });

  it.each(['', 'abc', 'z'.repeat(64), 'a'.repeat(63)])(
    'that is none (%j) stops the start and stays as it is',
    async (text) => {
      await writeFile(join(folder, KEY_FILE), text);
      await expect(openKey(folder, log)).rejects.toThrow(/is no key for pseudonyms.*put it back from a copy/);
      expect(await readFile(join(folder, KEY_FILE), 'utf8')).toBe(text);
    },
  );

  it('that cannot be read stops the start', async () => {
    await rm(folder, { recursive: true });
    await writeFile(folder, '');
    await expect(openKey(folder, log)).rejects.toThrow(/cannot be read \(ENOTDIR\)/);
  });
});

describe('a pseudonym', () => {
  const of = pseudonyms(new Uint8Array(32).fill(1));

  it('is one for all ways of writing an id, and another for every other id', () => {
    expect(of('13800000000')).toMatch(PSEUDONYM);
    for (const same of [' 13800000000 ', '13800000000.0', String(13_800_000_000)])
      expect(of(same)).toBe(of('13800000000'));
    for (const other of ['013800000000', '13800000001', 'A', of('13800000000')])
      expect(of(other)).not.toBe(of('13800000000'));
  });
});
