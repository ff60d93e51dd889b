{{- define "datagen.name" -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" }}
{{- end }}

{{/* The labels by which the pods of one service are found: (list root component). */}}
{{- define "datagen.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: datagen
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{- define "datagen.labels" -}}
{{- $root := index . 0 -}}
{{ include "datagen.selector" . }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ $root.Chart.Name }}-{{ $root.Chart.Version }}
{{- end }}

{{/* The text of a setting: (list root name). Helm reads large numbers as floating-point ones, which print as 1e+06. */}}
{{- define "datagen.setting" -}}
{{- $root := index . 0 -}}
{{- $value := get $root.Values.settings (index . 1) -}}
{{- if and (eq (index . 1) "DATAGEN_ALLOWED_HOSTS") $root.Values.ingress.enabled (not $value) -}}
{{- $root.Values.ingress.host -}}
{{- else if kindIs "float64" $value -}}
{{- if eq (floor $value) $value }}{{ printf "%.0f" $value }}{{ else }}{{ $value }}{{ end -}}
{{- else if not (kindIs "invalid" $value) -}}
{{- $value | toString -}}
{{- end -}}
{{- end }}

{{/* Non-empty when one of some settings has a value or is in the Secret: (list root names). */}}
{{- define "datagen.anyGiven" -}}
{{- $root := index . 0 -}}
{{- range $name := index . 1 -}}
{{- if or (has $name $root.Values.secret.required) (has $name $root.Values.secret.optional) (include "datagen.setting" (list $root $name)) -}}
{{ $name }}
{{- end -}}
{{- end -}}
{{- end }}

{{/* One entry of a container's environment, or nothing for a setting that has no value: (list root name). */}}
{{- define "datagen.variable" -}}
{{- $root := index . 0 -}}
{{- $name := index . 1 -}}
{{- $text := include "datagen.setting" . -}}
{{- $required := has $name $root.Values.secret.required -}}
{{- if or $required (has $name $root.Values.secret.optional) -}}
{{- if $text -}}
{{- fail (printf "settings.%s is also named in secret: a manifest would show it. Keep it in one place." $name) -}}
{{- end -}}
- name: {{ $name }}
  valueFrom:
    secretKeyRef: { name: {{ $root.Values.secret.name | quote }}, key: {{ $name }}, optional: {{ not $required }} }
{{- else if $text -}}
- name: {{ $name }}
  value: {{ $text | quote }}
{{- end -}}
{{- end }}

{{/* What ends the rendering, in words, instead of pods that do not start. */}}
{{- define "datagen.check" -}}
{{- $stores := include "datagen.storeSettings" . | fromYaml -}}
{{- if not (include "datagen.anyGiven" (list . (without $stores.inference "DATAGEN_INFERENCE_PORT"))) -}}
{{- fail "No inference server is named: set settings.DATAGEN_INFERENCE_BASE_URL or settings.DATAGEN_INFERENCE_HOST." -}}
{{- end -}}
{{- if not (include "datagen.anyGiven" (list . $stores.redis)) -}}
{{- fail "No Redis is named: put ConnectionStrings__redis into the Secret, or set settings.ConnectionStrings__redis." -}}
{{- end -}}
{{- if and (ne (lower (include "datagen.setting" (list . "DATAGEN_CSTORE"))) "redis") (not (include "datagen.anyGiven" (list . (list "EE_CHAINSTORE_API_HOST" "R1EN_CHAINSTORE_API_URL" "EE_CHAINSTORE_API_URL")))) -}}
{{- fail "No store is named: set settings.R1EN_CHAINSTORE_API_URL or settings.EE_CHAINSTORE_API_HOST, or settings.DATAGEN_CSTORE=redis." -}}
{{- end -}}
{{- end }}
