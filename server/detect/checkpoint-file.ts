// One detector's memory on disk: written whole, synced, then renamed; a damaged file is recognised.

import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';

const CHECK_BYTES = 4;
/** One write call takes at most 2 GiB on Linux. */
const WRITE_AT_ONCE_BYTES = 1 << 30;

/** Durable under `file` when it returns: the bytes, then their CRC-32. */
export function writeCheckpointFile(file: string, bytes: Uint8Array): void {
  const check = new Uint8Array(CHECK_BYTES);
  new DataView(check.buffer).setUint32(0, crc32(bytes), true);
  const temporary = `${file}.tmp`;
  const handle = openSync(temporary, 'w');
  try {
    writeAll(handle, bytes);
    writeAll(handle, check);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, file);
  syncFolder(dirname(file));
}

/** Throws a RangeError when the file was cut short or changed, and what the file system throws when it is not there. */
export function readCheckpointFile(file: string): Uint8Array {
  const whole = readFileSync(file);
  const bytes = whole.subarray(0, Math.max(0, whole.length - CHECK_BYTES));
  if (whole.length < CHECK_BYTES || crc32(bytes) !== whole.readUInt32LE(bytes.length)) {
    throw new RangeError(`the checkpoint ${file} is damaged`);
  }
  return bytes;
}

function writeAll(handle: number, bytes: Uint8Array): void {
  let offset = 0;
  while (offset < bytes.length) {
    offset += writeSync(handle, bytes, offset, Math.min(WRITE_AT_ONCE_BYTES, bytes.length - offset));
  }
}

/** A rename survives a power cut only once its folder is synced. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
