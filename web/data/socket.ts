// The live connection: comes back by itself with growing pauses, and asks for what was missed.

import type { LiveMessage } from '../../server/api/contract.ts';
import { type CellFrame, decodeCellFrame } from '../../server/model/cell-frame.ts';

export interface SocketLike {
  binaryType: string;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
  close(): void;
}

export interface SocketOptions {
  /** The address to open; `since` is the newest number seen, or null before the first. */
  address(since: number | null): string;
  message(message: LiveMessage): void;
  frame(frame: CellFrame): void;
  opened(): void;
  /** Lost or not reached; the next try is at this wall time. */
  closed(nextTryAt: number): void;
  open?(address: string): SocketLike;
  now?(): number;
  /** 0…1, spreads the returning of many clients. */
  random?(): number;
}

export interface LiveSocket {
  /** Tries at once instead of at the next turn; an open connection is given up and made anew. */
  reconnect(): void;
  /** As `reconnect`, without asking for what was missed (the language has changed). */
  restart(): void;
  close(): void;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

/** Opens the connection and keeps it open until `close`. */
export function openSocket(options: SocketOptions): LiveSocket {
  const open = options.open ?? ((address: string) => new WebSocket(address) as unknown as SocketLike);
  const now = options.now ?? Date.now;
  const random = options.random ?? Math.random;
  let socket: SocketLike | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let seen: number | null = null;

  function take(data: unknown): void {
    if (data instanceof ArrayBuffer) {
      options.frame(decodeCellFrame(data));
      return;
    }
    const message = JSON.parse(String(data)) as LiveMessage;
    options.message(message);
    // Only alerts are kept by number on the server; `hello` sets the mark when there is none yet.
    if (message.type === 'alert' || message.type === 'resync' || seen === null) seen = Math.max(seen ?? 0, message.seq);
  }

  function connect(): void {
    clearTimeout(timer);
    const mine = open(options.address(seen));
    socket = mine;
    mine.binaryType = 'arraybuffer';
    mine.onopen = () => {
      failures = 0;
      options.opened();
    };
    mine.onmessage = (event) => take(event.data);
    mine.onclose = () => {
      if (socket === mine) wait();
    };
  }

  function wait(): void {
    socket = null;
    const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
    failures += 1;
    const pause = longest * (0.5 + random() / 2);
    options.closed(now() + pause);
    timer = setTimeout(connect, pause);
  }

  function leave(): void {
    const old = socket;
    socket = null;
    old?.close();
  }

  connect();
  return {
    reconnect() {
      leave();
      connect();
    },
    restart() {
      seen = null;
      leave();
      connect();
    },
    close() {
      clearTimeout(timer);
      leave();
    },
  };
}
