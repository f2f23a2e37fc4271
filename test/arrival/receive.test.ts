// Files that nobody can read: each is told by its name, and none of them becomes a sender.

import { expect, it } from 'vitest';
import { Receiver, type ReceiverRooms } from '../../server/arrival/receive.ts';
import type { Rejection } from '../../server/model/rejection.ts';

it('however many files an archive holds that are nothing known here, the senders stay as they are', async () => {
  const refused: [source: string, file: string | undefined][] = [];
  const receiver = new Receiver({
    refuse: (source: string, [rejection]: Rejection[]) => refused.push([source, rejection!.file]),
    zone: 'UTC',
    zoneOffsetMinutes: 0,
    maxBodyBytes: 1000,
  } as Partial<ReceiverRooms> as ReceiverRooms);
  await receiver.takeFile({ name: 'day.zip/a.txt', bytes: Buffer.from('what is this') });
  await receiver.takeFile({ name: 'day.zip/b.txt', bytes: Buffer.from([0xc3, 0x28]) });
  expect(refused).toEqual([
    ['file/unnamed', 'day.zip/a.txt'],
    ['file/unnamed', 'day.zip/b.txt'],
  ]);
});
