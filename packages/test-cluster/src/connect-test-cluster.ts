import { readFileSync } from 'node:fs';
import { Secret } from '@zarpa/env';
import { execa } from 'execa';
import { ClusterFile } from './cluster-file.ts';

/** A process of the cluster that tests may stop. */
export type Component = 'apiserver' | 'containerd' | 'controller-manager' | 'etcd' | 'kubelet' | 'scheduler';

/** `stop` is SIGTERM and `kill` SIGKILL, both wait until the process is gone; `start` has the first command line again. */
export type ComponentAction = 'stop' | 'kill' | 'start' | 'restart';

export interface TestRegistry {
  /** Host and port, the first part of an image's name. */
  readonly host: string;
  readonly username: string;
  readonly password: Secret;
  /** Speaks plain HTTP. */
  readonly insecure: boolean;
}

export interface TestCluster {
  /** Path of a kubeconfig that may do everything. */
  readonly kubeconfig: string;
  /** A registry that this machine pushes to and nodes pull from, with these credentials as `imagePullSecrets`. */
  readonly registry: TestRegistry;
  /** This machine seen from pods; null where pods can not reach it, or nobody said how. */
  readonly hostAddress: string | null;
  /** Where this machine sees the volumes of the default StorageClass; null where it does not. */
  readonly volumesDirectory: string | null;
  /**
   * Acts on a process of the cluster; null on a cluster that is not ours to break. Resolves once the process has ended
   * or runs; whether it serves again is for the caller to wait for.
   */
  readonly component: ((name: Component, action: ComponentAction) => Promise<void>) | null;
}

/**
 * The cluster that `npm run test:cluster` chose.
 * @throws Error when `ZARPA_TEST_CLUSTER` is not set, or its file can not be read.
 */
export function connectTestCluster(environment: NodeJS.ProcessEnv = process.env): TestCluster {
  const file = environment.ZARPA_TEST_CLUSTER;
  if (!file) {
    throw new Error('ZARPA_TEST_CLUSTER is not set: run these tests with `npm run test:cluster`.');
  }
  const { registry, componentCommand, ...places } = ClusterFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  return {
    ...places,
    registry: { ...registry, password: new Secret(registry.password) },
    component: componentCommand && actOnComponent(componentCommand),
  };
}

function actOnComponent([program, ...args]: readonly [string, ...string[]]): NonNullable<TestCluster['component']> {
  return async (name, action) => {
    // Its output is not read: a component that it starts would hold the pipe open.
    await execa(program, [...args, name, action], { stdio: 'ignore', timeout: 60_000 });
  };
}
