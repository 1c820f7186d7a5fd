export { startArguments } from './command/start-arguments.ts';
export { type BuildPlanInput, type BuildPlanResult, createBuildPlan } from './create-build-plan.ts';
export { runUser } from './dockerfile/write-dockerfile.ts';
export { filesToRead } from './files-to-read.ts';
export { type Finding, type FindingCode, findingCodes } from './finding.ts';
export type { RepositoryFiles } from './repository/repository-files.ts';
