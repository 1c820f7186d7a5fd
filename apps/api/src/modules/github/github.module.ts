import { Module } from '@nestjs/common';
import { Github } from './github.ts';
import { GithubAccountRepository } from './github-account.repository.ts';
import { GithubApp } from './github-app.ts';
import { GithubOauth } from './github-oauth.ts';
import { GithubTokenRefresh } from './github-token-refresh.ts';

@Module({
  providers: [Github, GithubApp, GithubAccountRepository, GithubOauth, GithubTokenRefresh],
  exports: [Github, GithubAccountRepository, GithubOauth],
})
export class GithubModule {}
