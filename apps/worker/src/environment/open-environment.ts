import { createDecipheriv } from 'node:crypto';
import { type DeploymentId, type SealedBox, VariableName } from '@zarpa/contracts';
import { type KeyRing, Secret } from '@zarpa/env';
import { z } from 'zod';

const Variables = z.record(VariableName, z.string());
const tagBytes = 16;

export type SealedEnvironmentErrorCode = 'unknown_key' | 'not_authentic' | 'malformed';

/** Variables that cannot be opened. Its message names the key, never a value. */
export class SealedEnvironmentError extends Error {
  override readonly name = 'SealedEnvironmentError';
  readonly code: SealedEnvironmentErrorCode;

  constructor(code: SealedEnvironmentErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Opens a deployment's sealed variables with the keys of this worker. @throws SealedEnvironmentError */
export type OpenEnvironment = (deploymentId: DeploymentId, box: SealedBox) => Secret<Record<string, string>>;

/**
 * Opens a deployment's variables: AES-256-GCM with the deployment's id as additional data, inside a JSON object of name -> value.
 * @throws SealedEnvironmentError
 */
export function openEnvironment(
  keyRing: KeyRing,
  deploymentId: DeploymentId,
  box: SealedBox,
): Secret<Record<string, string>> {
  const key = keyRing.keys.get(box.keyId);
  if (key === undefined) {
    throw new SealedEnvironmentError(
      'unknown_key',
      `Variables are sealed with key ${box.keyId}, which ENVIRONMENT_KEYS does not hold`,
    );
  }
  const text = decrypt(key, deploymentId, box);
  const parsed = Variables.safeParse(parseJson(text));
  if (!parsed.success)
    throw new SealedEnvironmentError('malformed', `Variables of ${deploymentId} are no object of names and texts`);
  return new Secret(parsed.data);
}

function decrypt(key: Buffer, deploymentId: DeploymentId, box: SealedBox): string {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(box.nonce, 'base64'), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(Buffer.from(deploymentId));
    decipher.setAuthTag(Buffer.from(box.tag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(box.ciphertext, 'base64')), decipher.final()]).toString('utf8');
  } catch (error) {
    throw new SealedEnvironmentError(
      'not_authentic',
      `Variables of ${deploymentId} cannot be opened with key ${box.keyId}`,
      {
        cause: error,
      },
    );
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The cause would quote the text.
    return undefined;
  }
}
