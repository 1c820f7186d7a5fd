export { DeploymentModule } from './deployment.module.ts';
export { DeploymentService } from './deployment.service.ts';
export { DeploymentSystemRepository } from './deployment.system-repository.ts';
export { deploymentView } from './deployment-view.ts';
