import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const schema = `
  CREATE TABLE IF NOT EXISTS secret (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS authorization_code (
    hash TEXT PRIMARY KEY, login TEXT NOT NULL, scope TEXT NOT NULL, redirect_uri TEXT NOT NULL,
    code_challenge TEXT, expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS token (hash TEXT PRIMARY KEY, grantee TEXT NOT NULL, expires_at INTEGER) STRICT;
  CREATE TABLE IF NOT EXISTS refresh_token (
    hash TEXT PRIMARY KEY, access_hash TEXT NOT NULL, login TEXT NOT NULL, scope TEXT NOT NULL, expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS installation (
    id INTEGER PRIMARY KEY, login TEXT NOT NULL UNIQUE COLLATE NOCASE, created_at INTEGER NOT NULL, removed_at INTEGER
  ) STRICT;
  CREATE TABLE IF NOT EXISTS delivery (
    id INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT NOT NULL, delivered_at INTEGER NOT NULL, redelivery INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL, status TEXT NOT NULL, status_code INTEGER NOT NULL, event TEXT NOT NULL, action TEXT,
    installation_id INTEGER, repository_id INTEGER, repository TEXT, url TEXT NOT NULL,
    request_headers TEXT NOT NULL, request_body TEXT NOT NULL, response_headers TEXT NOT NULL, response_body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS delivery_repository ON delivery (repository, id);
`;

/** Opens (and where needed makes) the sandbox's own state, which survives restarts. */
export function openDatabase(directory: string): DatabaseSync {
  const database = new DatabaseSync(path.join(directory, 'sandbox.sqlite'));
  database.exec('PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 5000;');
  database.exec(schema);
  return database;
}

/** A random secret of this name, made at its first use. */
export function ownSecret(database: DatabaseSync, name: string): string {
  database
    .prepare('INSERT INTO secret (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING')
    .run(name, randomBytes(32).toString('base64url'));
  return String(database.prepare('SELECT value FROM secret WHERE name = ?').get(name)?.value);
}
