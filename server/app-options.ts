// What a running server is opened with.

import type { Config } from './config.ts';

export interface AppOptions {
  config: Config;
  version: string;
  /** Folder of the built page. */
  webFolder: string;
  /** Wall time, epoch milliseconds. */
  now(): number;
  log(line: string): void;
  /** A thread or its database is gone: the process must end and be started again; all is in the journal. */
  fatal(error: Error): void;
}
