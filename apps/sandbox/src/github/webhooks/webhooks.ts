import { createHmac, randomUUID } from 'node:crypto';
import type { Logger } from '@zarpa/observability';
import type { Deliveries, Delivery } from '../state/deliveries.ts';

export interface WebhookEvent {
  readonly event: 'push' | 'ping' | 'installation';
  readonly action: string | null;
  readonly payload: object;
  readonly installationId: number | null;
  readonly repository: { readonly id: number; readonly fullName: string } | null;
}

export interface WebhookTarget {
  readonly url: string;
  readonly secret: string;
  readonly appId: number;
}

interface Attempt {
  readonly guid: string;
  readonly redelivery: boolean;
  readonly body: string;
  readonly about: Pick<Delivery, 'event' | 'action' | 'installation_id' | 'repository_id' | 'repository'>;
}

type Answer = Pick<Delivery, 'status' | 'status_code' | 'response_headers' | 'response_body'>;

const answerTimeoutMs = 10_000;
const keptAnswerBytes = 64 * 1_024;

/** Signs and sends webhooks as GitHub does: once, with no retry, every attempt on record. */
export class Webhooks {
  readonly #target: WebhookTarget;
  readonly #deliveries: Deliveries;
  readonly #logger: Logger;
  readonly #now: () => number;
  readonly #underWay = new Set<Promise<Delivery>>();
  readonly #closing = new AbortController();

  constructor(parts: { target: WebhookTarget; deliveries: Deliveries; logger: Logger; now: () => number }) {
    this.#target = parts.target;
    this.#deliveries = parts.deliveries;
    this.#logger = parts.logger;
    this.#now = parts.now;
  }

  send({ event, action, payload, installationId, repository }: WebhookEvent): Promise<Delivery> {
    return this.#track({
      guid: randomUUID(),
      redelivery: false,
      body: JSON.stringify(payload),
      about: {
        event,
        action,
        installation_id: installationId,
        repository_id: repository?.id ?? null,
        repository: repository?.fullName ?? null,
      },
    });
  }

  /** The same body under the same GUID. */
  redeliver(delivery: Delivery): Promise<Delivery> {
    return this.#track({ guid: delivery.guid, redelivery: true, body: delivery.request_body, about: delivery });
  }

  /** Gives up what is under way; each of it ends on record as failed. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#underWay);
  }

  #track(attempt: Attempt): Promise<Delivery> {
    const delivery = this.#attempt(attempt).finally(() => this.#underWay.delete(delivery));
    this.#underWay.add(delivery);
    delivery.catch((error: unknown) =>
      this.#logger.error({ err: error, guid: attempt.guid }, 'Failed to record a delivery'),
    );
    return delivery;
  }

  async #attempt({ guid, redelivery, body, about }: Attempt): Promise<Delivery> {
    const headers = this.#headers(guid, about.event, body);
    const startedAt = this.#now();
    const answer = await this.#post(headers, body);
    const { event, action, installation_id, repository_id, repository } = about;
    const delivery = this.#deliveries.add({
      guid,
      delivered_at: startedAt,
      redelivery,
      duration_ms: this.#now() - startedAt,
      ...{ event, action, installation_id, repository_id, repository },
      url: this.#target.url,
      request_headers: headers,
      request_body: body,
      ...answer,
    });
    const { id, status_code } = delivery;
    this.#logger.info({ deliveryId: id, guid, event, repository, statusCode: status_code }, 'Delivered webhook');
    return delivery;
  }

  #headers(guid: string, event: string, body: string): Record<string, string> {
    const { appId, secret } = this.#target;
    return {
      accept: '*/*',
      'content-type': 'application/json',
      'user-agent': 'GitHub-Hookshot/sandbox',
      'x-github-delivery': guid,
      'x-github-event': event,
      'x-github-hook-id': String(appId),
      'x-github-hook-installation-target-id': String(appId),
      'x-github-hook-installation-target-type': 'integration',
      'x-hub-signature': `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`,
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    };
  }

  async #post(headers: Record<string, string>, body: string): Promise<Answer> {
    try {
      const response = await fetch(this.#target.url, {
        method: 'POST',
        headers,
        body,
        redirect: 'manual',
        signal: AbortSignal.any([AbortSignal.timeout(answerTimeoutMs), this.#closing.signal]),
      });
      return {
        status: response.ok ? 'OK' : `Invalid HTTP Response: ${response.status}`,
        status_code: response.status,
        response_headers: Object.fromEntries(response.headers),
        response_body: (await response.text()).slice(0, keptAnswerBytes),
      };
    } catch (error) {
      const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
      const status = timedOut ? 'timed out' : 'failed to connect to host';
      return { status, status_code: timedOut ? 504 : 502, response_headers: {}, response_body: '' };
    }
  }
}
