// The life of one equipment alarm: its messages in any order, doubled or late, come to the same state.

import { type Alarm, type AlarmState, type AlarmStep, alarmKey } from '../model/alarm.ts';
import { SEVERITIES, type Severity } from '../model/health.ts';

/** Steps of severity that are kept of an alarm; older ones are forgotten. */
export const MOST_STEPS = 50;

/**
 * The alarm after one more message; the same object when that changes nothing, since it is known, or older than all that
 * is kept. Numbered messages are ordered by their numbers, and of two with one number the first is taken; those without
 * are ordered by their times.
 */
export function folded(state: AlarmState | undefined, alarm: Alarm): AlarmState {
  const step: AlarmStep = { at: alarm.at, sequence: alarm.sequence, severity: alarm.severity };
  const known = state?.steps ?? [];
  if (state && known.some((each) => order(each, step) === 0)) return state;
  const steps = [...known, step].sort(order).slice(-MOST_STEPS);
  if (state && !steps.includes(step)) return state;
  const telling = state && !tellsMore(alarm, state.alarm) ? state.alarm : alarm;
  return {
    key: alarmKey(alarm),
    alarm: telling,
    subject: state?.subject ?? alarm.subject,
    steps,
    ...times(alarm, steps, state),
  };
}

export function isStanding({ steps }: Pick<AlarmState, 'steps'>): boolean {
  return severityOf({ steps }) !== 'cleared';
}

export function severityOf({ steps }: Pick<AlarmState, 'steps'>): Severity {
  return steps.at(-1)?.severity ?? 'cleared';
}

function order(a: AlarmStep, b: AlarmStep): number {
  if (a.sequence !== b.sequence || a.sequence > 0) return a.sequence - b.sequence;
  // At one moment the worse comes first, so that a clear is never undone by its own raise.
  return a.at - b.at || SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
}

/** What is wrong is said by the newest message that says so; a clear may say less. */
function tellsMore(alarm: Alarm, known: Alarm): boolean {
  const clears = (one: Alarm) => one.severity === 'cleared';
  if (clears(alarm) !== clears(known)) return clears(known);
  return order(alarm, known) > 0;
}

/** The key holds the start, where messages of the alarm agree on one; else it stands since its newest raise. */
function times(
  { startedMicros, raisedAt }: Alarm,
  steps: readonly AlarmStep[],
  before: AlarmState | undefined,
): Pick<AlarmState, 'raisedAt' | 'clearedAt'> {
  const clears = (each: AlarmStep) => each.severity === 'cleared';
  const lastRaised = steps.findLastIndex((each) => !clears(each));
  const earlierEnd = steps.slice(0, Math.max(lastRaised, 0)).findLastIndex(clears);
  const earliest = Math.min(raisedAt, before?.raisedAt ?? raisedAt);
  const begin = startedMicros > 0 || lastRaised < 0 ? earliest : steps[earlierEnd + 1]!.at;
  const end = steps[lastRaised + 1];
  return end ? { raisedAt: begin, clearedAt: end.at } : { raisedAt: begin };
}
