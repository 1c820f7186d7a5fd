import type { Reason } from '@zarpa/api-client';

const reasonParameters = [
  'exitCode',
  'package',
  'file',
  'limitMb',
  'minutes',
  'count',
  'runtime',
  'last',
  'cause',
  'image',
] as const;

/** A reason's values for its text; `none` for each one that the worker did not give. */
export function reasonValues({ params }: { code?: string; params: Reason['params'] }): Record<string, string> {
  const given = Object.entries(params).filter(([, value]) => value !== '');
  return { ...Object.fromEntries(reasonParameters.map((name) => [name, 'none'])), ...Object.fromEntries(given) };
}
