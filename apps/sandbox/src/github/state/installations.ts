import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { accountOf } from '../accounts.ts';

const InstallationRow = z.object({ id: z.int(), login: z.string(), created_at: z.int() });

export interface Installation {
  readonly id: number;
  readonly login: string;
  readonly createdAt: Date;
}

/** Where the GitHub App is installed. */
export class Installations {
  readonly #database: DatabaseSync;
  readonly #now: () => number;

  constructor(database: DatabaseSync, now: () => number) {
    this.#database = database;
    this.#now = now;
  }

  list(): Installation[] {
    const rows = this.#database.prepare('SELECT * FROM installation WHERE removed_at IS NULL ORDER BY id').all();
    return rows.map(toInstallation);
  }

  find(id: number): Installation | null {
    return this.list().find((installation) => installation.id === id) ?? null;
  }

  of(login: string): Installation | null {
    const row = this.#database.prepare('SELECT * FROM installation WHERE login = ? AND removed_at IS NULL').get(login);
    return row ? toInstallation(row) : null;
  }

  /** True if the account never had the App: it gets it once by itself, and never again after its removal. */
  isNew(login: string): boolean {
    return this.#database.prepare('SELECT 1 FROM installation WHERE login = ?').get(login) === undefined;
  }

  add(login: string): Installation {
    const sql = `INSERT INTO installation (id, login, created_at) VALUES (?, ?, ?)
      ON CONFLICT (login) DO UPDATE SET removed_at = NULL RETURNING *`;
    const { id, login: canonical } = accountOf(login);
    return toInstallation(this.#database.prepare(sql).get(50_000_000 + id, canonical, this.#now()));
  }

  remove(login: string): void {
    this.#database.prepare('UPDATE installation SET removed_at = ? WHERE login = ?').run(this.#now(), login);
  }
}

function toInstallation(row: unknown): Installation {
  const { id, login, created_at } = InstallationRow.parse(row);
  return { id, login, createdAt: new Date(created_at) };
}
