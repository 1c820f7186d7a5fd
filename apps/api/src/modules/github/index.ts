export { GithubModule } from './github.module.ts';
export { Github, repositoryPath } from './github.ts';
export { GithubAccountRepository } from './github-account.repository.ts';
export { GithubOauth } from './github-oauth.ts';
export type { GithubRepository } from './github-repository.ts';
