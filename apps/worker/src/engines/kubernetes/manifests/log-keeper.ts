import type { Container } from 'kubernetes-types/core/v1';

/** Of the container beside the bot's. */
export const logKeeperContainer = 'log-keeper';

/** What the keeper ends on, written to its standard input. */
export const logKeeperEnd = '\n';

/**
 * Pure: the container that keeps an ended bot's log. The kubelet removes the log of a pod that is being deleted once none of its containers runs;
 * this one waits for a byte that the bot's follower sends, and as a container's first process does not heed SIGTERM. It comes after the bot's
 * container, so that the bot does not wait for it to start.
 */
export const logKeeperOf = (image: string): Container => ({
  name: logKeeperContainer,
  image,
  imagePullPolicy: 'IfNotPresent',
  command: ['head', '-c', '1'],
  stdin: true,
  // The runtime needs more to start a container than `head` ever does.
  resources: {
    limits: { cpu: '100m', memory: '16Mi', 'ephemeral-storage': '1Mi' },
    requests: { cpu: '1m', memory: '2Mi', 'ephemeral-storage': '1Mi' },
  },
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
});
