# NetworkPolicies, DNS, volumes and metrics, as processes of this machine. Sourced; expects $run, $bin, $pki and $node_ip.

start_cluster_services() {
  start network-policy "$bin/kube" network-policy --kubeconfig "$run/admin.kubeconfig"
  start_dns
  start_volumes
  start_metrics
}

start_dns() {
  cat >"$run/Corefile" <<CONFIG
cluster.local:53 {
  bind $node_ip
  kubernetes cluster.local {
    kubeconfig $run/admin.kubeconfig
  }
}
.:53 {
  bind $node_ip
  forward . /etc/resolv.conf
}
CONFIG
  start coredns "$bin/coredns" -conf "$run/Corefile"
}

start_volumes() {
  apply /api/v1/namespaces/local-path-storage <<<'{apiVersion: v1, kind: Namespace, metadata: {name: local-path-storage}}'
  apply /apis/storage.k8s.io/v1/storageclasses/local-path <<<'{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: local-path, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}, provisioner: rancher.io/local-path, volumeBindingMode: WaitForFirstConsumer, reclaimPolicy: Delete}'
  apply /api/v1/namespaces/local-path-storage/configmaps/local-path-config <<'YAML'
apiVersion: v1
kind: ConfigMap
metadata: {name: local-path-config}
data:
  setup: 'mkdir -m 0777 -p "$VOL_DIR"'
  teardown: 'rm -rf "$VOL_DIR"'
  helperPod.yaml: '{apiVersion: v1, kind: Pod, metadata: {name: helper-pod}, spec: {containers: [{name: helper-pod, image: "docker.io/library/debian:bookworm-slim"}]}}'
YAML
  printf '{"nodePathMap":[{"node":"DEFAULT_PATH_FOR_NON_LISTED_NODES","paths":["%s/volumes"]}]}' "$run" >"$run/local-path.json"
  start local-path "$bin/local-path-provisioner" start --kubeconfig "$run/admin.kubeconfig" --config "$run/local-path.json" \
    --namespace local-path-storage --provisioner-name rancher.io/local-path --configmap-name local-path-config \
    --service-account-name default --helper-image docker.io/library/debian:bookworm-slim
}

start_metrics() {
  start metrics "$bin/metrics-server" --kubeconfig "$run/admin.kubeconfig" --authentication-kubeconfig "$run/admin.kubeconfig" \
    --authorization-kubeconfig "$run/admin.kubeconfig" --secure-port 4443 --bind-address "$node_ip" --metric-resolution 15s \
    --kubelet-certificate-authority "$pki/ca.crt" --kubelet-preferred-address-types InternalIP --tls-cert-file "$pki/apiserver.crt" --tls-private-key-file "$pki/apiserver.key"
  apply /api/v1/namespaces/kube-system/services/metrics-server <<<'{apiVersion: v1, kind: Service, metadata: {name: metrics-server}, spec: {ports: [{name: https, port: 443, targetPort: 4443}]}}'
  apply /apis/discovery.k8s.io/v1/namespaces/kube-system/endpointslices/metrics-server <<<"{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: metrics-server, labels: {kubernetes.io/service-name: metrics-server}}, addressType: IPv4, endpoints: [{addresses: [$node_ip], conditions: {ready: true}}], ports: [{name: https, port: 4443, protocol: TCP}]}"
  apply /apis/apiregistration.k8s.io/v1/apiservices/v1beta1.metrics.k8s.io <<<'{apiVersion: apiregistration.k8s.io/v1, kind: APIService, metadata: {name: v1beta1.metrics.k8s.io}, spec: {group: metrics.k8s.io, version: v1beta1, groupPriorityMinimum: 100, versionPriority: 100, insecureSkipTLSVerify: true, service: {name: metrics-server, namespace: kube-system}}}'
}
