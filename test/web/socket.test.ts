// The live connection comes back by itself and asks for what was missed.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSocket, type SocketLike } from '../../web/data/socket.ts';

class Line implements SocketLike {
  binaryType = '';
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  closed = false;
  readonly address: string;
  constructor(address: string) {
    this.address = address;
  }
  close() {
    this.closed = true;
    this.onclose?.();
  }
  say(message: object) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

function setUp() {
  const lines: Line[] = [];
  const pauses: number[] = [];
  const socket = openSocket({
    address: (since) => `live?since=${since}`,
    message: () => {},
    frame: () => {},
    opened: () => {},
    closed: (nextTryAt) => pauses.push(nextTryAt - Date.now()),
    open: (address) => {
      lines.push(new Line(address));
      return lines.at(-1)!;
    },
    random: () => 1,
  });
  return { socket, lines, pauses };
}

describe('the live connection', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('waits longer after each failure, at most ten seconds, and starts over once it was open', () => {
    const { lines, pauses } = setUp();
    for (let i = 0; i < 7; i++) {
      lines.at(-1)!.onclose?.();
      vi.runOnlyPendingTimers();
    }
    expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
    lines.at(-1)!.onopen?.();
    lines.at(-1)!.onclose?.();
    expect(pauses.at(-1)).toBe(500);
  });

  it('asks for what came after the newest alert it has seen', () => {
    const { lines } = setUp();
    expect(lines[0]?.address).toBe('live?since=null');
    lines[0]!.say({ type: 'hello', seq: 40 });
    lines[0]!.say({ type: 'alert', seq: 41, alert: {} });
    lines[0]!.onclose?.();
    vi.runOnlyPendingTimers();
    expect(lines[1]?.address).toBe('live?since=41');
  });

  it('does not skip alerts that were on their way when it broke right after hello', () => {
    const { lines } = setUp();
    lines[0]!.say({ type: 'hello', seq: 40 });
    lines[0]!.onclose?.();
    vi.runOnlyPendingTimers();
    // The new hello already speaks of 45, but 41 to 45 have not arrived.
    lines[1]!.say({ type: 'hello', seq: 45 });
    lines[1]!.onclose?.();
    vi.runOnlyPendingTimers();
    expect(lines[2]?.address).toBe('live?since=40');
  });

  it('tries at once when asked to, and only once', () => {
    const { lines, socket } = setUp();
    lines[0]!.onclose?.();
    socket.reconnect();
    vi.runOnlyPendingTimers();
    expect(lines).toHaveLength(2);
  });

  it('stays closed once it was closed', () => {
    const { lines, socket } = setUp();
    socket.close();
    vi.runOnlyPendingTimers();
    expect(lines).toHaveLength(1);
    expect(lines[0]?.closed).toBe(true);
  });
});
