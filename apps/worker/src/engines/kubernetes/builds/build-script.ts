import { buildContainer, folders, planLabel } from './build-names.ts';

/** Variables by which the Job tells the script what is different for each build. */
export const scriptVariables = {
  image: 'ZARPA_IMAGE',
  cache: 'ZARPA_CACHE',
  registryOptions: 'ZARPA_REGISTRY_OPTIONS',
  sbom: 'ZARPA_SBOM',
} as const;

/** Exit codes of the script that are not those of `buildctl`. */
export const scriptExit = { daemonDied: 70, noDigest: 71 } as const;

const address = `unix://${folders.sockets}/buildkitd.sock`;

/**
 * What the container `build` runs. Progress goes to its output as raw JSON, the digest of what was pushed into its termination message.
 * `cmdline` keeps the Dockerfile's `# syntax` line from loading another frontend: it would run with the same access to the registry.
 */
export const buildScript = `set -u
export DOCKER_CONFIG=${folders.registry} TMPDIR=${folders.temporary}
daemon_log=${folders.temporary}/buildkitd.log
metadata=${folders.temporary}/metadata.json
buildkitd --config ${folders.program}/buildkitd.toml --root ${folders.state} --addr ${address} >"$daemon_log" 2>&1 &
daemon=$!
trap 'kill -KILL "$daemon" 2>/dev/null; exit 143' TERM INT
until buildctl --addr ${address} debug workers >/dev/null 2>&1; do
  if ! kill -0 "$daemon" 2>/dev/null; then
    tail -n 20 "$daemon_log" >&2
    exit ${scriptExit.daemonDied}
  fi
  sleep 0.05
done
set -- --opt cmdline=builtin --opt attest:provenance=mode=min --opt "label:${planLabel}=$(cat ${folders.work}/plan/plan.base64)"
if [ -n "$${scriptVariables.sbom}" ]; then
  set -- "$@" --opt "attest:sbom=generator=$${scriptVariables.sbom}"
fi
buildctl --addr ${address} build --progress rawjson \\
  --frontend dockerfile.v0 --local "context=$(cat ${folders.work}/plan/context)" --local dockerfile=${folders.work}/plan \\
  --source-policy-file ${folders.program}/source-policy.json --metadata-file "$metadata" \\
  --import-cache "type=registry,ref=$${scriptVariables.cache}$${scriptVariables.registryOptions}" \\
  --export-cache "type=registry,ref=$${scriptVariables.cache},mode=max,ignore-error=true,image-manifest=true,oci-mediatypes=true,compression=zstd$${scriptVariables.registryOptions}" \\
  --output "type=image,name=$${scriptVariables.image},push=true,oci-mediatypes=true,compression=zstd$${scriptVariables.registryOptions}" \\
  "$@" &
build=$!
wait "$build"
code=$?
if [ "$code" -eq 0 ]; then
  digest=$(sed -n 's/.*"containerimage.digest": *"\\(sha256:[0-9a-f]*\\)".*/\\1/p' "$metadata")
  [ -n "$digest" ] || code=${scriptExit.noDigest}
  printf '%s' "$digest" >/dev/termination-log
elif ! kill -0 "$daemon" 2>/dev/null; then
  tail -n 20 "$daemon_log" >&2
fi
exit "$code"
`;

export const buildCommand: readonly string[] = ['sh', `${folders.program}/${buildContainer}.sh`];
