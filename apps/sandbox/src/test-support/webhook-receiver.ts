import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ReceivedWebhook {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WebhookReceiver {
  readonly url: string;
  /** What it answers from now on. */
  answerWith(status: number): void;
  /** The n-th webhook, counted from 1, as soon as it is there. */
  received(count: number): Promise<ReceivedWebhook>;
  stop(): Promise<void>;
}

/** Stands where the platform's webhook route is. */
export async function runWebhookReceiver(): Promise<WebhookReceiver> {
  const webhooks: ReceivedWebhook[] = [];
  const arrivals = new EventEmitter();
  let status = 202;
  const server = createServer(async (request, response) => {
    const body = await text(request);
    webhooks.push({ headers: request.headers as Record<string, string>, body });
    response.writeHead(status).end('received');
    arrivals.emit('webhook');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/github`,
    answerWith: (next) => {
      status = next;
    },
    async received(count) {
      for (;;) {
        const webhook = webhooks[count - 1];
        if (webhook) return webhook;
        await once(arrivals, 'webhook');
      }
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
