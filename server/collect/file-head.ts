// Reads the beginning of a file, which tells what it is, however large it is.

import { open } from 'node:fs/promises';
import { HEAD_BYTES } from './private-file.ts';

export async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
