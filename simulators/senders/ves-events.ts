// Alarms and signs of life as ONAP VES 7 events.

import type { AlarmSeverity } from './alarm-kinds.ts';
import { bytesOf } from './byte-builder.ts';
import type { Delivery } from './delivery.ts';

/** What changes of an alarm from one event to the next: `sequence` rises, all else that names it stays. */
export interface AlarmEvent {
  eventId: string;
  sequence: number;
  severity: AlarmSeverity | 'NORMAL';
  /** Epoch milliseconds: when it was raised, and when this was told. */
  raisedAt: number;
  at: number;
  /** The network element, and what of it the alarm is about. */
  element: string;
  object: string;
  reporter: string;
  condition: string;
  problem: string;
  cause: string;
  repair: string;
}

const VERSIONS = { version: '4.1', vesEventListenerVersion: '7.2.1', timeZoneOffset: 'UTC+00:00' } as const;
const PRIORITY = { CRITICAL: 'High', MAJOR: 'High', MINOR: 'Medium', WARNING: 'Low', NORMAL: 'Normal' } as const;

export function faultEvent(alarm: AlarmEvent): object {
  const { eventId, sequence, severity, raisedAt, at, element, object, reporter, condition, problem, cause, repair } =
    alarm;
  return {
    commonEventHeader: {
      ...{ domain: 'fault', eventName: `Fault_Pretend_${condition}`, eventId, sequence, priority: PRIORITY[severity] },
      ...{ sourceName: element, reportingEntityName: reporter },
      ...{ startEpochMicrosec: 1000 * raisedAt, lastEpochMicrosec: 1000 * at, ...VERSIONS },
    },
    faultFields: {
      ...{ faultFieldsVersion: '4.0', alarmCondition: condition, alarmInterfaceA: object, eventSeverity: severity },
      ...{ eventSourceType: 'other', specificProblem: problem, vfStatus: 'Active' },
      alarmAdditionalInformation: { probableCause: cause, proposedRepair: repair },
    },
  };
}

/** `at` in epoch milliseconds; the next one follows after so many seconds. */
export function heartbeatEvent(reporter: string, at: number, intervalSeconds: number): object {
  return {
    commonEventHeader: {
      ...{ domain: 'heartbeat', eventName: 'Heartbeat_Pretend', eventId: `beat/${reporter}/${at / 1000}`, sequence: 0 },
      ...{ priority: 'Normal', sourceName: reporter, reportingEntityName: reporter },
      ...{ startEpochMicrosec: 1000 * at, lastEpochMicrosec: 1000 * at, ...VERSIONS },
    },
    heartbeatFields: { heartbeatFieldsVersion: '3.0', heartbeatInterval: intervalSeconds },
  };
}

export function eventBatch(events: readonly object[]): Delivery {
  return { door: 'events', body: bytesOf(JSON.stringify({ eventList: events })), rows: events.length };
}
