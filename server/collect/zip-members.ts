// The members of a zip file in order of their names, so that old periods come before new ones.

import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, getFileNameLowLevel, openPromise, type ZipFile } from 'yauzl';
import { type ArchiveSource, BoundError, gather, isLitter, type Member, type Meter } from './archive-member.ts';
import { periodOrder } from './period-order.ts';

interface NamedEntry {
  name: string;
  entry: Entry;
}

export async function* zipMembers(source: ArchiveSource, meter: Meter): AsyncGenerator<Member> {
  // Names stay bytes: a path that leads out of the archive is a name to us and no error.
  const options = { autoClose: false, decodeStrings: false };
  const zip = await (typeof source === 'string'
    ? openPromise(source, options)
    : fromBufferPromise(bufferOf(source), options));
  try {
    for (const { name, entry } of await filesIn(zip, meter)) yield { name, ...(await memberOf(zip, entry, meter)) };
  } finally {
    zip.close();
  }
}

async function filesIn(zip: ZipFile, meter: Meter): Promise<NamedEntry[]> {
  const files: NamedEntry[] = [];
  for await (const entry of zip.eachEntry()) {
    const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
    if (name.endsWith('/') || isLitter(name)) continue;
    meter.member();
    files.push({ name, entry });
  }
  return files.sort((a, b) => periodOrder(a.name, b.name));
}

/** What is wrong with one member is said of it alone. */
async function memberOf(zip: ZipFile, entry: Entry, meter: Meter): Promise<Omit<Member, 'name'>> {
  if (entry.isEncrypted()) return broken('it is encrypted: send it without a password');
  try {
    const stream = await zip.openReadStreamPromise(entry);
    const member = await gather(meter.through(stream), entry.uncompressedSize, meter.bounds);
    const isDamaged = !member.rejection && crc32(member.bytes) !== entry.crc32;
    return isDamaged ? { ...member, ...broken('its checksum is wrong: pack it again', member.bytes) } : member;
  } catch (error) {
    if (error instanceof BoundError) throw error;
    return broken(error instanceof Error ? error.message : String(error));
  }
}

function broken(why: string, bytes: Uint8Array = new Uint8Array()): Omit<Member, 'name'> {
  return { bytes, rejection: { reason: 'unknown-format', detail: `the member cannot be unpacked: ${why}` } };
}

function bufferOf({ buffer, byteOffset, length }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, length);
}
