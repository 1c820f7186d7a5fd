import { Module } from '@nestjs/common';
import { Github } from './github.ts';
import { GithubAccountRepository } from './github-account.repository.ts';
import { GithubOauth } from './github-oauth.ts';

@Module({
  providers: [Github, GithubAccountRepository, GithubOauth],
  exports: [Github, GithubAccountRepository, GithubOauth],
})
export class GithubModule {}
