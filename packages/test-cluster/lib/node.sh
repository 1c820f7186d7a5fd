# kubelet and kube-proxy. Sourced; expects $run, $bin, $pki, $node, $node_ip and $pods.

start_node() {
  # A crashed container starts again after 2 s at most, not 5 min: tests of crash loops end.
  cat >"$run/kubelet.yaml" <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
containerRuntimeEndpoint: unix://$run/containerd/containerd.sock
podLogsDir: $run/pod-logs
cgroupDriver: cgroupfs
failCgroupV1: false
failSwapOn: false
oomScoreAdj: 0
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $pki/ca.crt}}
authorization: {mode: Webhook}
tlsCertFile: $pki/kubelet.crt
tlsPrivateKeyFile: $pki/kubelet.key
clusterDomain: cluster.local
clusterDNS: [$node_ip]
resolvConf: /etc/resolv.conf
evictionHard: {memory.available: 100Mi, nodefs.available: 1%, imagefs.available: 1%, nodefs.inodesFree: 1%}
imageGCHighThresholdPercent: 100
localStorageCapacityIsolation: true
maxPods: 250
podPidsLimit: 1024
serializeImagePulls: false
nodeStatusReportFrequency: 10s
shutdownGracePeriod: 0s
crashLoopBackOff: {maxContainerRestartPeriod: 2s}
YAML
  start kubelet "$bin/kube" kubelet --config "$run/kubelet.yaml" --kubeconfig "$run/kubelet.kubeconfig" --root-dir "$run/kubelet" \
    --hostname-override "$node" --node-ip "$node_ip" --cert-dir "$pki"
  start proxy "$bin/kube" proxy --kubeconfig "$run/proxy.kubeconfig" --proxy-mode iptables --cluster-cidr "$pods" --hostname-override "$node" \
    --conntrack-max-per-core 0 --oom-score-adj 0 --bind-address 127.0.0.1 --healthz-bind-address 127.0.0.1:10256 --metrics-bind-address 127.0.0.1:10249
}

node_ready() { api "https://127.0.0.1:6443/api/v1/nodes/$node" | grep -q '"reason": "KubeletReady"'; }
