import type { ClusterRow } from '../cluster/index.ts';
import type { MoveView } from '../move/index.ts';

/** Clusters for a terminal. */
export function clusterTable(rows: readonly (ClusterRow & { readonly instances: number })[], now: Date): string {
  const head = ['CLUSTER', 'NAME', 'ENGINE', 'STATE', 'INSTANCES', 'FREE MEMORY', 'FREE PODS', 'REPORTED', 'MISSING'];
  const lines = rows.map((row) => [
    row.clusterId,
    row.name,
    [row.engine, row.report?.engineVersion].filter(Boolean).join(' '),
    row.state,
    String(row.instances),
    amount(row.report?.capacity?.memoryMb, ' MB'),
    amount(row.report?.capacity?.pods, ''),
    row.reportedAt ? `${Math.max(0, Math.round((now.getTime() - row.reportedAt.getTime()) / 1_000))} s ago` : 'never',
    missing(row),
  ]);
  return table([head, ...lines]);
}

/** Moves for a terminal. */
export function moveTable(rows: readonly MoveView[]): string {
  const head = ['MOVE', 'INSTANCE', 'FROM', 'TO', 'PHASE', 'SINCE', 'DATA', 'NOTE'];
  const lines = rows.map((row) => [
    row.moveId,
    row.instanceId,
    row.fromClusterId,
    row.toClusterId ?? 'any',
    row.phase,
    row.phaseSince.toISOString(),
    row.dataBytes === null ? '-' : `${Math.ceil(row.dataBytes / 1_048_576)} MB`,
    noteOf(row),
  ]);
  return table([head, ...lines]);
}

function noteOf({ failure, detail, cancelled, endedAt, leftoverClusterId }: MoveView): string {
  const notes = [failure, detail, leftoverClusterId && `left in ${leftoverClusterId}`];
  if (cancelled && endedAt === null) notes.push('ending');
  return notes.filter(Boolean).join('; ') || '-';
}

const amount = (value: { free: number; total: number } | undefined, unit: string): string =>
  value ? `${value.free} of ${value.total}${unit}` : 'untold';

const missing = ({ report }: ClusterRow): string =>
  report?.abilities.flatMap(({ name, status }) => (status === 'missing' ? [name] : [])).join(' ') || '-';

function table(lines: readonly (readonly string[])[]): string {
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  const text = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${text.join('\n')}\n`;
}
