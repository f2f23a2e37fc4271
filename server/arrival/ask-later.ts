// What the journal does not take now is asked for again: 429 or 503 with Retry-After, in words for the sender.

import { ApiError } from '../api/problem.ts';
import { JournalFailed, JournalFull } from '../journal/journal.ts';

/** A record that the journal did not take is sent again, or waits in the inbox: it is not at fault. */
export async function askingForLater<T>(appended: Promise<T>): Promise<T> {
  try {
    return await appended;
  } catch (error) {
    if (error instanceof JournalFull) throw later(429, 'Too much at once', error);
    if (error instanceof JournalFailed) throw later(503, 'The journal cannot be written', error);
    throw error;
  }
}

function later(status: number, title: string, { message, retryAfterSeconds }: JournalFull | JournalFailed): ApiError {
  const detail = `${message}: send it again in ${retryAfterSeconds} s (nothing doubles)`;
  const error = new ApiError(status, title, detail, { 'Retry-After': String(retryAfterSeconds) });
  return Object.assign(error, { retryAfterSeconds });
}
