// Whom care should see to first: what of our part is bad for a person, and what waits for an answer. The tier never enters.

export interface PriorityInput {
  /** 0…100; null where nothing is known, which adds nothing. */
  network: number | null;
  service: number | null;
  satisfaction: number | null;
  /** Complaints that wait for an answer. */
  openComplaints: number;
}

/** *Default.* */
const WEIGHTS = { network: 0.5, service: 0.3, satisfaction: 0.2 } as const;
/** What all open complaints together can add; the first adds half of it. */
const MOST_FOR_COMPLAINTS = 10;

/**
 * 0…110, larger is sooner. One more complaint, a worse survey, slower handling or an outage never lowers it. Usage, plan and
 * the total score stay out: a complaint that was answered well would raise the total, and so lower the priority.
 */
export function priorityOf({ openComplaints, ...scores }: PriorityInput): number {
  const missing = (['network', 'service', 'satisfaction'] as const).map(
    (id) => WEIGHTS[id] * (100 - (scores[id] ?? 100)),
  );
  const open = MOST_FOR_COMPLAINTS * (openComplaints / (1 + openComplaints));
  return missing.reduce((sum, part) => sum + part, 0) + open;
}
