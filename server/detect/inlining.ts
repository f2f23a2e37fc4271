// The inner loop of detection is many small functions: by default V8 joins only so many of them, and calls the others for each value.

import { setFlagsFromString } from 'node:v8';

/** V8's own budget is 920 bytes of bytecode for each function that it optimises. */
const INLINED_BYTES = 2000;

/** Once, before the first reading is judged: about a twelfth more values a second. Holds for the whole process, for what is optimised from then on. */
export function inlineMore(): void {
  setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${INLINED_BYTES}`);
}
