import { z } from 'zod';

/** The JSON file that describes a cluster to its tests; `ZARPA_TEST_CLUSTER` holds its path. */
export const ClusterFile = z.object({
  kubeconfig: z.string().min(1),
  registry: z.object({
    host: z.string().min(1),
    username: z.string().min(1),
    password: z.string().min(1),
    insecure: z.boolean(),
  }),
  hostAddress: z.string().nullable(),
  volumesDirectory: z.string().nullable(),
  /** The program, and its first arguments, that takes a component's name and an action. */
  componentCommand: z.tuple([z.string()], z.string()).nullable(),
});
export type ClusterFile = z.output<typeof ClusterFile>;
