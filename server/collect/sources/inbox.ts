// The inbox: a folder whose files are read once each and then moved to `done/` or `refused/`, or deleted if they are about people.

import type { Dirent } from 'node:fs';
import { access, mkdir, opendir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Receipt, Rejection } from '../../model/rejection.ts';
import { archiveKind } from '../archive.ts';
import { ArchiveMark } from '../archive-mark.ts';
import { headOf } from '../file-head.ts';
import { messageOf, offer, refused } from '../offer.ts';
import { periodOrder } from '../period-order.ts';
import { isAboutPeople } from '../private-file.ts';
import { type Offered, type Receive, type Source, senderOfFile } from '../source.ts';

export interface InboxOptions {
  folder: string;
  receive: Receive;
  /** Keeps and counts what was refused before anybody could receive it. */
  refuse(source: string, rejection: Rejection): void;
  log(line: string): void;
  /** Pause between two looks; a file is read when it has not changed between them. */
  pollMs?: number;
  /** Larger files are refused unread. */
  maxFileBytes?: number;
  /** Archives are read member by member and may be larger. */
  maxArchiveBytes?: number;
}

export interface InboxStatus {
  folder: string;
  /** Files seen and not yet read, and those of them that could not be opened or moved. */
  waiting: number;
  stuck: number;
  /** Read since the start: taken, and refused as a whole. */
  done: number;
  refused: number;
}

/** Calls the sender of files that name none. */
const VIA = 'inbox';
const DEFAULT_POLL_MS = 2000;
const DEFAULT_MAX_FILE_BYTES = 64 * 1024 * 1024;
const DEFAULT_MAX_ARCHIVE_BYTES = 2 ** 31;
/** Files looked at in one go; the others wait for the next look. */
const MAX_FILES_A_LOOK = 10_000;
/** What a sender is still writing: hidden, or named as unfinished. */
const UNFINISHED = /^\.|\.(?:tmp|part|partial|filepart|crdownload|swp)$|~$/i;

/** A file is known by name; size and time of change tell whether it is still growing. */
interface Seen {
  size: number;
  mtimeMs: number;
}

/**
 * Watches `folder` by looking at it again and again, which also works on network drives. A crash between the reading
 * of a file and its move makes it be read again, an archive from the member that was in hand: all that comes merges by
 * its key, so nothing doubles.
 */
export class Inbox implements Source<InboxStatus> {
  private seen = new Map<string, Seen>();
  /** Files that could not be opened or moved: left alone until they change, lest they be read at every look. */
  private stuck = new Map<string, Seen>();
  private readonly read = { done: 0, refused: 0 };
  private stopping = false;
  private running: Promise<void> = Promise.resolve();
  private wake: () => void = () => {};

  constructor(private readonly options: InboxOptions) {}

  start(): void {
    this.stopping = false;
    this.running = this.watch();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.running;
  }

  status(): InboxStatus {
    return { folder: this.options.folder, waiting: this.seen.size, stuck: this.stuck.size, ...this.read };
  }

  private async watch(): Promise<void> {
    while (!this.stopping) {
      try {
        await this.look();
      } catch (error) {
        this.options.log(`inbox: ${this.options.folder} cannot be read: ${quoted(messageOf(error))}`);
      }
      await this.pause(this.options.pollMs ?? DEFAULT_POLL_MS);
    }
  }

  /** Reads, one after another, the files that have not changed since the last look. */
  private async look(): Promise<void> {
    const before = this.seen;
    this.seen = await this.list();
    for (const [name, now] of [...this.seen].sort(([a], [b]) => periodOrder(a, b))) {
      if (this.stopping) return;
      if (!same(before.get(name), now) || same(this.stuck.get(name), now)) continue;
      try {
        await this.take(name, now);
      } catch (error) {
        this.stuck.set(name, now);
        this.options.log(`inbox: ${quoted(name)} stays where it is until it changes: ${quoted(messageOf(error))}`);
      }
    }
    for (const name of this.stuck.keys()) if (!this.seen.has(name)) this.stuck.delete(name);
  }

  private async list(): Promise<Map<string, Seen>> {
    const { folder } = this.options;
    await mkdir(folder, { recursive: true });
    const seen = new Map<string, Seen>();
    for await (const entry of await opendir(folder)) {
      if (!isFinished(entry)) continue;
      const now = await lookAt(join(folder, entry.name)).catch(() => undefined);
      if (now) seen.set(entry.name, now);
      if (seen.size >= MAX_FILES_A_LOOK) break;
    }
    return seen;
  }

  private async take(name: string, seen: Seen): Promise<void> {
    const mark = new ArchiveMark(join(this.options.folder, name), seen);
    const offered = await this.offer(name, seen.size, mark);
    if (!offered) return;
    if (!same(seen, await lookAt(join(this.options.folder, name)))) {
      this.options.log(`inbox: ${quoted(name)} became another while it was read: it is read again`);
      return;
    }
    const { receipt, isPrivate } = offered;
    const fate = receipt.accepted === 0 && receipt.rejected > 0 ? 'refused' : 'done';
    await this.putAway(name, fate, receipt, isPrivate);
    this.seen.delete(name);
    this.read[fate]++;
    await mark.remove();
    const end = isPrivate ? '; deleted, since it is about people' : '';
    this.options.log(`inbox: ${quoted(name)}: ${receipt.accepted} accepted, ${receipt.rejected} refused${end}`);
  }

  /** Until it is taken or refused; undefined when the inbox is stopped meanwhile. */
  private async offer(name: string, size: number, mark: ArchiveMark): Promise<Offered | undefined> {
    const { receive, refuse, maxFileBytes = DEFAULT_MAX_FILE_BYTES } = this.options;
    const path = join(this.options.folder, name);
    const head = await headOf(path);
    const isArchive = archiveKind(name, head) !== undefined;
    const most = isArchive ? (this.options.maxArchiveBytes ?? DEFAULT_MAX_ARCHIVE_BYTES) : maxFileBytes;
    if (size > most) {
      const receipt = refused(tooLarge(name, size, most), senderOfFile({ via: VIA }), this.options);
      return { receipt, isPrivate: isAboutPeople(head) };
    }
    return offer(
      { name, via: VIA, head, content: path, read: () => readFile(path), mark },
      { receive, refuse, pause: (ms) => this.pause(ms), isStopping: () => this.stopping },
    );
  }

  /** Of a file of people only the reasons are kept, which hold nothing of it. */
  private async putAway(name: string, to: 'done' | 'refused', receipt: Receipt, isPrivate: boolean): Promise<void> {
    const folder = join(this.options.folder, to);
    await mkdir(folder, { recursive: true });
    const target = await freeName(folder, name);
    if (receipt.rejected > 0) {
      await writeFile(join(folder, `${target}.reasons.json`), `${JSON.stringify(receipt, null, 2)}\n`);
    }
    const path = join(this.options.folder, name);
    await (isPrivate ? rm(path) : rename(path, join(folder, target)));
  }

  private pause(ms: number): Promise<void> {
    if (this.stopping) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

async function lookAt(path: string): Promise<Seen> {
  const { size, mtimeMs } = await stat(path);
  return { size, mtimeMs };
}

function same(a: Seen | undefined, b: Seen): boolean {
  return a !== undefined && a.size === b.size && a.mtimeMs === b.mtimeMs;
}

function isFinished(entry: Dirent): boolean {
  return entry.isFile() && !UNFINISHED.test(entry.name);
}

/** `name`, or `name.2`, `name.3`, … when a file of that name was put away before: nothing is overwritten. */
async function freeName(folder: string, name: string): Promise<string> {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? name : `${name}.${n}`;
    const taken = await access(join(folder, candidate)).then(
      () => true,
      () => false,
    );
    if (!taken) return candidate;
  }
}

function tooLarge(name: string, size: number, most: number): Rejection {
  const detail = `${name} has ${size} bytes; files of at most ${most} bytes are read. Split it`;
  return { file: name, reason: 'too-long', detail };
}

/** Names are given by senders: a line break in one must not look like a line of the log. */
const quoted = (text: string) => JSON.stringify(text);
