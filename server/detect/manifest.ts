// The manifest of a checkpoint: which files, one a thread, together are the detector's memory at one journal number.

import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceClockState } from '../maths/source-clock.ts';
import { readCheckpointFile, writeCheckpointFile } from './checkpoint-file.ts';

export interface Manifest {
  /** Journal number up to which everything is in the memory. */
  seq: number;
  version: string;
  /** File names, one a thread. */
  files: string[];
  /** The clock of each source by its name; absent in checkpoints of before it was kept. */
  clocks?: [source: string, clock: SourceClockState][];
}

const NAME = 'detect.manifest';
const FILE = /^detect-\d+-\d+\.bin(\.tmp)?$/;

export function fileNameOf(seq: number, thread: number): string {
  return `detect-${seq}-${thread}.bin`;
}

/** Undefined when there is no checkpoint. Throws when there is one that cannot be read. */
export function readManifest(folder: string): Manifest | undefined {
  const file = join(folder, NAME);
  if (!existsSync(file)) return undefined;
  const manifest = JSON.parse(new TextDecoder().decode(readCheckpointFile(file))) as Partial<Manifest>;
  const { seq, version, files, clocks = [] } = manifest;
  if (
    !Number.isSafeInteger(seq) ||
    typeof version !== 'string' ||
    !Array.isArray(files) ||
    files.length === 0 ||
    !Array.isArray(clocks)
  ) {
    throw new RangeError('the manifest of the checkpoint is damaged');
  }
  return { seq: seq!, version, files, clocks };
}

/** From now on this is the checkpoint; the files of earlier ones are deleted. Returns the bytes of the manifest itself. */
export function writeManifest(folder: string, manifest: Manifest): number {
  const bytes = Buffer.from(JSON.stringify(manifest));
  writeCheckpointFile(join(folder, NAME), bytes);
  for (const name of readdirSync(folder)) {
    if (FILE.test(name) && !manifest.files.includes(name)) rmSync(join(folder, name), { force: true });
  }
  return bytes.length;
}

/** Moves a checkpoint that cannot be used into `set-aside/`, where a person may look at it; the last one set aside is kept. */
export function setAside(folder: string): void {
  const aside = join(folder, 'set-aside');
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (name === NAME || FILE.test(name)) renameSync(join(folder, name), join(aside, name));
  }
}
