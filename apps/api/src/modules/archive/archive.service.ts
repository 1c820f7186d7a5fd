import { Injectable } from '@nestjs/common';
import type { ArchiveTicket, DeploymentId, OwnerId } from '@zarpa/contracts';
import { Database } from '../../database/database.ts';
import { DomainError } from '../../problems/domain-error.ts';
import { ArchiveTickets } from '../command/index.ts';
import { Github } from '../github/index.ts';

interface Source {
  readonly ownerId: OwnerId;
  readonly repository: string;
  readonly sha: string;
}

/** Sends whoever has a ticket to GitHub's own short-lived address: no GitHub token ever leaves the API. */
@Injectable()
export class ArchiveService {
  constructor(
    private readonly tickets: ArchiveTickets,
    private readonly database: Database,
    private readonly github: Github,
  ) {}

  async locate(deploymentId: DeploymentId, ticket: ArchiveTicket): Promise<string> {
    const check = this.tickets.check(deploymentId, ticket, Date.now());
    if (check === 'invalid') throw new DomainError('ticket_invalid');
    if (check === 'expired') throw new DomainError('ticket_expired');
    const [source] = await this.database.read<Source>(
      {
        name: 'archive-source',
        text: `SELECT i.owner_id AS "ownerId", d.repository, d.commit->>'sha' AS sha
               FROM deployment d JOIN instance i ON i.instance_id = d.instance_id WHERE d.deployment_id = $1`,
      },
      [deploymentId],
    );
    if (!source) throw new DomainError('deployment_not_found');
    const repository = await this.github.repositoryOf(source);
    return repository.archiveUrl(source.sha);
  }
}
