/** A failure whose message tells the person at the terminal what happened and what to do. */
export class BootstrapProblem extends Error {}

const explanations = [
  {
    codes: ['ENOSPC'],
    text: 'The disk is full. Free some space (about 2 GB are needed) and run the command again.',
  },
  {
    codes: ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENETUNREACH', 'ERR_SOCKET_TIMEOUT'],
    text: 'The npm registry cannot be reached. Check the network, the proxy (HTTPS_PROXY) and `npm config get registry`, then run the command again.',
  },
  {
    codes: ['EACCES', 'EPERM'],
    text: 'A folder cannot be written. See which one above, correct its owner, then run the command again.',
  },
  {
    codes: ['ERR_PNPM_OUTDATED_LOCKFILE'],
    text: 'pnpm-lock.yaml does not match the package.json files. Run `pnpm install` and commit the lockfile.',
  },
];

/** What to do about the output of a failed npm or pnpm, told by the error codes that they print. */
export function explainFailure(output) {
  const known = explanations.find(({ codes }) => codes.some((code) => new RegExp(`\\b${code}\\b`).test(output)));
  return known?.text ?? 'The lines above say why. Correct it and run the command again.';
}
