import type { Secret } from '@zarpa/env';
import { secretValues } from '../instance/secret-values.ts';
import type { LocalContext } from './context.ts';
import type { RecordKeeper } from './record-keeper.ts';

/** What must not be seen in one instance's logs: the values of its variables. */
export class InstanceSecrets {
  readonly #context: LocalContext;
  readonly #keeper: RecordKeeper;
  #values: Secret<readonly string[]>;

  constructor(context: LocalContext, keeper: RecordKeeper) {
    this.#context = context;
    this.#keeper = keeper;
    this.#values = this.#open();
  }

  get values(): Secret<readonly string[]> {
    return this.#values;
  }

  reopen(): void {
    this.#values = this.#open();
  }

  tell(): void {
    const { instanceId } = this.#keeper.record.desired;
    this.#context.listener.logActive({ kind: 'run', instanceId }, this.#values);
  }

  /** Of the version that runs, of the one that will, and of earlier ones, as long as their keys are kept. */
  #open(): Secret<readonly string[]> {
    const { openEnvironment, logger } = this.#context;
    const { current, desired, formerEnvironments } = this.#keeper.record;
    const versions = [current, desired.deployment].filter((version) => version !== null);
    const open = versions.map((version) => openEnvironment(version.deploymentId, version.environment).reveal());
    const former = formerEnvironments.map(({ deploymentId, environment }) => {
      try {
        return openEnvironment(deploymentId, environment).reveal();
      } catch (error) {
        logger.warn({ err: error, deploymentId }, 'Could not open the variables of an earlier deployment');
        return {};
      }
    });
    return secretValues([...open, ...former]);
  }
}
