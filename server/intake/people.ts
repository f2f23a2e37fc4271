// Takes what a format read about people: checked, under pseudonyms made here, in pieces that a journal record can hold.

import type { PeopleDelivery, PeopleKind } from '../model/person.ts';
import type { Receipt, Rejection } from '../model/rejection.ts';
import { checkPerson, rawIdOf } from './check-person.ts';
import { isPersonRefusal, LONGEST_TEXT, type PersonContext, type PersonRefusal, type Raw } from './person-values.ts';
import { normalId, type PseudonymOf } from './pseudonym.ts';

export type ParsedPerson =
  | { kind: 'record'; record: Raw; where: Pick<Rejection, 'index' | 'line' | 'file'> }
  | { kind: 'rejection'; rejection: Rejection };

export interface PeopleIntakeOptions {
  pseudonymOf: PseudonymOf;
  /** Id of the inventory's cell with this id or alias. */
  cellIdOf(name: string): string | undefined;
}

export interface AcceptedPeople {
  deliveries: PeopleDelivery[];
  receipt: Receipt;
  /** All rejections, bounded; the receipt shows the first of them. */
  rejections: Rejection[];
}

const MOST_ROWS_A_DELIVERY = 20_000;
const MOST_SHOWN_REJECTIONS = 100;
const MOST_KEPT_REJECTIONS = 1000;
/** Rows after which others get their turn: some 10 ms. */
const ROWS_A_TURN = 2000;
/** Pseudonyms remembered within one delivery: exposure names each person several times. */
const MOST_REMEMBERED = 100_000;

export async function acceptPeople(
  parsed: Iterable<ParsedPerson>,
  kind: PeopleKind,
  options: PeopleIntakeOptions,
  context: PersonContext,
): Promise<AcceptedPeople> {
  const taking = new Taking(kind, options, context);
  let rows = 0;
  for (const one of parsed) {
    taking.take(one);
    if (++rows % ROWS_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return taking.finish();
}

class Taking {
  private readonly deliveries: PeopleDelivery[] = [];
  private readonly kept: Rejection[] = [];
  private readonly pseudonyms = new Map<string, string>();
  private accepted = 0;
  private refused = 0;
  private cuts = 0;
  private readonly checks;

  constructor(
    private readonly kind: PeopleKind,
    private readonly options: PeopleIntakeOptions,
    context: PersonContext,
  ) {
    this.checks = { ...context, cellIdOf: options.cellIdOf, cut: () => void this.cuts++ };
  }

  take(one: ParsedPerson): void {
    const refusal = one.kind === 'rejection' ? one.rejection : this.takeRecord(one.record);
    if (refusal) this.refuse(one.kind === 'rejection' ? refusal : { ...one.where, ...refusal });
  }

  private takeRecord(raw: Raw): PersonRefusal | undefined {
    const id = rawIdOf(raw);
    if (isPersonRefusal(id)) return id;
    const named = { raw, id: normalId(id), pseudonym: this.pseudonymOf(id) };
    const refusal = this.keep(named);
    if (!refusal) this.accepted++;
    return refusal;
  }

  private keep(named: Parameters<typeof checkPerson>[1]): PersonRefusal | undefined {
    const keepIn = <T>(list: T[], checked: T | PersonRefusal): PersonRefusal | undefined => {
      if (isPersonRefusal(checked)) return checked;
      list.push(checked);
      return undefined;
    };
    const { kind, checks } = this;
    const people = this.room();
    switch (kind) {
      case 'subscribers':
        return keepIn(people.subscribers, checkPerson(kind, named, checks));
      case 'exposure':
        return keepIn(people.exposures, checkPerson(kind, named, checks));
      case 'complaints':
        return keepIn(people.complaints, checkPerson(kind, named, checks));
      case 'surveys':
        return keepIn(people.surveys, checkPerson(kind, named, checks));
    }
  }

  /** The delivery that has room for one more row. */
  private room(): PeopleDelivery {
    if (this.accepted === this.deliveries.length * MOST_ROWS_A_DELIVERY) this.deliveries.push(emptyDelivery());
    return this.deliveries.at(-1)!;
  }

  private pseudonymOf(id: string): string {
    const known = this.pseudonyms.get(id);
    if (known !== undefined) return known;
    if (this.pseudonyms.size >= MOST_REMEMBERED) this.pseudonyms.clear();
    const made = this.options.pseudonymOf(id);
    this.pseudonyms.set(id, made);
    return made;
  }

  private refuse({ excerpt: _, ...rejection }: Rejection): void {
    this.refused += rejection.count ?? 1;
    if (this.kept.length < MOST_KEPT_REJECTIONS) this.kept.push(rejection);
  }

  finish(): AcceptedPeople {
    const { accepted, cuts, deliveries, kept, refused } = this;
    const notes = cuts > 0 ? [`${cuts} texts were cut to their first ${LONGEST_TEXT} characters`] : undefined;
    const receipt = {
      accepted,
      rejected: refused,
      rejections: kept.slice(0, MOST_SHOWN_REJECTIONS),
      ...(notes && { notes }),
    };
    // The last one was begun for a row that was then refused.
    const full = deliveries.slice(0, Math.ceil(accepted / MOST_ROWS_A_DELIVERY));
    return { deliveries: full, receipt, rejections: kept };
  }
}

function emptyDelivery(): PeopleDelivery {
  return { subscribers: [], exposures: [], complaints: [], surveys: [] };
}
