{{- define "zarpa.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 30 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) | trunc 30 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- /* Takes (list root component). */ -}}
{{- define "zarpa.selector" -}}
app.kubernetes.io/name: {{ default (index . 0).Chart.Name (index . 0).Values.nameOverride }}
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{- /* Of pods: what changes with the chart alone starts no pod anew. */ -}}
{{- define "zarpa.podLabels" -}}
{{ include "zarpa.selector" . }}
app.kubernetes.io/part-of: zarpa
{{- end -}}

{{- define "zarpa.labels" -}}
{{ include "zarpa.selector" . }}
app.kubernetes.io/version: {{ (index . 0).Chart.AppVersion | quote }}
app.kubernetes.io/part-of: zarpa
app.kubernetes.io/managed-by: {{ (index . 0).Release.Service }}
helm.sh/chart: {{ printf "%s-%s" (index . 0).Chart.Name (index . 0).Chart.Version | replace "+" "_" }}
{{- end -}}

{{- /* Takes (list root app). */ -}}
{{- define "zarpa.image" -}}
{{- $root := index . 0 -}}{{- $app := index . 1 -}}
{{- $repository := required "image.repository: name the registry and path that hold the platform's images" $root.Values.image.repository -}}
{{- $tag := default $root.Chart.AppVersion $root.Values.image.tag -}}
{{- $digest := (index $root.Values $app).digest -}}
{{- printf "%s/%s:%s" $repository $app $tag -}}{{- if $digest -}}@{{ $digest }}{{- end -}}
{{- end -}}

{{- define "zarpa.keysSecret" -}}
{{ .Values.secrets.existingSecret | default (printf "%s-keys" (include "zarpa.fullname" .)) }}
{{- end -}}

{{- define "zarpa.apiInternalUrl" -}}
http://{{ include "zarpa.fullname" . }}-api.{{ .Release.Namespace }}.svc:{{ .Values.api.port }}
{{- end -}}

{{- define "zarpa.sandboxUrl" -}}
{{ .Values.urls.sandbox | default (printf "http://%s-sandbox.%s.svc:%v" (include "zarpa.fullname" .) .Release.Namespace .Values.sandbox.port) }}
{{- end -}}

{{- /* Environment from a map; a name given twice keeps its last value. */ -}}
{{- define "zarpa.env" -}}
{{- range $name, $value := . }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end -}}

{{- /* One of the three services: (list root section variable trialKey). */ -}}
{{- define "zarpa.connection" -}}
{{- $root := index . 0 -}}{{- $section := index $root.Values (index . 1) -}}{{- $variable := index . 2 -}}
- name: {{ $variable }}
  valueFrom:
    secretKeyRef:
      name: {{ $section.existingSecret.name | default (printf "%s-connections" (include "zarpa.fullname" $root)) }}
      key: {{ ternary $section.existingSecret.key $variable (not (empty $section.existingSecret.name)) }}
{{- end -}}

{{- /* Takes (list root names): variables out of the keys. */ -}}
{{- define "zarpa.keys" -}}
{{- $root := index . 0 -}}
{{- range $name := index . 1 }}
- name: {{ $name }}
  valueFrom: {secretKeyRef: {name: {{ include "zarpa.keysSecret" $root }}, key: {{ $name }}}}
{{- end }}
{{- end -}}

{{- define "zarpa.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{- define "zarpa.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}

{{- /* What all pods of ours share: (list root component values). */ -}}
{{- define "zarpa.podBasics" -}}
{{- $root := index . 0 -}}{{- $values := index . 2 -}}
securityContext:
  {{- include "zarpa.podSecurity" $root | nindent 2 }}
enableServiceLinks: false
{{- with $root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with $root.Values.topologySpread }}
topologySpreadConstraints:
  {{- range . }}
  - {{- toYaml . | nindent 4 }}
    labelSelector:
      matchLabels:
        {{- include "zarpa.selector" (list $root (index $ 1)) | nindent 8 }}
  {{- end }}
{{- end }}
{{- with $values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- /* Pods start anew when what they read changes: settings are in the pod itself, Secrets are not. */ -}}
{{- define "zarpa.checksum" -}}
zarpa.dev/checksum: {{ list (include "zarpa.connectionValues" .) .Values.github .Values.engine.registry .Values.secrets | toJson | sha256sum }}
{{- end -}}

{{- define "zarpa.probes" -}}
startupProbe:
  httpGet: {path: {{ .live }}, port: http}
  periodSeconds: 2
  failureThreshold: 60
livenessProbe:
  httpGet: {path: {{ .live }}, port: http}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet: {path: {{ .ready }}, port: http}
  periodSeconds: 5
  timeoutSeconds: 4
  failureThreshold: 2
{{- end -}}
