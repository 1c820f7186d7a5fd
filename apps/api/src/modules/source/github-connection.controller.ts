import { Controller, Delete, Get, Post, Query, Redirect } from '@nestjs/common';
import { GithubAuthorization, GithubCallback, GithubConnection } from '@zarpa/contracts';
import { CurrentSession, Public, Scope } from '../../http/caller.ts';
import { Operation } from '../../http/operation.ts';
import type { AuthenticatedSession, OwnerScope } from '../session/index.ts';
import { GithubConnectionService } from './github-connection.service.ts';

@Controller('v1/sources/github')
export class GithubConnectionController {
  constructor(private readonly connections: GithubConnectionService) {}

  @Get()
  @Operation({ id: 'getGithubConnection', summary: 'Whether GitHub is linked, and as whom', answer: GithubConnection })
  get(@Scope() scope: OwnerScope): Promise<GithubConnection> {
    return this.connections.get(scope);
  }

  @Delete()
  @Operation({ id: 'disconnectGithub', summary: 'Forget the GitHub account', answer: GithubConnection })
  disconnect(@Scope() scope: OwnerScope): Promise<GithubConnection> {
    return this.connections.disconnect(scope);
  }

  @Post('connect')
  @Operation({ id: 'connectGithub', summary: 'Where to go to link GitHub', answer: GithubAuthorization })
  connect(@CurrentSession() session: AuthenticatedSession): Promise<GithubAuthorization> {
    return this.connections.authorize(session);
  }

  @Public()
  @Get('callback')
  @Redirect()
  @Operation({ id: 'completeGithubConnection', summary: 'Where GitHub sends the browser back', status: 302 })
  async callback(
    @CurrentSession({ optional: true }) session: AuthenticatedSession | undefined,
    @Query({ schema: GithubCallback }) query: GithubCallback,
  ): Promise<{ url: string }> {
    return { url: await this.connections.complete(session, query) };
  }
}
