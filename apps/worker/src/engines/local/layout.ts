import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { DeploymentId, InstanceId } from '@zarpa/contracts';

/** Where everything lies in the engine's folder. */
export class Layout {
  readonly root: string;
  /** Names this folder in process environments and in the owner's socket. */
  readonly engineId: string;
  readonly instances: string;
  readonly tombstones: string;
  readonly trash: string;
  readonly cache: string;

  constructor(directory: string) {
    this.root = resolve(directory);
    this.engineId = createHash('sha256').update(this.root).digest('hex').slice(0, 24);
    this.instances = join(this.root, 'instances');
    this.tombstones = join(this.root, 'tombstones');
    this.trash = join(this.root, 'trash');
    this.cache = join(this.root, 'cache');
  }

  instance(instanceId: InstanceId): InstanceLayout {
    return new InstanceLayout(join(this.instances, instanceId));
  }

  tombstone(instanceId: InstanceId): string {
    return join(this.tombstones, `${instanceId}.json`);
  }
}

/** Where everything of one instance lies. */
export class InstanceLayout {
  readonly root: string;
  readonly state: string;
  /** `DATA_DIR` of the bot: kept until it is purged. */
  readonly data: string;
  readonly releases: string;
  readonly builds: string;
  readonly runs: string;
  readonly lock: string;
  readonly runLog: string;

  constructor(root: string) {
    this.root = root;
    this.state = join(root, 'state.json');
    this.data = join(root, 'data');
    this.releases = join(root, 'releases');
    this.builds = join(root, 'builds');
    this.runs = join(root, 'runs');
    this.lock = join(this.runs, 'lock');
    this.runLog = join(root, 'log', 'run.log');
  }

  release(deploymentId: string): string {
    return join(this.releases, deploymentId);
  }

  build(deploymentId: DeploymentId | string): string {
    return join(this.builds, deploymentId);
  }

  buildLog(deploymentId: DeploymentId | string): string {
    return join(this.build(deploymentId), 'build.log');
  }
}
