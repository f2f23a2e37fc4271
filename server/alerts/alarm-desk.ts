// Deals with equipment alarms: which of them change, and what becomes of the alerts of what they are about.

import {
  type Alarm,
  type AlarmState,
  type AlarmSubject,
  alarmKey,
  type StandingAlarms,
  type StandingAsk,
} from '../model/alarm.ts';
import { alarmAlert, alarmSubject } from './alarm-alert.ts';
import { AlarmBook, type AlarmLimits, nameOf } from './alarm-book.ts';
import { folded } from './alarm-state.ts';
import { isActive } from './alert-state.ts';
import { arranged, released } from './arrange.ts';
import type { Book } from './book.ts';
import type { Dealing } from './deal.ts';
import type { Draft } from './draft.ts';
import { renamedSubject } from './network-change.ts';

/** What is known of alarms that are not in memory. */
export interface FaultHistory {
  alarmsByKey(keys: readonly string[]): Promise<AlarmState[]>;
  standingAlarms(ask: StandingAsk): Promise<StandingAlarms>;
}

/** Messages of some records on their way in: what they change holds at once, and is taken back when it cannot be saved. */
export class AlarmTurn {
  /** The newest state of each alarm that changed. */
  readonly changed = new Map<string, AlarmState>();
  private readonly before = new Map<string, AlarmState | undefined>();

  constructor(
    private readonly standing: AlarmBook,
    /** What is known of those that do not stand. */
    private readonly over: ReadonlyMap<string, AlarmState>,
  ) {}

  /** One record's messages; gives the states that they change. */
  take(alarms: readonly Alarm[]): AlarmState[] {
    const now = new Map<string, AlarmState>();
    for (const alarm of alarms) {
      const key = alarmKey(alarm);
      const known = this.changed.get(key) ?? this.standing.get(key) ?? this.over.get(key);
      const state = folded(known, alarm);
      if (state === known) continue;
      if (!this.before.has(key)) this.before.set(key, this.standing.get(key));
      this.changed.set(key, state);
      this.standing.put(state);
      now.set(key, state);
    }
    return [...now.values()];
  }

  takeBack(): void {
    for (const [key, state] of this.before) this.standing.replace(key, state);
  }
}

export class AlarmDesk {
  private readonly standing: AlarmBook;

  private hasTold = false;

  constructor(
    standing: StandingAlarms,
    private readonly limits: AlarmLimits,
    private readonly history: FaultHistory,
    private readonly book: Book,
    /** Whether no further alert can be taken. */
    private readonly isRefused: () => boolean,
    private readonly log: (line: string) => void,
  ) {
    this.standing = new AlarmBook(standing, limits);
    this.tell(standing.elsewhere.length);
  }

  async begin(alarms: readonly Alarm[]): Promise<AlarmTurn> {
    await this.fetchBack(alarms);
    const unknown = [...new Set(alarms.map(alarmKey))].filter((key) => !this.standing.get(key));
    const over = unknown.length > 0 ? await this.history.alarmsByKey(unknown) : [];
    this.standing.admit(over);
    return new AlarmTurn(this.standing, new Map(over.map((state) => [state.key, state])));
  }

  /** Where the messages might end all alarms of a subject that are at hand, those that the ledger has of it are needed. */
  private async fetchBack(alarms: readonly Alarm[]): Promise<void> {
    const messages = new Map<string, { subject: AlarmSubject; count: number }>();
    for (const { subject } of alarms) {
      const name = nameOf(subject);
      messages.set(name, { subject, count: (messages.get(name)?.count ?? 0) + 1 });
    }
    for (const { subject, count } of messages.values()) {
      const { size, elsewhere } = this.standing.on(subject);
      if (elsewhere === 0 || size > count) continue;
      const most = this.limits.maximumAlarmsEach;
      this.standing.admit((await this.history.standingAlarms({ most, each: most, on: subject })).alarms);
    }
  }

  /** Once the turn is saved: what is too much for the memory stands in the ledger alone. */
  settle(turn: AlarmTurn): void {
    this.tell(this.standing.trim([...turn.changed.values()].map(({ subject }) => subject)));
  }

  private tell(left: number): void {
    if (left === 0 || this.hasTold) return;
    this.hasTold = true;
    const { maximumAlarms, maximumAlarmsEach } = this.limits;
    this.log(
      `alerts: more than ${maximumAlarmsEach} equipment alarms of one subject, or ${maximumAlarms} in all, stand: the oldest are kept in the ledger alone`,
    );
  }

  deal(changed: readonly AlarmState[], draft: Draft, dealing: Dealing): void {
    const bySubject = new Map<string, AlarmState[]>();
    for (const state of changed) {
      const name = nameOf(state.subject);
      const own = bySubject.get(name);
      if (own) own.push(state);
      else bySubject.set(name, [state]);
    }
    for (const own of bySubject.values()) this.dealWith(own[0]!.subject, own, draft, dealing);
  }

  /** The alarms that stand on cells with new names, under these; nothing is kept yet. */
  renamed(names: ReadonlyMap<string, string>): AlarmState[] {
    return [...this.standing.all()].flatMap((state) => {
      const subject = renamedSubject(state.subject, names);
      return subject === state.subject ? [] : [{ ...state, subject }];
    });
  }

  /** The states are saved: they hold from now on. */
  keep(changed: readonly AlarmState[], names: ReadonlyMap<string, string>): void {
    this.standing.rename(names);
    for (const state of changed) this.standing.put(state);
  }

  /** What the alarms of a site explain stands behind them. */
  arrange(siteId: string, draft: Draft, { places, wallMs }: Dealing): void {
    for (const alert of arranged(this.book.ofSite(siteId), places, wallMs)) draft.put(alert);
  }

  private dealWith(subject: AlarmSubject, changed: readonly AlarmState[], draft: Draft, dealing: Dealing): void {
    const before = this.book.newestOf('fault', alarmSubject(subject));
    const after = alarmAlert(before, subject, this.standing.on(subject), changed, dealing);
    if (!after || after === before || (!this.book.get(after.id) && this.isRefused())) return;
    const siteId = after.siteId ?? subject.siteId;
    draft.put(after);
    if (!isActive(after)) for (const part of released(after, this.book.ofSite(siteId), dealing.wallMs)) draft.put(part);
    this.arrange(siteId, draft, dealing);
  }
}
