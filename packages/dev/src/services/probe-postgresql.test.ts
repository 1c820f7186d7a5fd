import { describe, expect, test } from 'vitest';
import { postgresCandidates, withDatabase } from './probe-postgresql.ts';

const ownRole = { name: 'zarpa_1', password: 'p/w' };

describe('PostgreSQL is tried', () => {
  test('as postgres first and as our own role last, when no libpq variable is set', () => {
    const candidates = postgresCandidates({ port: 5433, environment: {}, ownRole });
    expect(candidates[0]).toBe('postgres://postgres:postgres@127.0.0.1:5433');
    expect(candidates.at(-1)).toBe('postgres://zarpa_1:p%2Fw@127.0.0.1:5433');
  });

  test('as the libpq variables say, when they are set', () => {
    const environment = { PGHOST: 'db.example', PGUSER: 'ana', PGPASSWORD: 'x y', PGDATABASE: 'bots' };
    expect(postgresCandidates({ port: 5432, environment, ownRole })[0]).toBe(
      'postgres://ana:x%20y@db.example:5432/bots',
    );
  });
});

test('an address keeps its server and user when the database changes', () => {
  expect(withDatabase('postgres://ana:x@db:5432/old?sslmode=require', 'new')).toBe(
    'postgres://ana:x@db:5432/new?sslmode=require',
  );
});
