// What is known of people: under a pseudonym made at the door; the operator's own id is kept nowhere.

/** A pseudonym: `p-` and 16 hexadecimal digits, a keyed hash (HMAC-SHA-256) of the operator's own id. */
export const PSEUDONYM = /^p-[0-9a-f]{16}$/;

/** What the operator's customer system says of one person, at one time. All but `subscriber` may be absent. */
export interface Subscriber {
  /** Pseudonym. */
  subscriber: string;
  /** The operator's own commercial star level, as it names it. Taken as given. */
  tier?: string;
  plan?: string;
  /** Of the plan, a month. */
  price?: number;
  tenureMonths?: number;
  /** Bill of a usual month, in the operator's currency. */
  monthlySpend?: number;
  /** Use in `month`. */
  minutes?: number;
  dataGb?: number;
  /** Calls in `month`, and how many of them dropped, where the operator counts them by person. */
  calls?: number;
  droppedCalls?: number;
  /** The month that use and calls belong to, `2026-03`; absent: the newest. */
  month?: string;
  /** Numbers are given to new people: what was before this time (epoch milliseconds) is another person's. */
  activatedAt?: number;
  /** Has left the operator. */
  left?: boolean;
}

/** How much of a person's use falls on a cell: usually, or on one day. Same (subscriber, cell, day, hour, service): the newest wins; share 0 removes. */
export interface Exposure {
  subscriber: string;
  /** Cell id. */
  cell: string;
  /** 0…1 of the person's use; shares are relative to their sum. */
  share: number;
  /** Local day `2026-03-17`; absent: usual. */
  day?: string;
  /** Local hour 0…23; absent: all day, by the usual course of a day. */
  hour?: number;
  service?: string;
}

export interface Complaint {
  subscriber: string;
  /** Epoch milliseconds. */
  at: number;
  category?: string;
  /** As written, without the person's own id and without numbers that could be one. */
  text?: string;
  cell?: string;
  lat?: number;
  lon?: number;
  /** When it was answered; how we handled it counts, not that it was made. */
  answeredAt?: number;
}

export const SURVEY_SCALES = { nps: [0, 10], csat: [1, 5] } as const;
export type SurveyScale = keyof typeof SURVEY_SCALES;

export interface Survey {
  subscriber: string;
  at: number;
  score: number;
  scale: SurveyScale;
  cell?: string;
  lat?: number;
  lon?: number;
}

/** What one delivery about people brought, as it stands in the journal. */
export interface PeopleDelivery {
  subscribers: Subscriber[];
  exposures: Exposure[];
  complaints: Complaint[];
  surveys: Survey[];
}

/** The doors for people. */
export const PEOPLE_KINDS = ['subscribers', 'exposure', 'complaints', 'surveys'] as const;
export type PeopleKind = (typeof PEOPLE_KINDS)[number];
