{{- /* What the schema can not say: values that need each other. Called by templates/secrets.yaml, which always renders. */ -}}
{{- define "zarpa.check" -}}
{{- $values := .Values -}}
{{- range $section, $variable := dict "database" "DATABASE_URL" "rabbitmq" "RABBITMQ_URL" "redis" "REDIS_URL" -}}
{{- $given := index $values $section -}}
{{- if not (or $values.trial.enabled $given.url $given.existingSecret.name) -}}
{{- fail (printf "%s: give %s.url or %s.existingSecret.name, or set trial.enabled=true" $variable $section $section) -}}
{{- end -}}
{{- if and $values.trial.enabled (or $given.url $given.existingSecret.name) -}}
{{- fail (printf "trial.enabled brings its own services: it can not be combined with %s" $section) -}}
{{- end -}}
{{- end -}}
{{- if not (and $values.urls.web $values.urls.api) -}}
{{- fail "urls.web and urls.api: give the addresses at which browsers reach the dashboard and the API" -}}
{{- end -}}
{{- if and (or $values.engine.inCluster.enabled $values.clusters) (not $values.engine.registry.host) -}}
{{- fail "engine.registry.host: name the registry that bots' images are pushed to and pulled from" -}}
{{- end -}}
{{- $ids := list -}}
{{- if $values.engine.inCluster.enabled -}}{{- $ids = append $ids $values.engine.inCluster.clusterId -}}{{- end -}}
{{- range $values.clusters -}}{{- $ids = append $ids .id -}}{{- end -}}
{{- if ne (len $ids) (len (uniq $ids)) -}}
{{- fail "clusters: every cluster needs an id of its own" -}}
{{- end -}}
{{- if and $values.sandbox.enabled (or $values.github.existingSecret $values.github.appId) -}}
{{- fail "sandbox.enabled stands in for GitHub: it can not be combined with a GitHub App" -}}
{{- end -}}
{{- end -}}
