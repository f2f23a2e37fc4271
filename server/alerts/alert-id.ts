// The name of an alert: one at a time of each kind and subject, and an id that is the same again in every replay.

import type { AlertKind } from '../model/alert.ts';

/** One alert at a time per key. */
export function keyOf(kind: AlertKind, subject: string): string {
  return `${kind} ${subject}`;
}

/** Kind, subject and time of raising, safe in an address: `fault_OLD-7-B_20260317T2145Z`. */
export function alertId(kind: AlertKind, subject: string, raisedAt: number): string {
  const plain = subject.replace(/[^A-Za-z0-9.-]+/g, '-').slice(0, 60);
  const told = plain === subject ? plain : `${plain}~${hash(subject)}`;
  const time = new Date(raisedAt)
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/(00)?\.000Z$/, 'Z');
  return `${kind}_${told}_${time}`;
}

/** FNV-1a, 32 bits, base 36: keeps apart subjects that look alike once made safe. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value.toString(36);
}
