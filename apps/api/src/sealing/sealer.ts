import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SealedBox } from '@zarpa/contracts';
import type { KeyRing, Secret } from '@zarpa/env';

const algorithm = 'aes-256-gcm';

/** A sealed value that cannot be opened: its key is not in the ring, or it was made for another place. */
export class UnsealError extends Error {
  override readonly name = 'UnsealError';
}

/** AES-256-GCM with a key ring. The context (an id, a name) is authenticated: a box opens only where it was made for. */
export class Sealer {
  constructor(private readonly ring: Secret<KeyRing>) {}

  seal(clear: string, context: string): SealedBox {
    const { currentId, keys } = this.ring.reveal();
    const nonce = randomBytes(12);
    const cipher = createCipheriv(algorithm, this.keyOf(keys, currentId), nonce);
    cipher.setAAD(Buffer.from(context));
    const ciphertext = Buffer.concat([cipher.update(clear, 'utf8'), cipher.final()]);
    return {
      keyId: currentId,
      nonce: nonce.toString('base64'),
      ciphertext: ciphertext.toString('base64'),
      tag: cipher.getAuthTag().toString('base64'),
    };
  }

  open(box: SealedBox, context: string): string {
    const key = this.keyOf(this.ring.reveal().keys, box.keyId);
    const decipher = createDecipheriv(algorithm, key, Buffer.from(box.nonce, 'base64'), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(Buffer.from(box.tag, 'base64'));
    try {
      return Buffer.concat([decipher.update(Buffer.from(box.ciphertext, 'base64')), decipher.final()]).toString('utf8');
    } catch (cause) {
      throw new UnsealError('A sealed value was changed, or made for another place', { cause });
    }
  }

  private keyOf(keys: ReadonlyMap<string, Buffer>, id: string): Buffer {
    const key = keys.get(id);
    if (!key) throw new UnsealError(`The key ring has no key ${id}`);
    return key;
  }
}
