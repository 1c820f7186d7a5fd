import { createCipheriv, randomBytes } from 'node:crypto';
import { type DeploymentId, newId, type SealedBox } from '@zarpa/contracts';
import { describe, expect, it } from 'vitest';
import { openEnvironment, type SealedEnvironmentError } from './open-environment.ts';

const key = randomBytes(32);
const keyRing = { currentId: 'k1', keys: new Map([['k1', key]]) };
const deploymentId = newId('deployment');

function seal(text: string, additionalData: DeploymentId): SealedBox {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(additionalData));
  const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
  return { keyId: 'k1', nonce: nonce.toString('base64'), ciphertext, tag: cipher.getAuthTag().toString('base64') };
}

const codeOf = (box: SealedBox): string => {
  try {
    openEnvironment(keyRing, deploymentId, box);
    return 'opened';
  } catch (error) {
    return (error as SealedEnvironmentError).code;
  }
};

describe('openEnvironment', () => {
  it('opens what was sealed for this deployment', () => {
    const box = seal('{"GREETING":"olá","EMPTY":""}', deploymentId);
    expect(openEnvironment(keyRing, deploymentId, box).reveal()).toEqual({ GREETING: 'olá', EMPTY: '' });
  });

  it('refuses what was sealed for another deployment', () => {
    expect(codeOf(seal('{}', newId('deployment')))).toBe('not_authentic');
  });

  it('refuses a changed ciphertext, a short tag and an unknown key', () => {
    const box = seal('{"A":"b"}', deploymentId);
    const changed = Buffer.from(box.ciphertext, 'base64').fill(0, 0, 1).toString('base64');
    expect(codeOf({ ...box, ciphertext: changed })).toBe('not_authentic');
    expect(codeOf({ ...box, tag: Buffer.from(box.tag, 'base64').subarray(0, 4).toString('base64') })).toBe(
      'not_authentic',
    );
    expect(codeOf({ ...box, keyId: 'k2' })).toBe('unknown_key');
  });

  it('refuses what is no object of texts, without quoting it', () => {
    expect(codeOf(seal('not json, but private', deploymentId))).toBe('malformed');
    expect(() => openEnvironment(keyRing, deploymentId, seal('{"A":1}', deploymentId))).toThrow(/no object/);
  });
});
