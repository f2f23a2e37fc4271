// Watches alarms that follow each other on a site: where such a sequence was often followed by a fault here, one is foretold.

import type { LearnedModel, SequenceParameters } from '../../../model/learning.ts';
import {
  FOLLOWS_WITHIN_MS,
  type Following,
  followingIn,
  indexOf,
  MOST_TOGETHER,
  type RaisedAlarm,
  signsOf,
  TOGETHER_MS,
} from '../../learning/sequences.ts';
import type { BrokenCells } from './broken-cells.ts';
import type { Case, Judgement } from './case.ts';
import type { CaseBook } from './case-book.ts';
import type { Places } from './places.ts';
import type { Teller } from './teller.ts';

const HOUR_MS = 3_600_000;
/** Seen less often, a sequence proves nothing. *Default.* */
const LEAST_TIMES = 8;
/** Nine of ten, one-sided, of a normal. */
const NINE_OF_TEN = 1.2816;
/** Sites whose alarms are remembered. */
const MOST_SITES = 20_000;

export class SequenceWatch {
  private model: { base: number; counts: ReturnType<typeof indexOf> } | undefined;
  /** Newest last, of the last day; the site that was heard of last comes last. */
  private readonly recent: Map<string, RaisedAlarm[]>;

  constructor(
    private readonly book: CaseBook,
    private readonly places: Places,
    private readonly teller: Teller,
    private readonly broken: Pick<BrokenCells, 'isBroken'>,
    saved: readonly RaisedAlarm[] = [],
  ) {
    this.recent = new Map();
    for (const alarm of saved) this.remember(alarm);
  }

  adopt({ parameters }: LearnedModel<SequenceParameters>): void {
    this.model = { base: parameters.base, counts: indexOf(parameters) };
  }

  /** An alarm was raised; the same one told again changes nothing, and on a site that is broken already it foretells nothing. */
  take(alarm: RaisedAlarm): void {
    const before = this.ofLastDay(alarm.siteId, alarm.at);
    if (before.some(({ at, condition }) => at === alarm.at && condition === alarm.condition)) return;
    this.remember(alarm);
    if (!this.model) return;
    const following = followingIn(
      this.model,
      signsOf(alarm.condition, before.map(({ condition }) => condition).reverse()),
    );
    if (following.times < LEAST_TIMES || !following.lead) return;
    const site = this.places.siteNamed(alarm.siteId);
    if (!site || this.broken.isBroken(site.id)) return;
    const known = this.book.get('other', site.id);
    // It was told and has come, or run out: this is another case.
    if (known && !known.told) this.teller.over(known, alarm.at, NOTHING, true);
    const one = known?.told ? known : this.book.open('other', site, alarm.at);
    if (!one) return;
    one.lastAt = alarm.at;
    one.sequence = { sign: following.sign, times: following.times, followed: following.followed };
    this.teller.consider(one, judged(one, following), alarm.at, NOTHING, 0);
    if (!one.told) this.book.drop(one);
  }

  /** What has come or run out, so long ago that nothing can follow on it any more. */
  close(at: number): void {
    for (const one of this.book.all())
      if (one.mode === 'other' && !one.told && at - one.lastAt > FOLLOWS_WITHIN_MS)
        this.teller.over(one, at, NOTHING, true);
  }

  save(): RaisedAlarm[] {
    return [...this.recent.values()].flat();
  }

  private ofLastDay(siteId: string, at: number): RaisedAlarm[] {
    return (this.recent.get(siteId) ?? []).filter((one) => one.at > at - TOGETHER_MS && one.at <= at);
  }

  /** One that is told late makes none forgotten that came after it. */
  private remember(alarm: RaisedAlarm): void {
    const all = [...(this.recent.get(alarm.siteId) ?? []), alarm].sort((a, b) => a.at - b.at);
    const own = all.filter(({ at }) => at > all.at(-1)!.at - TOGETHER_MS).slice(-MOST_TOGETHER);
    this.recent.delete(alarm.siteId);
    this.recent.set(alarm.siteId, own);
    if (this.recent.size > MOST_SITES) this.recent.delete(this.recent.keys().next().value!);
  }
}

const NOTHING = { kpi: '', observed: null, usual: null, limit: null };

/** The interval of eight in ten of the leads that were seen (lognormal), within the horizon. */
function judged({ lastAt }: Case, { probability, lead }: Following): Judgement {
  const after = (z: number) =>
    lastAt + Math.min(FOLLOWS_WITHIN_MS, Math.exp(lead!.middle + z * lead!.spread) * HOUR_MS);
  return {
    features: [],
    probability,
    ...{ earliestAt: after(-NINE_OF_TEN), expectedAt: after(0), latestAt: after(NINE_OF_TEN) },
  };
}
