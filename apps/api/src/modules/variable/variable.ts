import type { VariableList } from '@zarpa/contracts';
import { isoTime } from '../../platform/time.ts';
import { DomainError } from '../../problems/domain-error.ts';
import type { InstanceRow } from '../instance/instance-row.ts';
import { isRedeployNeeded } from '../instance/instance-view.ts';
import type { StoredVariable } from '../rollout/variable-vault.ts';

/** A process's environment must fit into what Linux gives it, and into one message. */
export const limits = { count: 200, totalBytes: 512 * 1024 };

export function assertWithinLimits(variables: readonly StoredVariable[]): void {
  const bytes = variables.reduce(
    (sum, { sealedValue }) => sum + Buffer.byteLength(sealedValue.ciphertext, 'base64'),
    0,
  );
  if (variables.length <= limits.count && bytes <= limits.totalBytes) return;
  throw new DomainError('too_many_variables', {
    params: { count: String(limits.count), kilobytes: String(limits.totalBytes / 1024) },
  });
}

/** Names, and what differs from the version that runs. */
export function variableList(row: InstanceRow, variables: readonly StoredVariable[]): VariableList {
  const running = row.currentDeployment?.variableVersions ?? {};
  const names = new Set(variables.map(({ name }) => name));
  return {
    items: variables.map(({ name, version, updatedAt }) => ({
      name,
      updatedAt: isoTime(updatedAt),
      changed: row.currentDeployment !== null && running[name] !== version,
    })),
    removed: Object.keys(running)
      .filter((name) => !names.has(name))
      .sort(),
    redeployNeeded: isRedeployNeeded(row),
  };
}
