# Keys, certificates and kubeconfigs. Sourced; expects $run, $pki, $node and $node_ip.

certificate() { # certificate NAME SUBJECT [SAN]
  openssl req -newkey rsa:2048 -nodes -subj "$2" -keyout "$pki/$1.key" -out "$pki/$1.csr" 2>/dev/null
  openssl x509 -req -in "$pki/$1.csr" -CA "$pki/ca.crt" -CAkey "$pki/ca.key" -CAcreateserial -days 365 -out "$pki/$1.crt" \
    -extfile <(printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth,clientAuth\n' "${3:-DNS:localhost}") 2>/dev/null
}

kubeconfig() { # kubeconfig NAME
  cat >"$run/$1.kubeconfig" <<YAML
apiVersion: v1
kind: Config
clusters: [{name: test, cluster: {server: 'https://127.0.0.1:6443', certificate-authority-data: $(base64 -w0 "$pki/ca.crt")}}]
users: [{name: $1, user: {client-certificate-data: $(base64 -w0 "$pki/$1.crt"), client-key-data: $(base64 -w0 "$pki/$1.key")}}]
contexts: [{name: test, context: {cluster: test, user: $1}}]
current-context: test
YAML
}

make_keys() {
  local name
  if [[ ! -f $pki/service-account.key ]]; then
    openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj /CN=zarpa-test-ca -keyout "$pki/ca.key" -out "$pki/ca.crt" 2>/dev/null
    certificate apiserver /CN=kube-apiserver "DNS:kubernetes.default.svc,DNS:kubernetes,DNS:localhost,IP:127.0.0.1,IP:10.96.0.1,IP:$node_ip"
    certificate admin /O=system:masters/CN=admin
    certificate controller-manager /CN=system:kube-controller-manager
    certificate scheduler /CN=system:kube-scheduler
    certificate proxy /CN=system:kube-proxy
    certificate kubelet "/O=system:nodes/CN=system:node:$node" "DNS:$node,IP:$node_ip,IP:127.0.0.1"
    certificate front-proxy /CN=front-proxy-client
    for name in admin controller-manager scheduler proxy kubelet; do kubeconfig $name; done
    openssl genrsa -out "$pki/service-account.key.part" 2048 2>/dev/null
    mv "$pki/service-account.key.part" "$pki/service-account.key"
  fi
}
