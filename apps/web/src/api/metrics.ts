import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type MetricSeries, unwrap } from '@zarpa/api-client';
import { useEffect } from 'react';
import { useApi } from './api-context.tsx';
import { useLive } from './live.tsx';
import { watchMetrics } from './metrics-watch.ts';
import { queryKeys } from './query-keys.ts';

const hourMs = 3_600_000;

/** CPU and memory of an instance. `1h` grows live by one sample every 15 s. */
export function useMetrics(id: string, range: '1h' | '7d', enabled = true) {
  const api = useApi();
  const { socket } = useLive();
  const client = useQueryClient();
  useEffect(() => {
    if (!socket || !enabled || range !== '1h') return;
    const onSample = ({ instanceId, sample }: { instanceId: string; sample: MetricSeries['points'][number] }) => {
      if (instanceId !== id) return;
      client.setQueryData<MetricSeries>(queryKeys.metrics(id, range), (series) =>
        series ? { ...series, points: appended(series.points, sample) } : series,
      );
    };
    socket.on('metrics.sample', onSample);
    const unwatch = watchMetrics(socket, id);
    return () => {
      socket.off('metrics.sample', onSample);
      unwatch();
    };
  }, [socket, client, id, range, enabled]);
  return useQuery({
    queryKey: queryKeys.metrics(id, range),
    queryFn: () =>
      unwrap(
        api.client.GET('/v1/instances/{instanceId}/metrics', {
          params: { path: { instanceId: id }, query: { range } },
        }),
      ),
    enabled,
  });
}

function appended(points: MetricSeries['points'], sample: MetricSeries['points'][number]): MetricSeries['points'] {
  const kept = points.filter((point) => point.at > sample.at - hourMs && point.at < sample.at);
  return [...kept, sample];
}
