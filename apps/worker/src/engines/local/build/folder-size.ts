import { execa } from 'execa';

/** Bytes that a folder takes on disk. Files that vanish while it looks are not counted. */
export async function folderBytes(folder: string): Promise<number> {
  const { stdout } = await execa('du', ['--summarize', '--block-size=1', '--', folder], { reject: false });
  return Number.parseInt(stdout, 10) || 0;
}
