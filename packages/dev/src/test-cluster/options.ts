import { parseArgs } from 'node:util';
import { errorText, Problem } from '../terminal/problem.ts';
import type { Member } from '../workspace/members.ts';

const usage = 'npm run test:cluster -- [--keep] [--only <package>]...';

export interface Options {
  /** Leaves the cluster running. */
  readonly keep: boolean;
  /** The packages to test; none means all. */
  readonly only: readonly string[];
}

/** @throws Problem that shows the usage. */
export function parseOptions(args: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { keep: { type: 'boolean', default: false }, only: { type: 'string', multiple: true, default: [] } },
    });
    return values;
  } catch (error) {
    throw new Problem(`${errorText(error)}\nUsage: ${usage}`, { cause: error });
  }
}

/** The packages that have cluster tests, the end-to-end tests last; of these the ones asked for, by name, folder or both. */
export function choosePackages(members: readonly Member[], only: Options['only']): Member[] {
  const able = members.filter(({ scripts }) => scripts['test:cluster'] !== undefined);
  const nameOf = ({ name }: Member) => name.replace('@zarpa/', '');
  const wanted = only.map((name) => name.replace('@zarpa/', ''));
  const unknown = wanted.filter((name) => !able.some((member) => nameOf(member) === name));
  if (unknown.length > 0) {
    throw new Problem(`No cluster tests in ${unknown.join(', ')}. There are some in: ${able.map(nameOf).join(', ')}.`);
  }
  const chosen = able.filter((member) => wanted.length === 0 || wanted.includes(nameOf(member)));
  return chosen.toSorted((a, b) => Number(nameOf(a) === 'e2e') - Number(nameOf(b) === 'e2e'));
}
