import type {
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from 'kubernetes-types/admissionregistration/v1';
import { buildCapabilities, sourceUser } from './build-job.ts';
import { buildContainer, policyName, registrySecretName, sourceContainer } from './build-names.ts';
import { programPart } from './build-program.ts';
import { buildCommand } from './build-script.ts';
import type { BuildSettings } from './build-settings.ts';

interface Validation {
  readonly expression: string;
  readonly message: string;
}

/** CEL reads JSON's strings and lists as its own. */
const cel = (value: unknown): string => JSON.stringify(value);

/** What is not said in a pod must not be said there. */
function podRules({ sourceImage, buildkitImage }: BuildSettings): Validation[] {
  const rule = (message: string, ...expressions: string[]): Validation => ({
    message,
    expression: expressions.join(' && '),
  });
  return [
    rule(
      'A build runs in a user namespace of its own',
      'object.spec.?hostUsers.orValue(true) == false',
      '!object.spec.?hostNetwork.orValue(false)',
      '!object.spec.?hostPID.orValue(false)',
      '!object.spec.?hostIPC.orValue(false)',
      '!object.spec.?shareProcessNamespace.orValue(false)',
    ),
    rule('A build has no service-account token', 'object.spec.?automountServiceAccountToken.orValue(true) == false'),
    rule(
      'A build has a deadline',
      "object.spec.restartPolicy == 'Never'",
      'object.spec.?activeDeadlineSeconds.orValue(0) > 0',
    ),
    rule(
      'A build mounts its program, empty folders and the registry’s credentials only',
      `object.spec.volumes.all(v, has(v.emptyDir) || (has(v.configMap) && v.configMap.name.startsWith(${cel(programPart)})) || ` +
        `(has(v.secret) && v.secret.secretName == ${cel(registrySecretName)}))`,
    ),
    rule(
      'A build is one container `source` and one container `build`',
      'object.spec.initContainers.size() == 1',
      'object.spec.containers.size() == 1',
      '!has(object.spec.ephemeralContainers)',
      `object.spec.initContainers[0].name == ${cel(sourceContainer)}`,
      `object.spec.initContainers[0].image == ${cel(sourceImage)}`,
      `object.spec.containers[0].name == ${cel(buildContainer)}`,
      `object.spec.containers[0].image == ${cel(buildkitImage)}`,
      "object.spec.initContainers[0].?restartPolicy.orValue('') == ''",
      `object.spec.containers[0].command == ${cel(buildCommand)}`,
    ),
    rule(
      'The container `source` has no rights and no credentials',
      `object.spec.initContainers[0].securityContext.runAsUser == ${sourceUser}`,
      'object.spec.initContainers[0].securityContext.readOnlyRootFilesystem == true',
      'object.spec.initContainers[0].securityContext.allowPrivilegeEscalation == false',
      '!object.spec.initContainers[0].securityContext.?privileged.orValue(false)',
      "object.spec.initContainers[0].securityContext.capabilities.drop == ['ALL']",
      '!has(object.spec.initContainers[0].securityContext.capabilities.add)',
      'object.spec.volumes.all(v, !has(v.secret) || object.spec.initContainers[0].volumeMounts.all(m, m.name != v.name))',
    ),
    rule(
      'The container `build` has no more rights than BuildKit needs',
      '!object.spec.containers[0].securityContext.?privileged.orValue(false)',
      'object.spec.containers[0].securityContext.readOnlyRootFilesystem == true',
      `object.spec.containers[0].securityContext.capabilities.add.all(c, c in ${cel(buildCapabilities)})`,
    ),
  ];
}

/** Pure: in the builds' namespace nothing runs but builds as the engine makes them, and nobody enters them. */
export function admissionPolicyOf(settings: BuildSettings): ValidatingAdmissionPolicy {
  const rule = (operations: string[], resources: string[]) => ({
    apiGroups: [''],
    apiVersions: ['v1'],
    operations,
    resources,
  });
  const isPod = "(!has(request.subResource) || request.subResource == '') && request.operation == 'CREATE'";
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: policyName(settings.namespacePrefix) },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: [
          rule(['CREATE'], ['pods']),
          rule(['UPDATE'], ['pods/ephemeralcontainers']),
          rule(['CONNECT'], ['pods/exec', 'pods/attach', 'pods/portforward']),
        ],
      },
      validations: [
        { expression: isPod, message: 'Nobody enters a build' },
        ...podRules(settings).map(({ expression, message }) => ({
          expression: `!(${isPod}) || (${expression})`,
          message,
        })),
      ],
    },
  };
}

export function admissionBindingOf(
  { namespacePrefix }: BuildSettings,
  namespace: string,
): ValidatingAdmissionPolicyBinding {
  const name = policyName(namespacePrefix);
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name },
    spec: {
      policyName: name,
      validationActions: ['Deny'],
      matchResources: { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } },
    },
  };
}
