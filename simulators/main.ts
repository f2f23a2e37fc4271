// Command line of the pretend network: sends four weeks of a city's life to a running server, then goes on live.

import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { parseOptions } from './options.ts';
import { ProgressBar } from './progress.ts';
import { Refused, Sender } from './sender.ts';
import { runShow } from './show.ts';
import { UnusableList } from './world/world.ts';

/** 0 done or stopped by a signal, 1 the server refused or was not there, 2 wrong options. */
async function main(): Promise<number> {
  const parsed = parseOptions(process.argv.slice(2));
  if (parsed.kind === 'text') {
    process.stdout.write(parsed.text);
    return 0;
  }
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  if (parsed.kind === 'problem') {
    say(`${parsed.problem}\nAll options: --help`);
    return 2;
  }
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  const { server, token, inbox } = parsed.options;
  const bar = new ProgressBar(process.stderr);
  try {
    await runShow(parsed.options, {
      sender: new Sender({ server, token, inbox, say, signal: stop.signal }),
      now: Date.now,
      sleep: (ms) => pause(ms, undefined, { signal: stop.signal }),
      say,
      showProgress: (progress) => bar.show(progress),
      writeTruth: (file, text) => writeFile(file, text),
      readText: (file) =>
        readFile(file, 'utf8').catch((error: Error) => {
          throw new UnusableList(`--cells ${file}: ${error.message}`);
        }),
    });
    return 0;
  } catch (error) {
    if (stop.signal.aborted) return 0;
    const isTold = error instanceof Refused || error instanceof UnusableList;
    say(isTold ? error.message : String(error instanceof Error ? error.stack : error));
    return 1;
  }
}

process.exitCode = await main();
