import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type Context, Hono } from 'hono';
import { listBranches, type Ref } from '../git/refs.ts';
import { gitBytes, gitStream } from '../git/run.ts';
import { type Account, accountOf, sameName } from './accounts.ts';
import type { GitHub } from './github.ts';
import { listPeople } from './oauth/authorize-routes.ts';
import { canRead, canWrite, type Principal } from './principal.ts';
import type { Repository } from './repositories.ts';
import { announcePushLater } from './webhooks/announce.ts';

const services = ['upload-pack', 'receive-pack'] as const;
type Service = (typeof services)[number];

/** `git clone` and `git push` over HTTP (git's stateless protocol). */
export function gitHttp(github: GitHub): Hono {
  const routes = new Hono();

  routes.get('/:owner/:repo{.+\\.git}/info/refs', async (context) => {
    const service = services.find((one) => context.req.query('service') === `git-${one}`);
    if (!service) return context.text('Only the smart protocol is served here.', 403);
    const access = await authorize(github, context, service);
    if (access instanceof Response) return access;
    const env = protocolOf(context);
    const args = [service, '--stateless-rpc', '--advertise-refs', access.repository.directory];
    const refs = await gitBytes(access.repository.directory, args, { env });
    const announced = env.GIT_PROTOCOL?.includes('version=2') && service === 'upload-pack' ? '' : greeting(service);
    return answer(context, new Uint8Array(Buffer.concat([Buffer.from(announced), refs])), `${service}-advertisement`);
  });

  for (const service of services) {
    routes.post(`/:owner/:repo{.+\\.git}/git-${service}`, async (context) => {
      const access = await authorize(github, context, service);
      if (access instanceof Response) return access;
      return service === 'upload-pack' ? upload(context, access) : receive(github, context, access);
    });
  }
  return routes;
}

interface Access {
  readonly repository: Repository;
  readonly account: Account | null;
}

function upload(context: Context, { repository }: Access): Response {
  const args = ['upload-pack', '--stateless-rpc', repository.directory];
  const process = gitStream(repository.directory, args, protocolOf(context));
  context.req.raw.signal.addEventListener('abort', () => process.kill(), { once: true });
  feed(context, process.stdin).catch(() => process.kill());
  return answer(context, Readable.toWeb(process.stdout) as ReadableStream<Uint8Array>, 'upload-pack-result');
}

async function receive(github: GitHub, context: Context, { repository, account }: Access): Promise<Response> {
  const before = await listBranches(repository.directory);
  const process = gitStream(repository.directory, ['receive-pack', '--stateless-rpc', repository.directory]);
  const fed = feed(context, process.stdin).catch(() => process.kill());
  const output = await buffer(process.stdout);
  await Promise.all([fed, process]);
  const after = await listBranches(repository.directory);
  const pusher = account ?? accountOf(repository.owner);
  for (const change of changedBranches(before, after)) announcePushLater(github, { repository, pusher, ...change });
  return answer(context, new Uint8Array(output), 'receive-pack-result');
}

export function changedBranches(before: readonly Ref[], after: readonly Ref[]) {
  const names = new Set([...before, ...after].map(({ name }) => name));
  const shaIn = (refs: readonly Ref[], name: string) => refs.find((ref) => ref.name === name)?.sha ?? null;
  return [...names]
    .map((branch) => ({ branch, before: shaIn(before, branch), after: shaIn(after, branch) }))
    .filter((change) => change.before !== change.after);
}

async function authorize(github: GitHub, context: Context, service: Service): Promise<Access | Response> {
  const { owner = '', repo = '' } = context.req.param();
  const principal = await identify(github, context.req.header('authorization'));
  const repository = await github.repositories.find(owner, repo.replace(/\.git$/, ''));
  const allowed = service === 'upload-pack' ? canRead : canWrite;
  if (repository && allowed(principal, repository)) {
    return { repository, account: principal.kind === 'user' ? accountOf(principal.login) : null };
  }
  if (principal.kind !== 'anonymous') return context.text('Repository not found.', 404);
  return context.text('Authentication required.', 401, { 'www-authenticate': 'Basic realm="GitHub"' });
}

/** A token in either part of the credentials; or just the login of a test user, who has no password. */
async function identify(github: GitHub, header: string | undefined): Promise<Principal> {
  const [, basic = ''] = /^basic +(\S+)$/i.exec(header ?? '') ?? [];
  const [name = '', password = ''] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  for (const token of [password, name]) {
    const grantee = token === '' ? null : github.tokens.find(token);
    if (grantee?.kind === 'user') return grantee;
    const installation = grantee ? github.installations.find(grantee.installationId) : null;
    if (grantee && installation) return { ...grantee, installation };
  }
  const person = (await listPeople(github)).find(({ login }) => sameName(login, name));
  return person ? { kind: 'user', login: person.login, scope: 'repo' } : { kind: 'anonymous', address: '' };
}

async function feed(context: Context, stdin: NodeJS.WritableStream): Promise<void> {
  const body = Readable.fromWeb(context.req.raw.body as Parameters<typeof Readable.fromWeb>[0]);
  const gzipped = context.req.header('content-encoding') === 'gzip';
  await (gzipped ? pipeline(body, createGunzip(), stdin) : pipeline(body, stdin));
}

function protocolOf(context: Context): Record<string, string> {
  const header = context.req.header('git-protocol') ?? '';
  return /^version=\d$/.test(header) ? { GIT_PROTOCOL: header } : {};
}

/** A pkt-line with the service's name, and a flush. */
function greeting(service: Service): string {
  const line = `# service=git-${service}\n`;
  return `${(line.length + 4).toString(16).padStart(4, '0')}${line}0000`;
}

function answer(context: Context, body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>, kind: string): Response {
  return context.body(body, 200, { 'content-type': `application/x-git-${kind}`, 'cache-control': 'no-cache' });
}
