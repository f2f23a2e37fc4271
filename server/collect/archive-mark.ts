// Remembers on disk how far an archive has been read, so that after a crash it goes on there instead of at its beginning.

import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Offered } from './source.ts';

/** What has come of the first `members` of an archive. */
export interface Begun extends Offered {
  members: number;
}

export class ArchiveMark {
  private readonly path: string;

  /** The mark is hidden beside the archive, and means nothing once that has another size or time of change. */
  constructor(
    archive: string,
    private readonly seen: { size: number; mtimeMs: number },
  ) {
    const folder = dirname(archive);
    this.path = join(folder, `.${archive.slice(folder.length + 1)}.read`);
  }

  async read(): Promise<Begun | undefined> {
    try {
      const { size, mtimeMs, begun } = JSON.parse(await readFile(this.path, 'utf8'));
      return size === this.seen.size && mtimeMs === this.seen.mtimeMs ? begun : undefined;
    } catch {
      return undefined;
    }
  }

  /** Where it cannot be written, a crash makes the archive be read again from its beginning: nothing doubles. */
  async write(begun: Begun): Promise<void> {
    const unfinished = `${this.path}.tmp`;
    await writeFile(unfinished, JSON.stringify({ ...this.seen, begun }))
      .then(() => rename(unfinished, this.path))
      .catch(() => undefined);
  }

  remove(): Promise<void> {
    return rm(this.path, { force: true });
  }
}
