// Opens archives: zip, tar and tar.gz, and the sheets of spreadsheet files, one member after another, each whole or with the reason why not, within bounds.

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { ARCHIVE_BOUNDS, type ArchiveSource, BoundError, type Member, Meter } from './archive-member.ts';
import { HEAD_BYTES, inflatedHead } from './private-file.ts';
import { tarMembers } from './tar-members.ts';
import { sheetsOf, WORKBOOK_BOUNDS } from './workbook.ts';
import { zipMembers } from './zip-members.ts';

export type ArchiveKind = 'zip' | 'tar' | 'tar.gz' | 'xlsx';

/** Office documents are zip files too, but one file to whoever sends them; of spreadsheets the sheets are read. */
const OFFICE_NAME = /\.(?:ods|docx|pptx)$/i;
const WORKBOOK_NAME = /\.xls[xm]$/i;
const OFFICE_PARTS = /\[Content_Types\]\.xml|xl\/workbook\.xml/;

/** What kind of archive a file is, by its first bytes; undefined for any other file. */
export function archiveKind(name: string, bytes: Uint8Array): ArchiveKind | undefined {
  const head = bytes.subarray(0, HEAD_BYTES);
  if (head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5)) {
    const names = new TextDecoder('latin1').decode(head);
    if (WORKBOOK_NAME.test(name) || (OFFICE_PARTS.test(names) && names.includes('xl/'))) return 'xlsx';
    return OFFICE_NAME.test(name) || OFFICE_PARTS.test(names) ? undefined : 'zip';
  }
  if (isTar(head)) return 'tar';
  return head[0] === 0x1f && head[1] === 0x8b && isTar(inflatedHead(head)) ? 'tar.gz' : undefined;
}

const TAR_MAGIC_AT = 257;

function isTar(head: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(head.subarray(TAR_MAGIC_AT, TAR_MAGIC_AT + 5)) === 'ustar';
}

/**
 * Never throws for what is in the archive: a member that cannot be read is told as one, and an archive that breaks off
 * ends with a rejection under its own name. One member is held at a time.
 */
export async function* archiveMembers(
  name: string,
  source: ArchiveSource,
  kind: ArchiveKind,
  bounds = ARCHIVE_BOUNDS,
): AsyncGenerator<Member> {
  const size = typeof source === 'string' ? (await stat(source)).size : source.length;
  const meter = new Meter(kind === 'xlsx' ? WORKBOOK_BOUNDS : bounds, size);
  let told = 0;
  try {
    for await (const member of membersOf(source, kind, meter)) {
      told++;
      const path = `${name}/${shown(member.name)}`;
      const isWorkbook = kind !== 'xlsx' && !member.rejection && archiveKind(member.name, member.bytes) === 'xlsx';
      if (isWorkbook) yield* archiveMembers(path, member.bytes, 'xlsx', bounds);
      else yield { ...member, ...nested(member), name: path };
    }
  } catch (error) {
    const message = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
    const detail =
      told === 0
        ? `nothing of ${name} was read: ${message}`
        : `${name} was read up to member ${told} and no further: ${message}. What came before was read`;
    const reason = error instanceof BoundError ? 'too-long' : 'unknown-format';
    yield { name, bytes: new Uint8Array(), rejection: { reason, detail } };
  }
}

function membersOf(source: ArchiveSource, kind: ArchiveKind, meter: Meter): AsyncGenerator<Member> {
  if (kind === 'xlsx') return sheetsOf(source, meter);
  return kind === 'zip' ? zipMembers(source, meter) : tarMembers(streamOf(source), kind, meter);
}

/** An archive in an archive is how bombs are built, and no sender's habit. */
function nested(member: Member): Pick<Member, 'rejection'> {
  if (member.rejection || archiveKind(member.name, member.bytes) === undefined) return {};
  return {
    rejection: {
      reason: 'wrong-shape',
      detail: 'an archive within an archive is not opened: put its files in directly',
    },
  };
}

const LONGEST_NAME = 300;

function shown(name: string): string {
  return name.replace(/\p{Cc}/gu, '?').slice(0, LONGEST_NAME);
}

function streamOf(source: ArchiveSource): Readable {
  return typeof source === 'string' ? createReadStream(source) : Readable.from([source]);
}
