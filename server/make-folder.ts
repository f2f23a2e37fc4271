// Makes a folder with those above it, and fails where that cannot be: the recursive way of Node.js tries for ever under /proc.

import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Throws the error of the file system. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (await isFolder(path)) return;
    if (code !== 'ENOENT' || (await isFolder(dirname(path)))) throw error;
    await makeFolder(dirname(path));
    await mkdir(path);
  }
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
