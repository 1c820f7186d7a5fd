import { openOperator, runClusterProgram } from '../modules/operator/index.ts';
import { apiSettings } from '../settings.ts';
import type { TestApi } from './test-api.ts';

/** Somebody at the terminal with `cluster.js`. */
export interface TestOperator {
  run(...argv: string[]): Promise<string>;
  close(): Promise<void>;
}

export async function openTestOperator(
  api: Pick<TestApi, 'env'>,
  files: Readonly<Record<string, string>> = {},
): Promise<TestOperator> {
  const operator = await openOperator(apiSettings.parse(api.env));
  const read = async (file: string) => files[file] ?? Promise.reject(new Error(`There is no file ${file}`));
  return {
    run: (...argv) => runClusterProgram(argv, { ...operator, read }),
    close: () => operator.close(),
  };
}
