import type { DeploymentView, LogLine } from '@zarpa/api-client';
import type { LogRange } from '@zarpa/ui/components/log-viewer';

type Step = DeploymentView['steps'][number];

/** The steps that write the build log; what comes after them is in the bot's own log. */
const inBuildLog: ReadonlySet<Step['name']> = new Set(['fetch', 'plan', 'build', 'publish']);

/** True where a step has, or may come to have, a part of the build log. */
export const hasPart = ({ name, status, startedAt }: Step): boolean =>
  inBuildLog.has(name) && startedAt !== null && status !== 'skipped' && status !== 'waiting';

/**
 * A step's part of the build log: from its beginning to that of the next one. A step that wrote nothing is the place between the
 * others' lines where it was; null while there are no lines.
 */
export function partOf(name: Step['name'], steps: readonly Step[], lines: readonly LogLine[]): LogRange | null {
  const at = steps.findIndex((step) => step.name === name);
  const startedAt = steps[at]?.startedAt;
  const last = lines.at(-1);
  if (startedAt == null || !last) return null;
  const next = steps.slice(at + 1).find((step) => step.startedAt !== null)?.startedAt;
  const from = lines.find((line) => line.at >= Date.parse(startedAt)) ?? last;
  const to = next == null ? last : lines.findLast((line) => line.at < Date.parse(next));
  return { from: from.id, to: to && to.at >= from.at ? to.id : from.id };
}
