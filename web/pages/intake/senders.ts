// What a list of senders says: the state of each, who comes first, and the sentence over all of them.

import type { SourceList } from '../../../server/api/contract.ts';
import type { Words } from '../../text/en.ts';
import { formatDuration, formatNumber, formatPercent } from '../../text/format.ts';

export type Sender = SourceList['sources'][0];
export type SenderState = keyof Words['intake']['states'];

/** A sender of whom this share was refused in a day needs a look (*default*), if it was more than a handful of rows. */
const MUCH_REFUSED = 0.2;
const LEAST_REFUSED = 20;
/** A period counts as complete with this share of the cells (*default*). */
const COMPLETE = 0.95;

const WORST_FIRST: readonly SenderState[] = ['quiet', 'refusing', 'wrong-clock', 'late', 'well'];

export function stateOf(sender: Sender): SenderState {
  const { accepted, rejected } = sender.lastDay;
  if (sender.quiet) return 'quiet';
  if (rejected > 0 && accepted === 0) return 'refusing';
  if (rejected >= LEAST_REFUSED && rejected > MUCH_REFUSED * (accepted + rejected)) return 'refusing';
  if (sender.clock.verdict !== 'ok' && sender.clock.verdict !== 'unknown') return 'wrong-clock';
  return sender.cells.seen < COMPLETE * sender.cells.expected ? 'late' : 'well';
}

/** Marks of the states, for the glyph. */
export const MARK_OF = {
  quiet: 'unknown',
  refusing: 'warning',
  'wrong-clock': 'warning',
  late: 'ok',
  well: 'ok',
} as const;

/** Worst first, then by name; those whose name contains `text`. */
export function inOrder(senders: readonly Sender[], text: string): Sender[] {
  const wanted = text.trim().toLowerCase();
  return senders
    .filter(({ id }) => id.toLowerCase().includes(wanted))
    .map((sender) => ({ sender, rank: WORST_FIRST.indexOf(stateOf(sender)) }))
    .sort((a, b) => a.rank - b.rank || (a.sender.id < b.sender.id ? -1 : 1))
    .map(({ sender }) => sender);
}

/** The door, and the sender's own name. */
export function namesOf({ id }: Sender): { door: string; name: string } {
  const slash = id.indexOf('/');
  return slash < 0 ? { door: '', name: id } : { door: id.slice(0, slash), name: id.slice(slash + 1) };
}

export function headline(senders: readonly Sender[], { intake }: Words): string {
  if (senders.length === 0) return intake.nobody;
  const count = (state: SenderState) => senders.filter((sender) => stateOf(sender) === state).length;
  const said = (
    [
      ['quiet', intake.quiet],
      ['refusing', intake.refusing],
      ['wrong-clock', intake.wrongClock],
    ] as const
  )
    .map(([state, say]) => [count(state), say] as const)
    .filter(([n]) => n > 0)
    .map(([n, say]) => say(formatNumber(n), n));
  if (said.length === 0) return senders.length === 1 ? intake.oneWell : intake.allWell(formatNumber(senders.length));
  const sentence = said.join(intake.and);
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

export function clockText({ clock }: Sender, words: Words): string {
  const { clocks } = words.intake;
  const { verdict, skewSeconds } = clock;
  if (verdict === 'ok' || verdict === 'unknown') return clocks[verdict];
  return clocks[verdict](formatDuration(1000 * Math.abs(skewSeconds), words));
}

/** `3.2 %` of the last day; undefined when nothing came. */
export function refusedShare({ lastDay }: Sender): string | undefined {
  const all = lastDay.accepted + lastDay.rejected;
  if (all === 0) return undefined;
  const percent = (100 * lastDay.rejected) / all;
  return formatPercent(percent / 100, percent > 0 && percent < 10 ? 1 : 0);
}
