# containerd, and the bridge that the pods hang on. Sourced; expects $run, $bin, $hub, $platform_registry, $node_ip and $pods.

trust_registry() { # trust_registry HOST ADDRESS: images of HOST come from ADDRESS, over plain HTTP
  mkdir -p "$run/registry-hosts/$1"
  printf '[host."http://%s"]\n  capabilities = ["pull", "resolve"]\n' "$2" >"$run/registry-hosts/$1/hosts.toml"
}

start_containerd() {
  trust_registry docker.io "$hub"
  trust_registry "$hub" "$hub"
  trust_registry "$platform_registry" "$platform_registry"
  cat >"$run/containerd/config.toml" <<TOML
version = 3
root = '$run/containerd/root'
state = '$run/containerd/state'
[grpc]
  address = '$run/containerd/containerd.sock'
[plugins.'io.containerd.nri.v1.nri']
  disable = true # its socket would be the machine's
[plugins.'io.containerd.cri.v1.images']
  snapshotter = 'overlayfs'
  [plugins.'io.containerd.cri.v1.images'.pinned_images]
    sandbox = '$hub/zarpa-test/pause:1'
  [plugins.'io.containerd.cri.v1.images'.registry]
    config_path = '$run/registry-hosts'
[plugins.'io.containerd.cri.v1.runtime']
  restrict_oom_score_adj = true # works without CAP_SYS_RESOURCE
  netns_mounts_under_state_dir = true
  [plugins.'io.containerd.cri.v1.runtime'.cni]
    bin_dirs = ['/usr/lib/cni']
    conf_dir = '$run/cni'
  [plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
    runtime_type = 'io.containerd.runc.v2'
    [plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
      BinaryName = '$bin/runc'
      SystemdCgroup = false
TOML
  start containerd "$bin/containerd" --config "$run/containerd/config.toml"
  wait_for containerd "$bin/ctr" --address "$run/containerd/containerd.sock" version
}

make_bridge() {
  cat >"$run/cni/10-bridge.conflist" <<JSON
{"cniVersion": "1.0.0", "name": "zarpa-test", "plugins": [
  {"type": "bridge", "bridge": "zarpa0", "isGateway": true, "ipMasq": true, "hairpinMode": true,
   "ipam": {"type": "host-local", "dataDir": "$run/ipam", "ranges": [[{"subnet": "$pods"}]], "routes": [{"dst": "0.0.0.0/0"}]}},
  {"type": "portmap", "capabilities": {"portMappings": true}}]}
JSON
  sysctl -qw net.ipv4.ip_forward=1
  sysctl -qw net.bridge.bridge-nf-call-iptables=1 # so that NetworkPolicies see traffic between pods
  # An address of its own: else it is the lowest of the pods', changes as they come and go, and those that know the old one reach nobody for a while.
  ip link show zarpa0 >/dev/null 2>&1 || ip link add zarpa0 address 0a:58:0a:f4:00:01 type bridge
  ip addr replace "$node_ip/24" dev zarpa0
  ip link set zarpa0 up
}
