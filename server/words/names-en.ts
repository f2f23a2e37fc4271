// English names of severities, healths, states, kinds, events and reasons.

import type { AlertEvent, AlertKind, AlertScope, AlertState, Audience } from '../model/alert.ts';
import type { Health, Severity } from '../model/health.ts';
import type { RejectionReason } from '../model/rejection.ts';

const rejections: Record<RejectionReason, string> = {
  'not-json': 'This is not valid JSON',
  'not-xml': 'This is not well-formed XML',
  'not-csv': 'This is not a CSV table with a header',
  'not-utf8': 'The text is not UTF-8',
  'wrong-shape': 'It is built differently from what this door takes',
  'missing-field': 'A field that is needed is missing',
  'wrong-type': 'A field holds another type of value than it should',
  'out-of-range': 'The value lies outside what is believed possible',
  'bad-time': 'The time cannot be read',
  'future-time': 'The time lies more than an hour ahead',
  'ancient-time': 'The time lies before the year 2000',
  'bad-period': 'The length of the period is not usable',
  'unknown-kpi': 'There is no KPI of this name',
  'no-values': 'It holds no value',
  'not-a-cell': 'The object is not a cell',
  'not-a-number': 'The value is not a number',
  'unknown-radio': 'The radio technology is not known',
  duplicate: 'It stands twice in the same delivery',
  ambiguous: 'It cannot be told which cell it is',
  'too-long': 'It is longer than is taken',
  'unknown-format': 'The format is not recognised',
  'unknown-event': 'Events of this kind are not read',
  'cannot-fetch': 'The address that is polled gives nothing',
  'store-refused': 'The store does not take it',
};

const healths: Record<Health, string> = {
  ok: 'fine',
  warning: 'warning',
  minor: 'minor',
  major: 'major',
  critical: 'critical',
  unknown: 'unknown',
  saving: 'saving energy',
  planned: 'planned works',
};

const severities: Record<Severity, string> = {
  critical: 'critical',
  major: 'major',
  minor: 'minor',
  warning: 'warning',
  indeterminate: 'effect not known',
  cleared: 'cleared',
};

const states: Record<AlertState, string> = { open: 'open', acknowledged: 'acknowledged', cleared: 'cleared' };
const scopes: Record<AlertScope, string> = { cell: 'cell', site: 'site', area: 'area', network: 'network' };
const audiences: Record<Audience, string> = { noc: 'control room', planner: 'planning', care: 'customer care' };

const kinds: Record<AlertKind, string> = {
  anomaly: 'out of its usual range',
  fault: 'fault',
  'fault-predicted': 'fault foretold',
  silent: 'nothing heard',
  'congestion-forecast': 'congestion foretold',
  'weak-coverage': 'weak coverage',
  'source-silent': 'sender quiet',
};

const events: Record<AlertEvent['what'], string> = {
  raised: 'Raised',
  worsened: 'Got worse',
  eased: 'Eased',
  widened: 'Widened to the whole site or area',
  joined: 'Joined a wider alert',
  parted: 'Stands for itself again',
  acknowledged: 'Acknowledged',
  assigned: 'Assigned',
  commented: 'Comment',
  cleared: 'Cleared by hand',
  recovered: 'Recovered',
  returned: 'Came back',
  'stayed-well': 'Over: it has stayed well',
  muted: 'Muted',
  unmuted: 'Told: it has outlasted its mute',
  left: 'Left the network',
  'came-true': 'Came true',
  withdrawn: 'Taken back: expected no more',
  expired: 'Did not come in its time',
};

export const namesEn = { rejections, healths, severities, states, scopes, audiences, kinds, events };
