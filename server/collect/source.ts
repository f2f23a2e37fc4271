// The contract of a source that fetches data by itself, and of what it hands the data to.

import type { Receipt } from '../model/rejection.ts';

export interface ArrivedFile {
  /** Name without folder; of a member of an archive, the archive's name before it. */
  name: string;
  /** As it came, gzip not unpacked. */
  bytes: Uint8Array;
  /** Media type as its sender named it, without parameters, for content that does not tell. */
  type?: string;
  /** Where the source knows them better than the content does. */
  from?: { door: string; sender: string };
  /** Stands for the sender where neither `from` nor the content names one: the way by which it came. */
  via?: string;
  /** Encoding, as its sender named it. */
  charset?: string;
}

/**
 * Whose a file is that cannot be read. Its own name stands in the rejection: were each name a sender, one archive could
 * fill the list of senders.
 */
export function senderOfFile({ from, via = 'unnamed' }: Pick<ArrivedFile, 'from' | 'via'>): string {
  return from ? `${from.door}/${from.sender}` : `file/${via}`;
}

/**
 * Takes one whole file; resolves when what was accepted is durable. An error that has `retryAfterSeconds` means
 * "not now": the same file is offered again. Any other error is the file's own fault.
 */
export type Receive = (file: ArrivedFile) => Promise<Receipt>;

/** What has come of a file or an archive that a source offered. */
export interface Offered {
  /** Of an archive, the sum over its members. */
  receipt: Receipt;
  /** It, or something in it, is about people: no copy may be kept. */
  isPrivate: boolean;
}

/** `Status`: how it stands with the source, for people. */
export interface Source<Status> {
  start(): void;
  /** Resolves once the file in hand is dealt with. */
  stop(): Promise<void>;
  status(): Status;
}
