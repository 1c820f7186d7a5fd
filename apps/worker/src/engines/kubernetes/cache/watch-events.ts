import type { Status } from 'kubernetes-types/meta/v1';
import { KubernetesError } from '../client/kubernetes-error.ts';
import type { KubernetesObject } from '../client/resource-kinds.ts';

export type WatchEvent<T extends KubernetesObject> =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: T }
  | { readonly type: 'BOOKMARK'; readonly object: KubernetesObject }
  | { readonly type: 'ERROR'; readonly object: Status };

/** Events of a watch's body, one JSON object a line. An ERROR event throws. A piece of an event at a broken end is left out. */
export async function* watchEvents<T extends KubernetesObject>(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Exclude<WatchEvent<T>, { type: 'ERROR' }>> {
  const decoder = new TextDecoder();
  let pieces: string[] = [];
  for await (const chunk of chunks) {
    const lines = decoder.decode(chunk, { stream: true }).split('\n');
    const open = lines.pop() ?? '';
    for (const line of lines) {
      const text = pieces.join('') + line;
      pieces = [];
      if (text === '') continue;
      const event = JSON.parse(text) as WatchEvent<T>;
      if (event.type === 'ERROR') throw KubernetesError.fromStatus(event.object);
      yield event;
    }
    if (open !== '') pieces.push(open);
  }
}
