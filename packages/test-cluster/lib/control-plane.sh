# etcd, API server, controller manager and scheduler. Sourced; expects $run, $bin, $pki, $node_ip and $services.

api() { curl -sf --cacert "$pki/ca.crt" --cert "$pki/admin.crt" --key "$pki/admin.key" "$@"; }
ready() { api https://127.0.0.1:6443/readyz; }

start_control_plane() {
  start etcd "$bin/kube" etcd --name test --data-dir "$run/etcd" --unsafe-no-fsync --log-level warn \
    --listen-client-urls http://127.0.0.1:2379 --advertise-client-urls http://127.0.0.1:2379 --listen-peer-urls http://127.0.0.1:2380 \
    --initial-advertise-peer-urls http://127.0.0.1:2380 --initial-cluster test=http://127.0.0.1:2380
  start apiserver "$bin/kube" apiserver --etcd-servers http://127.0.0.1:2379 --secure-port 6443 --bind-address 0.0.0.0 --advertise-address "$node_ip" \
    --service-cluster-ip-range "$services" --authorization-mode Node,RBAC --allow-privileged \
    --client-ca-file "$pki/ca.crt" --tls-cert-file "$pki/apiserver.crt" --tls-private-key-file "$pki/apiserver.key" \
    --service-account-issuer https://kubernetes.default.svc --service-account-key-file "$pki/service-account.key" \
    --service-account-signing-key-file "$pki/service-account.key" \
    --kubelet-client-certificate "$pki/admin.crt" --kubelet-client-key "$pki/admin.key" --kubelet-preferred-address-types InternalIP \
    --requestheader-client-ca-file "$pki/ca.crt" --requestheader-allowed-names front-proxy-client \
    --requestheader-extra-headers-prefix X-Remote-Extra- --requestheader-group-headers X-Remote-Group --requestheader-username-headers X-Remote-User \
    --proxy-client-cert-file "$pki/front-proxy.crt" --proxy-client-key-file "$pki/front-proxy.key"
  start controller-manager "$bin/kube" controller-manager --kubeconfig "$run/controller-manager.kubeconfig" --leader-elect=false \
    --use-service-account-credentials --service-account-private-key-file "$pki/service-account.key" --root-ca-file "$pki/ca.crt" --bind-address 127.0.0.1 \
    --kube-api-qps 500 --kube-api-burst 1000
  start scheduler "$bin/kube" scheduler --kubeconfig "$run/scheduler.kubeconfig" --leader-elect=false --bind-address 127.0.0.1
}

apply() { # apply PATH, the manifest on stdin; through the API itself: this machine may have no kubectl
  api -X PATCH -H 'content-type: application/apply-patch+yaml' --data-binary @- \
    "https://127.0.0.1:6443$1?fieldManager=test-cluster&force=true" >/dev/null
}
