// Our own detector as it is used: the built server, fed by its doors at full speed, its alerts as it tells them.

import { WebSocket } from 'ws';
import type { Alert, AlertList, LiveMessage } from '../../server/api/contract.ts';
import { RunningServer } from '../flow/running-server.ts';
import type { Prediction, ScoredAlert } from './scored-alert.ts';

/** An alert with what is foretold, where something is. */
type ToldAlert = Alert & {
  prediction?: Record<keyof Omit<Prediction, 'probability'>, string> & { probability: number };
};

/** What is known of an alert from all that was told of it. */
interface Story {
  first: ToldAlert;
  last: ToldAlert;
  returns: number[];
}

const PAGE = 500;

export class ServerRun {
  private readonly stories = new Map<string, Story>();

  private constructor(
    private readonly server: RunningServer,
    private readonly socket: WebSocket,
  ) {
    socket.on('message', (data) => {
      const message = JSON.parse(data.toString()) as LiveMessage;
      if (message.type === 'alert') this.note(message.alert);
    });
    // What the socket misses is read from the list at the end.
    socket.on('error', () => undefined);
  }

  static async start(): Promise<ServerRun> {
    const server = await RunningServer.start({ CELLSTAR_CONFIG: '' });
    return new ServerRun(server, new WebSocket(`${server.url.replace('http', 'ws')}/api/live`));
  }

  get url(): string {
    return this.server.url;
  }

  /** All alerts, once everything that was sent is dealt with; the server is gone afterwards. */
  async finish(): Promise<ScoredAlert[]> {
    await this.server.settled();
    for (const alert of await this.listed()) this.note(alert);
    await this.close();
    return [...this.stories.values()].map(scoredAlert).sort((a, b) => a.raises[0]! - b.raises[0]!);
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.server.remove();
  }

  private async listed(): Promise<ToldAlert[]> {
    const alerts: ToldAlert[] = [];
    let cursor = '';
    do {
      const { body } = await this.server.ask<AlertList>(`/api/alerts?state=all&limit=${PAGE}${cursor}`);
      alerts.push(...body.alerts);
      cursor = body.nextCursor ? `&cursor=${encodeURIComponent(body.nextCursor)}` : '';
    } while (cursor !== '');
    return alerts;
  }

  private note(alert: ToldAlert): void {
    const known = this.stories.get(alert.id);
    if (!known) {
      this.stories.set(alert.id, { first: alert, last: alert, returns: [] });
      return;
    }
    if (known.last.state === 'cleared' && alert.state !== 'cleared') known.returns.push(Date.parse(alert.changedAt));
    known.last = alert;
  }
}

function scoredAlert({ first, last, returns }: Story): ScoredAlert {
  const { id, kind, scope, cells, partOf } = last;
  const raises = [Date.parse(first.raisedAt), ...returns];
  const { prediction } = first;
  if (!prediction) return { id, kind, scope, cells, partOf, raises };
  return {
    ...{ id, kind, scope, cells, partOf, raises },
    prediction: {
      expectedAt: Date.parse(prediction.expectedAt),
      earliestAt: Date.parse(prediction.earliestAt),
      latestAt: Date.parse(prediction.latestAt),
      probability: prediction.probability,
    },
  };
}
