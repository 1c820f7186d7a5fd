/** Path parameters of an instance's routes. */
export const instancePath = (instanceId: string) => ({ params: { path: { instanceId } } });

/** Path parameters of a deployment's routes. */
export const deploymentPath = (instanceId: string, deploymentId: string) => ({
  params: { path: { instanceId, deploymentId } },
});

/** Path parameters of a repository's routes, from `owner/name`. */
export function repositoryPath(repository: string) {
  const [owner = '', name = ''] = repository.split('/');
  return { params: { path: { owner, name } } };
}
