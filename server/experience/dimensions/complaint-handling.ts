// The service dimension: how well we handled a person's complaints. That somebody complained, and how often, never counts.

import { DAY_MS, HOUR_MS } from '../../maths/local-time.ts';
import type { Complaint } from '../../model/person.ts';
import type { StarReason } from '../../model/star.ts';
import type { StarProfile } from '../profile.ts';

/** Complaints that count at a time: made within the window, by this person. */
export function complaintsAt(
  complaints: readonly Complaint[],
  at: number,
  activatedAt: number,
  { complaintDays }: StarProfile,
): Complaint[] {
  const since = Math.max(at - complaintDays * DAY_MS, activatedAt);
  return complaints.filter((complaint) => complaint.at <= at && complaint.at >= since);
}

/** One that waits ages in data time; one that was answered later than `at` was still waiting. */
export const isWaiting = ({ answeredAt }: Complaint, at: number): boolean =>
  answeredAt === undefined || answeredAt > at;

/** 0…100 by the worst of them; null where nobody complained. */
export function serviceScore(complaints: readonly Complaint[], at: number, profile: StarProfile): number | null {
  const scores = complaints.map((complaint) => handling(complaint, at, profile));
  return scores.length === 0 ? null : Math.min(...scores);
}

function handling(complaint: Complaint, at: number, { wellHours, badHours }: StarProfile): number {
  const part = (badHours - hoursTaken(complaint, at)) / (badHours - wellHours);
  return 100 * Math.min(1, Math.max(0, part));
}

function hoursTaken(complaint: Complaint, at: number): number {
  const until = isWaiting(complaint, at) ? at : complaint.answeredAt!;
  return Math.max(0, until - complaint.at) / HOUR_MS;
}

/** What was worst, said in full. */
export function serviceReasons(complaints: readonly Complaint[], at: number, profile: StarProfile): StarReason[] {
  const worst = complaints.toSorted((a, b) => handling(a, at, profile) - handling(b, at, profile))[0];
  if (!worst) return [{ why: { code: 'star-no-complaint', values: { days: profile.complaintDays } } }];
  const values = { complaintMs: worst.at, seconds: hoursTaken(worst, at) * 3600, at };
  const code = isWaiting(worst, at) ? 'star-complaint-waits' : 'star-complaint-answered';
  return [{ why: { code, values }, from: worst.at, to: isWaiting(worst, at) ? at : worst.answeredAt }];
}
