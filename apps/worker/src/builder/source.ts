import { writeFile } from 'node:fs/promises';
import { prepareSource } from './prepare-source.ts';
import {
  SourceInput,
  type SourceNotice,
  type SourceOutcome,
  sourceInputVariable,
  terminationMessageMaxBytes,
} from './source-outcome.ts';

const print = (line: SourceNotice | SourceOutcome): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

const input = SourceInput.parse(JSON.parse(process.env[sourceInputVariable] ?? 'null'));
// Whatever runs from here on has no use for the address.
delete process.env[sourceInputVariable];
const outcome = await prepareSource({ input, folder: process.argv[2] ?? '/work', tell: print });
print(outcome);
const message = JSON.stringify(outcome);
if (Buffer.byteLength(message) <= terminationMessageMaxBytes) await writeFile('/dev/termination-log', message);
process.exitCode = outcome.outcome === 'planned' ? 0 : 1;
