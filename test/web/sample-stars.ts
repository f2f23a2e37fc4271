// A summary of stars and a person to begin from in tests of the pages.

import type { PersonStar, StarGroup, StarSummary } from '../../server/api/contract.ts';

export const PSEUDONYM_OF_ONE = 'p-7c41e9a2b03d5f61';

export function sampleGroup(name: string, stars: number, change: number | null = 0): StarGroup {
  return { key: name, name, people: 1000, meanScore: stars * 20, stars, change, history: [stars, null, stars] };
}

export function sampleSummary(change: Partial<StarSummary> = {}): StarSummary {
  return {
    at: '2026-03-17T13:45:00.000Z',
    people: 3000,
    meanScore: 71.8,
    stars: 3.6,
    before: { meanScore: 73.4, stars: 3.7 },
    groups: [
      sampleGroup('Lighthouse Point', 2.9, -0.5),
      sampleGroup('Saltmarsh', 3.2, -0.3),
      sampleGroup('Tidewell', 3.7),
    ],
    moved: [
      { id: 'network', points: -1.7 },
      { id: 'service', points: -0.2 },
      { id: 'satisfaction', points: 0.2 },
    ],
    causes: [],
    evidence: [],
    ...change,
  };
}

export function samplePerson(change: Partial<PersonStar> = {}): PersonStar {
  return {
    subscriber: PSEUDONYM_OF_ONE,
    at: '2026-03-17T13:45:00.000Z',
    stars: 3,
    score: 61,
    low: 58,
    high: 64,
    tier: 'gold',
    plan: 'Tide 60',
    tenureMonths: 41,
    dimensions: [
      {
        id: 'network',
        score: 41,
        weight: 0.6,
        usual: 70,
        reasons: [{ text: 'Was served by a cell that was off air: Old Harbour 7-B.', cells: ['harbour-7-b'] }],
      },
      { id: 'service', score: 72, weight: 0.4, usual: 70, reasons: [] },
      { id: 'usage', score: null, weight: 0, usual: null, reasons: [] },
      { id: 'plan', score: null, weight: 0, usual: null, reasons: [] },
      { id: 'satisfaction', score: null, weight: 0, usual: null, reasons: [] },
    ],
    history: [
      { day: '2026-03-16', score: 70, stars: 3.5, network: 70 },
      { day: '2026-03-17', score: 61, stars: 3, network: 41 },
    ],
    change: 'Nine points lower since yesterday.',
    outlook: { text: 'If it lasts a day, about 52 of 100.', score: 52, belowTwoStars: false },
    servedBy: [{ cell: 'harbour-7-b', share: 0.62 }],
    hours: [{ day: '2026-03-17', scores: Array.from({ length: 24 }, (_, hour) => (hour < 13 ? 95 : null)) }],
    now: [],
    complaints: [],
    ...change,
  };
}
