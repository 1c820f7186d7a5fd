# The registries. Sourced; expects $run, $bin, $hub, $hub_writer and $platform_registry.
#   $hub                the stand-in for Docker Hub: pods and the node read it, nobody writes through it
#   $hub_writer         writes the same storage, from this machine alone
#   $platform_registry  the platform's own, with a password

make_credentials() { # once: the password is random, and stays with RUN_DIR
  if [[ -f $run/registry-credentials.json ]]; then return; fi
  local password salt
  password=$(openssl rand -hex 24)
  salt=$(openssl rand -hex 11)
  (
    umask 077
    PASSWORD=$password SALT=$salt perl -e 'print "zarpa:", crypt($ENV{PASSWORD}, "\$2y\$05\$$ENV{SALT}"), "\n"' >"$run/registry-htpasswd"
    printf '{"host":"%s","username":"zarpa","password":"%s"}\n' "$platform_registry" "$password" >"$run/registry-credentials.json.part"
  )
  mv "$run/registry-credentials.json.part" "$run/registry-credentials.json"
}

write_registry() { # write_registry NAME ADDRESS FOLDER [FURTHER_STORAGE] [FURTHER_LINES]
  cat >"$run/$1.yaml" <<YAML
version: 0.1
log: {level: warn}
storage: {filesystem: {rootdirectory: $run/$3}, delete: {enabled: true}${4:+, $4}}
http: {addr: '$2'}
${5:-}
YAML
}

start_registries() {
  make_credentials
  write_registry registry "$hub" registry 'maintenance: {readonly: {enabled: true}}'
  write_registry registry-writer "$hub_writer" registry
  write_registry platform-registry "$platform_registry" platform-registry '' \
    "auth: {htpasswd: {realm: zarpa, path: $run/registry-htpasswd}}"
  local name
  for name in registry registry-writer platform-registry; do start $name "$bin/registry" serve "$run/$name.yaml"; done
  wait_for "the stand-in for Docker Hub" curl -sf "http://$hub/v2/"
  wait_for "its writer" curl -sf "http://$hub_writer/v2/"
  wait_for "the platform's registry" asks_for_password
}

asks_for_password() { [[ $(curl -s -o /dev/null -w '%{http_code}' "http://$platform_registry/v2/") == 401 ]]; }

start_buildkit() { # builds images on this machine
  mkdir -p "$run/buildkit"
  {
    printf '[registry."docker.io"]\n  mirrors = ["%s"]\n' "$hub"
    printf '[registry."%s"]\n  http = true\n' "$hub" "$hub_writer" "$platform_registry"
  } >"$run/buildkit/buildkitd.toml"
  start buildkitd "$bin/buildkitd" --config "$run/buildkit/buildkitd.toml" --root "$run/buildkit" \
    --addr "unix://$run/buildkit/buildkitd.sock" --oci-worker-binary "$bin/runc" --containerd-worker=false
  wait_for buildkitd "$bin/buildctl" --addr "unix://$run/buildkit/buildkitd.sock" debug workers
}
