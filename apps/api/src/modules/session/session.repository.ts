import { Injectable } from '@nestjs/common';
import { newId, type OwnerId, type SessionId } from '@zarpa/contracts';
import { Database } from '../../database/database.ts';
import type { Session } from './session.ts';

const oauthStateLifetime = '15 minutes';

/** Sessions by their token's hash. This is where a scope comes from, so nothing here takes one. */
@Injectable()
export class SessionRepository {
  constructor(private readonly database: Database) {}

  async find(tokenHash: Buffer): Promise<Session | undefined> {
    const [row] = await this.database.read<Session>(
      {
        name: 'session-by-token',
        text: `SELECT s.session_id AS "sessionId", s.owner_id AS "ownerId", o.kind AS "ownerKind",
                 s.created_at AS "createdAt", s.expires_at AS "expiresAt"
               FROM session s JOIN owner o ON o.owner_id = s.owner_id
               WHERE s.token_hash = $1 AND s.expires_at > now()`,
      },
      [tokenHash],
    );
    return row;
  }

  /** A new owner with a first session. */
  async createGuest(tokenHash: Buffer, expiresAt: Date): Promise<Session> {
    const [ownerId, sessionId]: [OwnerId, SessionId] = [newId('owner'), newId('session')];
    const { rows } = await this.database.pool.query<{ createdAt: Date }>(
      `WITH guest AS (INSERT INTO owner (owner_id, kind) VALUES ($1, 'guest') RETURNING owner_id)
       INSERT INTO session (session_id, owner_id, token_hash, expires_at)
       SELECT $2, owner_id, $3, $4 FROM guest RETURNING created_at AS "createdAt"`,
      [ownerId, sessionId, tokenHash, expiresAt],
    );
    return { sessionId, ownerId, ownerKind: 'guest', createdAt: rows[0]?.createdAt ?? new Date(), expiresAt };
  }

  async prolong(sessionId: SessionId, expiresAt: Date): Promise<void> {
    await this.database.pool.query('UPDATE session SET expires_at = $2 WHERE session_id = $1', [sessionId, expiresAt]);
  }

  async startOauth(sessionId: SessionId, stateHash: Buffer): Promise<void> {
    await this.database.pool.query(
      `UPDATE session SET oauth_state_hash = $2, oauth_state_expires_at = now() + interval '${oauthStateLifetime}'
       WHERE session_id = $1`,
      [sessionId, stateHash],
    );
  }

  /** The hash of the state that was given out, once: a second use finds none. */
  async takeOauth(sessionId: SessionId): Promise<Buffer | null> {
    const { rows } = await this.database.pool.query<{ hash: Buffer }>(
      `UPDATE session s SET oauth_state_hash = NULL, oauth_state_expires_at = NULL
       FROM (SELECT session_id, oauth_state_hash AS hash FROM session WHERE session_id = $1 FOR UPDATE) before
       WHERE s.session_id = before.session_id AND s.oauth_state_expires_at > now() RETURNING before.hash`,
      [sessionId],
    );
    return rows[0]?.hash ?? null;
  }
}
