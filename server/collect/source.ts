// The contract of a source that fetches data by itself, and of what it hands the data to.

import type { Receipt } from '../model/rejection.ts';

export interface ArrivedFile {
  /** Name without folder. */
  name: string;
  /** As it came, gzip not unpacked. */
  bytes: Uint8Array;
}

/**
 * Takes one whole file; resolves when what was accepted is durable. An error that has `retryAfterSeconds` means
 * "not now": the same file is offered again. Any other error is the file's own fault.
 */
export type Receive = (file: ArrivedFile) => Promise<Receipt>;

export interface Source {
  start(): void;
  /** Resolves once the file in hand is dealt with. */
  stop(): Promise<void>;
  /** `waiting`: files seen and not yet read. */
  status(): { folder: string; waiting: number };
}
