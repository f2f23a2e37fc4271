// Calls between the main thread and the thread that owns DuckDB: one message there, one back, matched by number.

import type { MessagePort, TransferListItem, Worker } from 'node:worker_threads';

/** Calls under way at once; more are refused, so that a slow disk cannot fill the memory. */
const MOST_CALLS = 10_000;

interface Call {
  id: number;
  room: string;
  method: string;
  args: unknown[];
}

/** What the thread sends: one `opened` or `failed` first, then answers, and lines for the log at any time. */
export type FromThread =
  | { kind: 'opened' }
  | { kind: 'failed'; message: string }
  | { kind: 'log'; line: string }
  | { kind: 'answer'; id: number; value?: unknown; error?: string };

type Method = (...args: unknown[]) => Promise<unknown>;

/** In the thread: answers every call to `rooms[room][method]`. */
export function answerCalls(port: MessagePort, rooms: Record<string, object>): void {
  port.on('message', async ({ id, room, method, args }: Call) => {
    const answer: FromThread = { kind: 'answer', id };
    try {
      const target = rooms[room] as Record<string, Method>;
      answer.value = await target[method]!(...args);
    } catch (error) {
      answer.error = error instanceof Error ? error.message : String(error);
    }
    port.postMessage(answer, buffersOf(answer.value));
  });
}

/** Columns of an answer move instead of being copied; a view of a part of a buffer stays, others may look at the rest. */
function buffersOf(value: unknown): ArrayBuffer[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.values(value).flatMap((column) => {
    const isWhole = ArrayBuffer.isView(column) && column.byteLength === column.buffer.byteLength;
    return isWhole && column.buffer instanceof ArrayBuffer ? [column.buffer] : [];
  });
}

/** DuckDB's own end: it answers nothing more until the file is opened anew. */
const INVALIDATED = /database has been invalidated/;

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** In the main thread: calls that a worker answers. Once the worker has ended, every call rejects and says why. */
export class Calls {
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  private ended?: Error;
  private isClosing = false;
  /** The first thing after which nothing more can be expected of the thread, and who is told. */
  private death?: Error;
  private tellOfDeath?: (error: Error) => void;

  constructor(private readonly worker: Worker) {
    worker.on('message', (message: FromThread) => {
      if (message.kind === 'answer') this.settle(message);
    });
    worker.on('error', (error) => this.end(new Error(`the storage thread failed: ${error.message}`)));
    worker.on('exit', () => this.end(new Error('the storage thread has ended')));
  }

  /** Tells once of an end that nobody asked for, of the thread or of its database, also of one that has been already. */
  watch(tell: (error: Error) => void): void {
    this.tellOfDeath = tell;
    if (this.death) tell(this.death);
  }

  /** From now on the thread may end. */
  expectEnd(): void {
    this.isClosing = true;
  }

  /** Calls `rooms[room][method](...args)` in the thread; what is in `transfer` moves there and is gone here. */
  call(room: string, method: string, args: unknown[], transfer: TransferListItem[] = []): Promise<unknown> {
    const answered = this.ask(room, method, args, transfer);
    // Whoever looks at it later is not too late: until then a failure must not count as unhandled.
    answered.catch(() => undefined);
    return answered;
  }

  private ask(room: string, method: string, args: unknown[], transfer: TransferListItem[]): Promise<unknown> {
    if (this.ended) return Promise.reject(this.ended);
    if (this.waiting.size >= MOST_CALLS) return Promise.reject(new Error('the storage thread is too far behind'));
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, room, method, args } satisfies Call, transfer);
    });
  }

  /** An object with the named methods, each a call to the room of that name. */
  remote<T extends object, M extends keyof T & string>(room: string, methods: readonly M[]): Pick<T, M> {
    const entries = methods.map((method) => [method, (...args: unknown[]) => this.call(room, method, args)]);
    return Object.fromEntries(entries) as Pick<T, M>;
  }

  private settle({ id, value, error }: FromThread & { kind: 'answer' }): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (error === undefined) {
      waiting?.resolve(value);
      return;
    }
    const why = new Error(error);
    if (INVALIDATED.test(error)) this.die(why);
    waiting?.reject(why);
  }

  private die(why: Error): void {
    if (this.death || this.isClosing) return;
    this.death = why;
    this.tellOfDeath?.(why);
  }

  private end(why: Error): void {
    this.ended ??= why;
    this.die(this.ended);
    for (const { reject } of this.waiting.values()) reject(this.ended);
    this.waiting.clear();
  }
}
