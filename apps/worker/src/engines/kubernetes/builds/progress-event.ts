import { z } from 'zod';

/** What is read of one line of `buildctl --progress rawjson`. */
export const ProgressEvent = z.object({
  vertexes: z
    .array(
      z.object({
        digest: z.string(),
        name: z.string().default(''),
        started: z.string().optional(),
        completed: z.string().optional(),
        cached: z.boolean().optional(),
        error: z.string().optional(),
      }),
    )
    .optional(),
  logs: z.array(z.object({ vertex: z.string(), data: z.string(), timestamp: z.string() })).optional(),
});
export type ProgressEvent = z.infer<typeof ProgressEvent>;
export type VertexEvent = NonNullable<ProgressEvent['vertexes']>[number];

/** Null for what is no such line: `buildctl` ends with plain text where a build fails. */
export function parseProgress(line: string): ProgressEvent | null {
  if (!line.startsWith('{')) return null;
  try {
    return ProgressEvent.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

/** What a vertex does, by the name that BuildKit's Dockerfile frontend gives it. */
export type VertexKind =
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'instruction'; readonly instruction: string }
  | { readonly kind: 'base'; readonly image: string }
  | { readonly kind: 'publish' }
  /** What may fail without harm, and what nobody asks about. */
  | { readonly kind: 'aside' };

const instructionName = /^\[(?!internal\]|auth\])[^\]]*\] (.*)$/s;
const baseName = /^(?:\[internal\] load metadata for|FROM) (\S+)/;
const runFlags = /^RUN (?:--\S+ )*/;

export function vertexKind(name: string): VertexKind {
  if (name === 'exporting to image' || name.startsWith('pushing ')) return { kind: 'publish' };
  const instruction = instructionName.exec(name)?.[1];
  const image = baseName.exec(instruction ?? name)?.[1];
  if (image !== undefined) return { kind: 'base', image: image.replace(/@sha256:[0-9a-f]+$/, '') };
  if (instruction === undefined || /^(?:LINK |generating sbom )/.test(instruction)) return { kind: 'aside' };
  if (!instruction.startsWith('RUN ')) return { kind: 'instruction', instruction };
  return { kind: 'command', command: shellText(instruction.replace(runFlags, '')) };
}

/** The command of `["sh","-c","…"]`, the form in which the build plan writes what is no plain text. */
function shellText(command: string): string {
  if (!command.startsWith('["sh"')) return command;
  try {
    return String((JSON.parse(command) as unknown[])[2] ?? command);
  } catch {
    return command;
  }
}
