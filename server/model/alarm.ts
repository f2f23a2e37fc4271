// An alarm: what equipment itself says is wrong with it; raised, changed and cleared under one key (ITU-T X.733, TS 28.532).

import type { Severity } from './health.ts';

/** What an alarm is about, as far as the inventory knows it. */
export interface AlarmSubject {
  scope: 'cell' | 'site';
  /** Id of the cell or site; of an element that no inventory knows, the element's name stands for its site. */
  id: string;
  siteId: string;
}

/** One message of an alarm. */
export interface Alarm {
  /** Who has the trouble, as the sender names it. */
  element: string;
  /** Given by the element. */
  alarmId: string;
  /** Start of the alarm, epoch microseconds; part of its key. 0 where the id alone names it (TS 28.532). */
  startedMicros: number;
  /** Rises with each message of the alarm; 0: the sender does not number them, and their times order them. */
  sequence: number;
  /** Data time of this message, epoch milliseconds. */
  at: number;
  /** Data time from which the alarm stands, epoch milliseconds. */
  raisedAt: number;
  /** `cleared` ends the alarm. */
  severity: Severity;
  /** What is wrong, in the equipment's own words. */
  condition: string;
  problem?: string;
  cause?: string;
  /** The port, card or managed object, as sent. */
  object?: string;
  text?: string;
  proposedRepair?: string;
  subject: AlarmSubject;
}

/** One step of an alarm's severity. */
export interface AlarmStep {
  /** Data time, epoch milliseconds. */
  at: number;
  sequence: number;
  severity: Severity;
}

/** All that is known of one alarm: the fault history holds one for each key. */
export interface AlarmState {
  key: string;
  /** The newest message that says what is wrong; the clear itself where nothing else was heard. */
  alarm: Alarm;
  subject: AlarmSubject;
  /** Oldest first; the newest one is what holds now. */
  steps: AlarmStep[];
  /** Data time, epoch milliseconds; of an alarm that came back, of its present spell. */
  raisedAt: number;
  clearedAt?: number;
}

/** Which of the alarms that are not over are wanted: the newest ones. */
export interface StandingAsk {
  /** At most so many in all, and of each subject. */
  most: number;
  each: number;
  /** Of one subject only. */
  on?: Pick<AlarmSubject, 'scope' | 'id'>;
}

export interface StandingAlarms {
  /** First raised first. */
  alarms: AlarmState[];
  /** How many more stand on a subject; only where some do. */
  elsewhere: { subject: Pick<AlarmSubject, 'scope' | 'id'>; count: number }[];
}

/** One alarm as an alert keeps it. */
export interface AlertAlarm {
  key: string;
  condition: string;
  problem?: string;
  cause?: string;
  object?: string;
  text?: string;
  severity: Severity;
  /** Data time, epoch milliseconds. */
  raisedAt: number;
  clearedAt?: number;
}

/** A sign of life. */
export interface Beat {
  /** Data time, epoch milliseconds. */
  at: number;
  /** When the next one is due, as the sender says. */
  everySeconds?: number;
}

/** Messages of one alarm share it. */
export function alarmKey({
  element,
  alarmId,
  startedMicros,
}: Pick<Alarm, 'element' | 'alarmId' | 'startedMicros'>): string {
  return JSON.stringify([element, alarmId, startedMicros]);
}
