import { DeploymentId, type InstanceId } from '@zarpa/contracts';
import { cacheTag, repositoryOf } from '../builds/build-names.ts';
import type { Image, RegistryClient } from './registry-client.ts';
import { outdatedDigests, type TaggedImage } from './retention.ts';

const ulidAlphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const ulidTimeChars = 10;

/** The images of one instance in the platform's registry. */
export class InstanceImages {
  readonly #client: RegistryClient;
  readonly #repository: string;

  constructor(options: { client: RegistryClient; path: string; instanceId: InstanceId }) {
    this.#client = options.client;
    this.#repository = repositoryOf({ host: '', path: options.path }, options.instanceId);
  }

  /** Null: it is gone. */
  async find(artifact: string): Promise<Image | null> {
    return await this.#client.image(this.#repository, digestOf(artifact));
  }

  /** Removes what nobody needs any more; returns how many. */
  async sweep(artifactsInUse: readonly string[], now: number): Promise<number> {
    const images = await this.#tagged();
    const digestsInUse = artifactsInUse.map(digestOf);
    return await this.#remove(outdatedDigests({ images, digestsInUse, cacheTag, madeAt: deploymentTime, now }));
  }

  async purge(): Promise<number> {
    const images = await this.#tagged();
    return await this.#remove([...new Set(images.map(({ digest }) => digest))]);
  }

  async #tagged(): Promise<TaggedImage[]> {
    const images: TaggedImage[] = [];
    for (const tag of await this.#client.tags(this.#repository)) {
      const digest = await this.#client.digestOf(this.#repository, tag);
      if (digest !== null) images.push({ tag, digest });
    }
    return images;
  }

  async #remove(digests: readonly string[]): Promise<number> {
    for (const digest of digests) await this.#client.delete(this.#repository, digest);
    return digests.length;
  }
}

const digestOf = (artifact: string): string => artifact.slice(artifact.lastIndexOf('@') + 1);

/** When a deployment's id was made; null for any other tag. */
function deploymentTime(tag: string): number | null {
  if (!DeploymentId.safeParse(tag).success) return null;
  const characters = [...tag.slice(tag.indexOf('_') + 1).slice(0, ulidTimeChars)];
  return characters.reduce((time, character) => time * 32 + ulidAlphabet.indexOf(character), 0);
}
