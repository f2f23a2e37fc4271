// The rooms of a running server, as the doors and the caretaker need them.

import type { Alerts } from './alerts/alerts.ts';
import type { Receiver } from './arrival/receive.ts';
import type { RejectionBook } from './arrival/rejection-book.ts';
import type { HttpPoll } from './collect/sources/http-poll.ts';
import type { Inbox } from './collect/sources/inbox.ts';
import type { Config } from './config.ts';
import type { Judged } from './consumers.ts';
import type { Coverage } from './coverage/coverage.ts';
import type { Detect } from './detect/detect.ts';
import type { Foretell } from './detect/foretell.ts';
import type { Learn } from './detect/learn.ts';
import type { Experience } from './experience/experience.ts';
import type { FormulaHistory } from './formula-history.ts';
import type { Journal } from './journal/journal.ts';
import type { Feed } from './live/feed.ts';
import type { Live } from './live/live.ts';
import type { KpiStore } from './storage/kpi-store.ts';
import type { Ledger } from './storage/ledger.ts';
import type { PeopleStore } from './storage/people-store.ts';
import type { RejectionStore } from './storage/rejection-store.ts';
import type { Turns } from './turns.ts';
import type { Upkeep } from './upkeep.ts';

/** All that the doors answer from. */
export interface House {
  config: Config;
  version: string;
  startedAt: number;
  now(): number;
  journal: Journal;
  store: KpiStore;
  ledger: Ledger;
  live: Live;
  /** Makes what live knows durable, one after another. */
  keepLive(): Promise<void>;
  feed: Feed;
  detect: Detect;
  foretell: Foretell;
  learn: Learn;
  coverage: Coverage;
  experience: Experience;
  people: PeopleStore;
  rejections: RejectionStore;
  alerts: Alerts;
  /** Judging and checkpoints of what was judged, one at a time. */
  judging: Turns;
  isJudged: Judged;
  formulaHistory: FormulaHistory;
  receiver: Receiver;
  /** Of the operator's own id of a person. */
  pseudonymOf(id: string): string;
  refusals: RejectionBook;
  inbox: Inbox;
  poll: HttpPoll;
  upkeep: Upkeep;
}
