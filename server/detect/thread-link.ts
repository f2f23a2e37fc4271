// A front door's end of one thread: questions out, answers back in order.

import type { Worker } from 'node:worker_threads';
import type { Answers, Question } from './thread-protocol.ts';

interface Waiting {
  resolve: (answer: never) => void;
  reject: (error: Error) => void;
}

type Answered = { id: number; answer: unknown } | { id: number; error: string };

/** `Q`: what can be asked, `A`: the answer to each; those of the detector unless told. */
export class ThreadLink<Q extends { ask: string } = Question, A = Answers> {
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 1;
  private broken: Error | undefined;
  private isClosing = false;
  private tellOfDeath: ((error: Error) => void) | undefined;

  constructor(private readonly worker: Worker) {
    worker.on('message', (answered: Answered) => this.settle(answered));
    worker.on('error', (error) => this.fail(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', () => this.fail(new Error('the thread has ended')));
  }

  /** Tells of an end that nobody asked for, also of one that has been already. */
  watch(tell: (error: Error) => void): void {
    this.tellOfDeath = tell;
    if (this.broken && !this.isClosing) tell(this.broken);
  }

  /** Rejects when the thread could not answer, or is gone; a thread that is gone stays so. */
  ask<One extends Q>(question: One, transfer: ArrayBuffer[] = []): Promise<A[One['ask'] & keyof A]> {
    if (this.broken) throw this.broken;
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ ...question, id }, transfer);
    });
  }

  async close(): Promise<void> {
    this.isClosing = true;
    await this.worker.terminate();
  }

  private settle(answered: Answered): void {
    const waiting = this.waiting.get(answered.id);
    this.waiting.delete(answered.id);
    if ('error' in answered) waiting?.reject(new Error(answered.error));
    else waiting?.resolve(answered.answer as never);
  }

  private fail(error: Error): void {
    if (this.broken) return;
    this.broken = error;
    if (!this.isClosing) this.tellOfDeath?.(error);
    for (const { reject } of this.waiting.values()) reject(this.broken);
    this.waiting.clear();
  }
}
