// Puts files into the server's inbox folder as element managers do: under another name until they are whole.

import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** With so many files waiting the sender waits too; it looks after each so many. */
const MOST_WAITING = 4000;
const LOOK_EVERY = 500;
const LOOK_AGAIN_MS = 1000;

export class InboxFolder {
  #written = 0;

  constructor(
    readonly folder: string,
    readonly sleep: (milliseconds: number) => Promise<void> = (ms) => pause(ms),
  ) {}

  async put(name: string, body: Uint8Array): Promise<void> {
    if (this.#written++ % LOOK_EVERY === 0) await this.#ready();
    const unfinished = join(this.folder, `.${name}.part`);
    await writeFile(unfinished, body);
    await rename(unfinished, join(this.folder, name));
  }

  async #ready(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    while ((await readdir(this.folder)).length > MOST_WAITING) await this.sleep(LOOK_AGAIN_MS);
  }
}
