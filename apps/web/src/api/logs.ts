import { type LogLine, unwrap } from '@zarpa/api-client';
import type { LogStream, SocketAnswer } from '@zarpa/contracts';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Api } from './api.ts';
import { useApi } from './api-context.tsx';
import { useLive } from './live.tsx';
import type { ServerEvents } from './live-socket.ts';
import { createLogBuffer } from './log-buffer.ts';

const noLines: readonly LogLine[] = [];

/** A log as it grows. */
export interface LiveLog {
  lines: readonly LogLine[];
  /** False until the first lines, or the news that there are none, have come. */
  ready: boolean;
  /** Why the API refused to let it be watched, in the reader's language. */
  refusal: string | null;
  /** True where older lines than the ones shown may be kept. */
  hasOlder: boolean;
  loadingOlder: boolean;
  loadOlder: () => void;
  /** Loads what is older until a moment is reached; the id of the first line from then on, null where there is none. */
  jumpTo: (at: Date) => Promise<string | null>;
}

/** Watches an instance's run log or a deployment's build log. After a lost connection it resumes at its last line. */
export function useLiveLog(stream: LogStream): LiveLog {
  const api = useApi();
  const { socket } = useLive();
  const key = stream.kind === 'run' ? stream.instanceId : stream.deploymentId;
  const { instanceId } = stream;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another log is another buffer
  const buffer = useMemo(() => createLogBuffer((draw) => requestAnimationFrame(draw)), [key]);
  const [ready, setReady] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [hasOlder, setHasOlder] = useState(stream.kind === 'run');
  const [loadingOlder, setLoadingOlder] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a stream is the same as long as its key is
  useEffect(() => {
    if (!socket) return;
    const watch = () => {
      socket.emit('logs.watch', { stream, after: buffer.lastId(), tail: 500 }, (answer: SocketAnswer) => {
        setRefusal(answer.ok ? null : answer.detail);
        void drawn().then(() => setReady(true));
      });
    };
    const onLines: ServerEvents['logs.lines'] = (event) => {
      if (keyOf(event.stream) !== key) return;
      if (event.reset) buffer.restart(event.lines);
      else buffer.append(event.lines);
    };
    socket.on('logs.lines', onLines);
    socket.on('connect', watch);
    if (socket.connected) watch();
    return () => {
      socket.off('logs.lines', onLines);
      socket.off('connect', watch);
      socket.emit('logs.unwatch', { stream }, () => {});
    };
  }, [socket, buffer, key]);

  const loadOlder = useCallback(() => {
    const before = buffer.lines()[0]?.id;
    if (loadingOlder || before === undefined) return;
    setLoadingOlder(true);
    readLogs(api, instanceId, { before })
      .then(async (page) => {
        buffer.prepend(page.lines);
        await drawn();
        setHasOlder(page.before !== null && page.lines.length > 0);
      })
      .catch(() => setHasOlder(false))
      .finally(() => setLoadingOlder(false));
  }, [api, buffer, instanceId, loadingOlder]);

  const jumpTo = useCallback(
    async (at: Date) => {
      let [oldest] = buffer.lines();
      while (oldest && oldest.at > at.getTime()) {
        const page = await readLogs(api, instanceId, { before: oldest.id });
        buffer.prepend(page.lines);
        setHasOlder(page.before !== null);
        oldest = page.before === null ? undefined : page.lines[0];
      }
      await drawn();
      return buffer.lines().find((line) => line.at >= at.getTime())?.id ?? null;
    },
    [api, buffer, instanceId],
  );

  const lines = useSyncExternalStore(buffer.subscribe, buffer.lines, () => noLines);
  return { lines, ready, refusal, hasOlder, loadingOlder, loadOlder, jumpTo };
}

/** Resolves once the buffer has told what it holds: its frame was asked for before this one. */
const drawn = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));

function readLogs(api: Api, instanceId: string, query: { before: string }) {
  return unwrap(api.client.GET('/v1/instances/{instanceId}/logs', { params: { path: { instanceId }, query } }));
}

/** Address of the whole kept log as a text file. */
export const logDownloadUrl = (api: Api, instanceId: string): string =>
  `${api.baseUrl}/v1/instances/${instanceId}/logs/download`;

const keyOf = (stream: LogStream): string => (stream.kind === 'run' ? stream.instanceId : stream.deploymentId);
