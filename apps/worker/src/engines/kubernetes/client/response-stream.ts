import type { Dispatcher } from 'undici';
import { KubernetesError } from './kubernetes-error.ts';

/** The chunks of an answer; whoever stops iterating closes it. A stream that the server resets looks like one that it has ended. */
export function readToEnd(
  body: Dispatcher.ResponseData['body'],
  { request, signal }: { request: string; signal: AbortSignal },
): AsyncIterable<Uint8Array> {
  // An abort before the first read would otherwise be an 'error' event that nobody handles.
  body.on('error', () => undefined);
  return chunksOf(body, { request, signal });
}

async function* chunksOf(
  body: Dispatcher.ResponseData['body'],
  { request, signal }: { request: string; signal: AbortSignal },
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) yield chunk as Uint8Array;
  } catch (error) {
    if (!signal.aborted) throw KubernetesError.unreachable(request, error);
  } finally {
    body.destroy();
  }
}
