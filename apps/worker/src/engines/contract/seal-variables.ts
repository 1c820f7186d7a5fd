import { createCipheriv, randomBytes } from 'node:crypto';
import type { SealedBox } from '@zarpa/contracts';

/** The name of the one key that contract tests seal with. */
export const sealingKeyId = 'test';

/** Seals variables as the API does. */
export function sealVariables(key: Buffer, deploymentId: string, variables: Record<string, string>): SealedBox {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(deploymentId));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(variables), 'utf8'), cipher.final()]);
  const [ciphertext, tag] = [sealed.toString('base64'), cipher.getAuthTag().toString('base64')];
  return { keyId: sealingKeyId, nonce: nonce.toString('base64'), ciphertext, tag };
}
