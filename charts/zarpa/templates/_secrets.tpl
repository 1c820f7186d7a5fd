{{- /*
The keys, made once. `lookup` finds those of an earlier installation, which `helm uninstall` has left there: without them nobody
can read the database's sealed columns. Values stay as they are (base64) and new names are added.
*/ -}}
{{- define "zarpa.keysData" -}}
{{- if not .keysData -}}
{{- $name := printf "%s-keys" (include "zarpa.fullname" .) -}}
{{- $old := (lookup "v1" "Secret" .Release.Namespace $name).data | default dict -}}
{{- $new := dict
  "ENVIRONMENT_KEYS" (printf "k1:%s" (randBytes 32) | b64enc)
  "TICKET_SECRET" (randAlphaNum 48 | b64enc)
  "POSTGRES_PASSWORD" (randAlphaNum 32 | b64enc)
  "RABBITMQ_PASSWORD" (randAlphaNum 32 | b64enc)
  "REDIS_PASSWORD" (randAlphaNum 32 | b64enc)
-}}
{{- if and .Values.sandbox.enabled (not (hasKey $old "GITHUB_APP_PRIVATE_KEY")) -}}
{{- $new = merge $new (dict
  "GITHUB_APP_ID" (b64enc "1")
  "GITHUB_APP_PRIVATE_KEY" (genPrivateKey "rsa" | b64enc)
  "GITHUB_CLIENT_ID" (randAlphaNum 20 | b64enc)
  "GITHUB_CLIENT_SECRET" (randAlphaNum 40 | b64enc)
  "GITHUB_WEBHOOK_SECRET" (randAlphaNum 40 | b64enc)) -}}
{{- end -}}
{{- $_ := set . "keysData" (merge (deepCopy $old) $new) -}}
{{- end -}}
{{- toJson .keysData -}}
{{- end -}}

{{- /* DATABASE_URL, RABBITMQ_URL and REDIS_URL, where they are not in Secrets of somebody else. */ -}}
{{- define "zarpa.connectionValues" -}}
{{- $urls := dict -}}
{{- if .Values.trial.enabled -}}
{{- $keys := include "zarpa.keysData" . | fromJson -}}
{{- $host := include "zarpa.fullname" . -}}
{{- $_ := set $urls "DATABASE_URL" (printf "postgres://zarpa:%s@%s-postgresql:5432/zarpa" (b64dec $keys.POSTGRES_PASSWORD) $host) -}}
{{- $_ := set $urls "RABBITMQ_URL" (printf "amqp://zarpa:%s@%s-rabbitmq:5672/zarpa" (b64dec $keys.RABBITMQ_PASSWORD) $host) -}}
{{- $_ := set $urls "REDIS_URL" (printf "redis://:%s@%s-redis:6379" (b64dec $keys.REDIS_PASSWORD) $host) -}}
{{- else -}}
{{- if not .Values.database.existingSecret.name }}{{- $_ := set $urls "DATABASE_URL" .Values.database.url -}}{{- end -}}
{{- if not .Values.rabbitmq.existingSecret.name }}{{- $_ := set $urls "RABBITMQ_URL" .Values.rabbitmq.url -}}{{- end -}}
{{- if not .Values.redis.existingSecret.name }}{{- $_ := set $urls "REDIS_URL" .Values.redis.url -}}{{- end -}}
{{- end -}}
{{- toJson $urls -}}
{{- end -}}
