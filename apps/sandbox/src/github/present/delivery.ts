import type { Delivery } from '../state/deliveries.ts';
import { timestamp } from './account.ts';

export function presentDelivery(delivery: Delivery) {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: timestamp(new Date(delivery.delivered_at)),
    redelivery: delivery.redelivery,
    duration: delivery.duration_ms / 1_000,
    status: delivery.status,
    status_code: delivery.status_code,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installation_id,
    repository_id: delivery.repository_id,
    throttled_at: null,
  };
}

export function presentFullDelivery(delivery: Delivery) {
  return {
    ...presentDelivery(delivery),
    url: delivery.url,
    request: { headers: delivery.request_headers, payload: JSON.parse(delivery.request_body) },
    response: { headers: delivery.response_headers, payload: delivery.response_body },
  };
}
