import { parseArgs } from 'node:util';
import { ClusterId, InstanceId, MoveId } from '@zarpa/contracts';
import { z } from 'zod';
import type { ClusterAdmin } from './cluster-admin.ts';
import { clusterTable, moveTable } from './cluster-tables.ts';
import type { MoveAdmin } from './move-admin.ts';
import { Refusal } from './refusal.ts';

export const usage = `Clusters, and where instances are. Instances move between kubernetes clusters only.

  list                            clusters, what they report and how many instances they have
  add <cluster> [--name <text>] [--engine kubernetes|local] [--kubeconfig <file>|-]
                                  "-" reads the kubeconfig from standard input; it is kept sealed
  kubeconfig <cluster>            prints it, for the Secret of the cluster's worker
  kubeconfig <cluster> --set <file>|-
  open <cluster>                  takes new instances
  close <cluster>                 takes none; those that are there stay
  drain <cluster>                 takes none; those that are there move to other clusters
  remove <cluster>                forgets one that has no instances
  move <instance> <cluster>       moves one instance with its data
  moves                           moves under way and the newest that are over
  cancel <move>                   ends a move; the instance goes on where it was
`;

interface Parts {
  readonly clusters: ClusterAdmin;
  readonly moves: MoveAdmin;
  /** A file's text, or with "-" what comes in on standard input. */
  readonly read: (file: string) => Promise<string>;
}

const options = {
  name: { type: 'string' },
  engine: { type: 'string', default: 'kubernetes' },
  kubeconfig: { type: 'string' },
  set: { type: 'string' },
} as const;

type Arguments = ReturnType<typeof parse>;
type Command = (parts: Parts, args: Arguments) => Promise<string>;

const commands: Readonly<Record<string, Command>> = {
  list: async ({ clusters }) => clusterTable(await clusters.list(), new Date()),
  add: async ({ clusters, read }, { first, values }) => {
    const clusterId = given(ClusterId, first, 'a cluster');
    const engine = given(z.enum(['kubernetes', 'local']), values.engine, 'an engine (kubernetes or local)');
    const kubeconfig = values.kubeconfig === undefined ? null : await read(values.kubeconfig);
    await clusters.add({ clusterId, name: values.name ?? clusterId, engine, kubeconfig });
    return `Added the cluster ${clusterId}. It gets instances once its worker reports.\n`;
  },
  kubeconfig: async ({ clusters, read }, { first, values }) => {
    const clusterId = given(ClusterId, first, 'a cluster');
    if (values.set === undefined) return clusters.kubeconfig(clusterId);
    await clusters.replaceKubeconfig(clusterId, await read(values.set));
    return `Replaced the kubeconfig of the cluster ${clusterId}. Give its worker the new one.\n`;
  },
  open: async ({ clusters }, { first }) => {
    const clusterId = given(ClusterId, first, 'a cluster');
    await clusters.setState(clusterId, 'accepting');
    return `The cluster ${clusterId} takes new instances.\n`;
  },
  close: async ({ clusters }, { first }) => {
    const clusterId = given(ClusterId, first, 'a cluster');
    await clusters.setState(clusterId, 'closed');
    return `The cluster ${clusterId} takes no new instances.\n`;
  },
  drain: async ({ moves }, { first }) => {
    const clusterId = given(ClusterId, first, 'a cluster');
    const requested = await moves.drain(clusterId);
    return `The cluster ${clusterId} takes no new instances; ${requested} will move. "moves" shows how far they are.\n`;
  },
  remove: async ({ clusters }, { first }) => {
    const clusterId = given(ClusterId, first, 'a cluster');
    await clusters.remove(clusterId);
    return `Removed the cluster ${clusterId}.\n`;
  },
  move: async ({ moves }, { first, second }) => {
    const instanceId = given(InstanceId, first, 'an instance');
    const to = given(ClusterId, second, 'a cluster');
    const moveId = await moves.move(instanceId, to);
    return `Requested ${moveId}. "moves" shows how far it is.\n`;
  },
  moves: async ({ moves }) => moveTable(await moves.list()),
  cancel: async ({ moves }, { first }) => {
    const moveId = given(MoveId, first, 'a move');
    await moves.cancel(moveId);
    return `The move ${moveId} ends; its instance goes on where it was.\n`;
  },
};

/** Does what the arguments say. Returns what to print. @throws Refusal */
export async function runClusterProgram(argv: readonly string[], parts: Parts): Promise<string> {
  const args = parse(argv);
  const command = Object.hasOwn(commands, args.command) ? commands[args.command] : undefined;
  if (!command) throw new Refusal(`${args.command ? `There is no command ${args.command}.\n\n` : ''}${usage}`);
  return command(parts, args);
}

function parse(argv: readonly string[]) {
  try {
    const { positionals, values } = parseArgs({ args: [...argv], options, allowPositionals: true });
    const [command = '', first, second] = positionals;
    return { command, first, second, values };
  } catch (cause) {
    throw new Refusal(`${cause instanceof Error ? cause.message : String(cause)}\n\n${usage}`, { cause });
  }
}

function given<Schema extends z.ZodType>(schema: Schema, text: string | undefined, what: string): z.output<Schema> {
  const result = schema.safeParse(text);
  if (result.success) return result.data;
  throw new Refusal(`${text === undefined ? 'Name' : `"${text}" is not`} ${what}.\n\n${usage}`, {
    cause: result.error,
  });
}
