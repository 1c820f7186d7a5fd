{{- /* An init container that ends when services of the trial accept connections: (list root names). */ -}}
{{- define "zarpa.wait" -}}
{{- $root := index . 0 -}}
{{- $ports := dict "postgresql" 5432 "rabbitmq" 5672 "redis" 6379 -}}
{{- $hosts := list -}}
{{- range index . 1 }}{{- $hosts = append $hosts (list (printf "%s-%s" (include "zarpa.fullname" $root) .) (index $ports .)) }}{{- end -}}
- name: wait
  image: {{ include "zarpa.image" (list $root "api") }}
  imagePullPolicy: {{ $root.Values.image.pullPolicy }}
  command: [node, -e, {{ include "zarpa.waitProgram" $hosts | quote }}]
  securityContext: {{- include "zarpa.containerSecurity" $root | nindent 4 }}
  resources: {{- toYaml $root.Values.migrations.resources | nindent 4 }}
{{- end -}}

{{- define "zarpa.waitProgram" -}}
const net = require('net');
const accepts = (host, port) => new Promise((resolve) => {
  const socket = net.connect({ host, port, timeout: 2000 });
  const end = (answer) => { socket.destroy(); resolve(answer); };
  socket.on('connect', () => end(true)).on('error', () => end(false)).on('timeout', () => end(false));
});
(async () => {
  for (const [host, port] of {{ toJson . }}) {
    while (!(await accepts(host, port))) await new Promise((resolve) => setTimeout(resolve, 1000));
  }
})();
{{- end -}}
