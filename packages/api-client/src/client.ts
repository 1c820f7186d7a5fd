import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './generated/schema.ts';

/** Every route of the API by its path, typed: `client.GET('/v1/instances/{instanceId}', { params: { path: { instanceId } } })`. */
export type ApiClient = Client<paths>;

/** A client that sends the session's cookie. `baseUrl` is the API's address without a trailing slash. */
export function createApiClient(options: {
  baseUrl: string;
  fetch?: (request: Request) => Promise<Response>;
  headers?: Record<string, string>;
}): ApiClient {
  return createClient<paths>({ credentials: 'include', ...options });
}
