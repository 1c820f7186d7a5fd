import type { KubernetesClient } from '../client/kubernetes-client.ts';
import { objectPath } from '../client/paths.ts';
import { pods } from '../client/resource-kinds.ts';
import { LineParser } from '../logs/line-parser.ts';
import type { LogTime } from '../logs/positions.ts';

/** A line as the kubelet keeps it. */
export interface ContainerLine extends LogTime {
  readonly text: string;
}

/** A build plan or a piece of progress is one line, however long. */
const longestLineBytes = 2 * 1_048_576;

/** The lines of one container's log, in batches as they arrive; with `follow` until the container has ended. */
export async function* containerLines(options: {
  client: KubernetesClient;
  namespace: string;
  pod: string;
  container: string;
  follow: boolean;
  signal: AbortSignal;
}): AsyncGenerator<ContainerLine[]> {
  const { client, namespace, pod, container, follow, signal } = options;
  const path = objectPath(pods, { namespace, name: pod }, 'log');
  const query = { container, timestamps: 'true', ...(follow ? { follow: 'true' } : {}) };
  const parser = new LineParser(longestLineBytes);
  for await (const chunk of await client.stream(path, { query, signal })) {
    yield parser.push(chunk).map(({ at, nanoseconds, bytes }) => ({ at, nanoseconds, text: bytes.toString('utf8') }));
  }
}
