// The door for backtests as a function: the answer, with how far it is on the way, and an end whenever nobody waits for it any more.

import type { BacktestAnswer, BacktestAsk, BacktestMessage, Problem } from '../../server/api/contract.ts';

type Reach = (path: string, query?: Record<string, string>, init?: RequestInit) => Promise<Response>;

export interface BacktestWatch {
  /** 0…1; null while another backtest has to end first. */
  progress(share: number | null): void;
  signal: AbortSignal;
}

const ASK_AGAIN_MS = 1000;
const BUSY = 429;

export function createBacktestDoor(reach: Reach, failureOf: (problem: Problem) => Error) {
  /** Rejects with a `Failure`, also once the signal has ended it. */
  return async (ask: BacktestAsk, { progress, signal }: BacktestWatch): Promise<BacktestAnswer> => {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/x-ndjson' },
      body: JSON.stringify(ask),
      signal,
    };
    const response = await whenFree(
      () => reach('/api/backtest', {}, init),
      () => progress(null),
      signal,
    );
    for await (const message of messagesOf(response)) {
      if (message.type === 'answer') return message.answer;
      if (message.type === 'problem') throw failureOf(message.problem);
      progress(message.of > 0 ? message.done / message.of : 1);
    }
    throw failureOf({ type: 'about:blank', status: 0, title: '', detail: '' });
  };
}

async function whenFree<T>(ask: () => Promise<T>, wait: () => void, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if ((error as { status?: number }).status !== BUSY || signal.aborted) throw error;
    }
    wait();
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
}

async function* messagesOf(response: Response): AsyncGenerator<BacktestMessage> {
  const reader = response.body!.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + decoder.decode(part.value, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as BacktestMessage;
  }
}
