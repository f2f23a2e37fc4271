// Posts bodies that were made beforehand, a few at once, as a good sender does.

const IN_FLIGHT = 4;

/** Posts one body; throws with the answer when it was not taken. */
export async function post(url: string, type: string, body: Uint8Array): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': type },
    body: body as Uint8Array<ArrayBuffer>,
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${text.slice(0, 300)}`);
}

/** Posts all bodies, in their order and four at once; resolves when all are acknowledged. */
export async function postAll(url: string, type: string, bodies: readonly Uint8Array[]): Promise<void> {
  let next = 0;
  const sender = async () => {
    while (next < bodies.length) await post(url, type, bodies[next++]!);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, sender));
}
