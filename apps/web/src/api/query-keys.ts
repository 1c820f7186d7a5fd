/** The names under which answers are kept. Everything of one instance begins with its key. */
export const queryKeys = {
  session: ['session'] as const,
  plans: ['plans'] as const,
  instances: ['instances'] as const,
  instance: (id: string) => ['instance', id] as const,
  variables: (id: string) => ['instance', id, 'variables'] as const,
  deployments: (id: string) => ['instance', id, 'deployments'] as const,
  deployment: (id: string, deploymentId: string) => ['instance', id, 'deployment', deploymentId] as const,
  buildLog: (id: string, deploymentId: string) => ['instance', id, 'deployment', deploymentId, 'log'] as const,
  pushes: (id: string) => ['instance', id, 'pushes'] as const,
  metrics: (id: string, range: string) => ['instance', id, 'metrics', range] as const,
  github: ['github'] as const,
  repositories: (search: string) => ['github', 'repositories', search] as const,
  branches: (repository: string) => ['github', 'branches', repository] as const,
  folders: (repository: string, branch: string) => ['github', 'folders', repository, branch] as const,
  detection: (input: unknown) => ['github', 'detection', input] as const,
};
