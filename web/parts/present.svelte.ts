// What every part needs to write a time: the network's zone and what "now" is; handed down by the page's frame.

import { createContext } from 'svelte';

export interface Present {
  /** IANA name of the network's zone. */
  readonly zone: string;
  /** The moment that durations are counted to, epoch milliseconds. */
  readonly now: number;
  /** Wall time, for what people did. */
  readonly wall: number;
  /** True when the page shows a time that is over: clock times instead of durations, and nothing can be done. */
  readonly stale: boolean;
}

export const [getPresent, setPresent] = createContext<Present>();
