import { Hono } from 'hono';
import { type Account, accountOf, isLogin, ownersOf, sameName, samplesOwner, testUsers } from '../accounts.ts';
import type { GitHub } from '../github.ts';
import { presentAccount, presentFullAccount } from '../present/account.ts';
import { canRead } from '../principal.ts';
import type { Repository } from '../repositories.ts';
import { type ApiContext, type ApiEnvironment, requireUser } from './environment.ts';
import { notFound } from './errors.ts';
import { paginate } from './pagination.ts';
import { answerRepositories } from './repository-list.ts';

export function userRoutes(github: GitHub): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();

  routes.get('/user', async (context) => {
    const account = accountOf(requireUser(context).login);
    const owned = await github.repositories.listOf(account.login);
    const publicOnes = owned.filter((repository) => !repository.private).length;
    const ownData = {
      private_gists: 0,
      total_private_repos: owned.length - publicOnes,
      two_factor_authentication: true,
    };
    return context.json({ ...presentFullAccount(github, account, publicOnes), ...ownData });
  });

  routes.get('/user/emails', (context) => {
    const { email } = accountOf(requireUser(context).login);
    const emails = email === null ? [] : [{ email, primary: true, verified: true, visibility: 'private' }];
    return context.json(paginate(context, github.webUrl, emails));
  });

  routes.get('/user/orgs', (context) => {
    const organizations = ownersOf(requireUser(context).login).slice(1).map(accountOf);
    const presented = organizations.map((account) => presentAccount(github, account));
    return context.json(paginate(context, github.webUrl, presented));
  });

  routes.get('/user/repos', async (context) => {
    const lists = await Promise.all(repositoriesOfUser(github, context));
    return answerRepositories(github, context, lists.flat(), 'full_name');
  });

  const publicProfile = async (context: ApiContext) => {
    const account = await knownAccount(github, context.req.param('login') ?? '');
    const visible = (await github.repositories.listOf(account.login)).filter((repository) => !repository.private);
    return context.json(presentFullAccount(github, account, visible.length));
  };
  const repositoriesOfAccount = async (context: ApiContext) => {
    const { login } = await knownAccount(github, context.req.param('login') ?? '');
    const owned = await github.repositories.listOf(login);
    const visible = owned.filter((repository) => canRead(context.var.principal, repository));
    return answerRepositories(github, context, visible, 'full_name');
  };
  routes.get('/users/:login', publicProfile);
  routes.get('/orgs/:login', publicProfile);
  routes.get('/users/:login/repos', repositoriesOfAccount);
  routes.get('/orgs/:login/repos', repositoriesOfAccount);
  return routes;
}

function repositoriesOfUser(github: GitHub, context: ApiContext): Promise<Repository[]>[] {
  const { login } = requireUser(context);
  const affiliations = context.req.query('affiliation')?.split(',');
  const type = context.req.query('type');
  return ownersOf(login)
    .filter((owner) => {
      const own = sameName(owner, login);
      if (type === 'owner' || type === 'member') return own === (type === 'owner');
      return affiliations === undefined || affiliations.includes(own ? 'owner' : 'organization_member');
    })
    .map((owner) => github.repositories.listOf(owner));
}

async function knownAccount(github: GitHub, login: string): Promise<Account> {
  if (!isLogin(login)) throw notFound();
  const builtIn = [...testUsers, samplesOwner].some((account) => sameName(account.login, login));
  const folder = (await github.repositories.owners()).find((owner) => sameName(owner, login));
  if (!builtIn && folder === undefined) throw notFound();
  return accountOf(folder ?? login);
}
