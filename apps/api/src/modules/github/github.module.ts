import { Module } from '@nestjs/common';
import { Github } from './github.ts';
import { GithubAccountRepository } from './github-account.repository.ts';
import { GithubApp } from './github-app.ts';
import { GithubOauth } from './github-oauth.ts';

@Module({
  providers: [Github, GithubApp, GithubAccountRepository, GithubOauth],
  exports: [Github, GithubAccountRepository, GithubOauth],
})
export class GithubModule {}
