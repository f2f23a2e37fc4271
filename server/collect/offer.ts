// Offers what a source has brought until it is taken or refused: one file, or every member of an archive as a file of its own.

import type { Receipt, Rejection } from '../model/rejection.ts';
import { type ArchiveKind, archiveKind, archiveMembers } from './archive.ts';
import type { ArchiveMark, Begun } from './archive-mark.ts';
import { ARCHIVE_BOUNDS, type ArchiveBounds, type ArchiveSource, type Member } from './archive-member.ts';
import { HEAD_BYTES, isAboutPeople } from './private-file.ts';
import { type ArrivedFile, type Offered, type Receive, senderOfFile } from './source.ts';

export interface Offering {
  receive: Receive;
  /** Keeps and counts what was refused before anybody could receive it. `source`: door and sender. */
  refuse(source: string, rejection: Rejection): void;
  /** Resolves early when the source is stopped. */
  pause(ms: number): Promise<void>;
  isStopping(): boolean;
  bounds?: ArchiveBounds;
}

export interface Arrival extends Omit<ArrivedFile, 'bytes'> {
  /** Its first HEAD_BYTES at least. */
  head: Uint8Array;
  content: ArchiveSource;
  /** All its bytes; not asked for of an archive. */
  read(): Promise<Uint8Array>;
  /** Of an archive: how far it has been read before, and where that is written down. */
  mark?: ArchiveMark;
}

/** Undefined when the source is stopped meanwhile: it is not dealt with and must come again. */
export async function offer(arrival: Arrival, offering: Offering): Promise<Offered | undefined> {
  const { name, type, charset, from, via, head } = arrival;
  const kind = archiveKind(name, head);
  if (!kind) {
    const receipt = await offerFile({ name, type, charset, from, via, bytes: await arrival.read() }, offering);
    return receipt && { receipt, isPrivate: isAboutPeople(head) };
  }
  return offerMembers(arrival, kind, offering);
}

async function offerMembers(arrival: Arrival, kind: ArchiveKind, offering: Offering): Promise<Offered | undefined> {
  const { name, mark, content } = arrival;
  const begun = (await mark?.read()) ?? {
    members: 0,
    receipt: { accepted: 0, rejected: 0, rejections: [] },
    isPrivate: false,
  };
  let seen = 0;
  for await (const member of archiveMembers(name, content, kind, offering.bounds ?? ARCHIVE_BOUNDS)) {
    if (seen++ < begun.members) continue;
    if (offering.isStopping() || !(await offerMember(member, arrival, begun, offering))) return undefined;
    begun.members = seen;
    await mark?.write(begun);
  }
  return begun;
}

/** Adds what has come of it to `begun`; false when the source is stopped meanwhile. */
async function offerMember(member: Member, arrival: Arrival, begun: Begun, offering: Offering): Promise<boolean> {
  const { name, bytes, rejection } = member;
  const receipt = rejection
    ? refused({ ...rejection, file: name }, senderOfFile(arrival), offering)
    : await offerFile({ name, from: arrival.from, via: arrival.via, bytes }, offering);
  if (!receipt) return false;
  begun.isPrivate ||= isAboutPeople(bytes.subarray(0, HEAD_BYTES));
  addTo(begun.receipt, receipt, name);
  return true;
}

/** Again and again while there is no room for it. */
async function offerFile(file: ArrivedFile, offering: Offering): Promise<Receipt | undefined> {
  while (!offering.isStopping()) {
    try {
      return await offering.receive(file);
    } catch (error) {
      const seconds = retryAfterSeconds(error);
      if (seconds === undefined) {
        const detail = `${file.name} could not be read: ${messageOf(error)}`;
        return refused({ file: file.name, reason: 'unknown-format', detail }, senderOfFile(file), offering);
      }
      await offering.pause(seconds * 1000);
    }
  }
  return undefined;
}

export function refused(rejection: Rejection, source: string, offering: Pick<Offering, 'refuse'>): Receipt {
  offering.refuse(source, rejection);
  return { accepted: 0, rejected: rejection.count ?? 1, rejections: [rejection] };
}

const MOST_SHOWN_REJECTIONS = 100;
const MOST_NOTES = 20;

/** Adds what has come of a member; whoever received it may not know its name. */
export function addTo(sum: Receipt, { accepted, rejected, rejections, late, notes }: Receipt, file: string): void {
  sum.accepted += accepted;
  sum.rejected += rejected;
  const shown = rejections.slice(0, MOST_SHOWN_REJECTIONS - sum.rejections.length);
  sum.rejections.push(...shown.map((one) => ({ ...one, file: one.file ?? file })));
  if (late) sum.late = (sum.late ?? 0) + late;
  if (notes) sum.notes = [...new Set([...(sum.notes ?? []), ...notes])].slice(0, MOST_NOTES);
}

function retryAfterSeconds(error: unknown): number | undefined {
  const seconds = (error as { retryAfterSeconds?: unknown } | null)?.retryAfterSeconds;
  return typeof seconds === 'number' ? seconds : undefined;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
