{{/* What every object is called: the release, and the chart where the release is called otherwise. */}}
{{- define "vitrine.name" -}}
{{- if contains "vitrine" .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-vitrine" .Release.Name | trunc 50 | trimSuffix "-" }}{{ end }}
{{- end }}

{{/* By what a process is found: never changes while the release lives. */}}
{{- define "vitrine.selector" -}}
app.kubernetes.io/name: vitrine
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "vitrine.labels" -}}
{{ include "vitrine.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{- define "vitrine.image" -}}
{{- with .Values.image -}}
{{- if .digest }}{{ .repository }}@{{ .digest }}{{ else }}{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}{{ end }}
{{- end }}
{{- end }}

{{/* Settings as variables: [http] public_url is VITRINE_HTTP__PUBLIC_URL, [search.meilisearch] url VITRINE_SEARCH__MEILISEARCH__URL. */}}
{{- define "vitrine.settings" -}}
{{- $path := .path }}
{{- range $key, $value := .values }}
{{- $name := printf "%s%s" $path (upper $key) }}
{{- if kindIs "map" $value }}
{{- include "vitrine.settings" (dict "path" (printf "%s__" $name) "values" $value) }}
{{- else if kindIs "slice" $value }}
- name: {{ $name }}
  value: {{ join "," $value | quote }}
{{- else if kindIs "float64" $value }}
- name: {{ $name }}
  value: {{ if eq (floor $value) $value }}{{ int64 $value | toString | quote }}{{ else }}{{ toString $value | quote }}{{ end }}
{{- else }}
- name: {{ $name }}
  value: {{ toString $value | quote }}
{{- end }}
{{- end }}
{{- end }}

{{/* The same for what the secret holds, as files. */}}
{{- define "vitrine.secrets" -}}
{{- range $key, $setting := .Values.secrets }}
- name: VITRINE_{{ $setting | replace "." "__" | upper }}_FILE
  value: /run/secrets/vitrine/{{ $key }}
{{- end }}
{{- end }}

{{- define "vitrine.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .root.Values.imagePullSecrets }}
imagePullSecrets: {{ toYaml . | nindent 2 }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile: { type: RuntimeDefault }
volumes:
  - name: secrets
    secret: { secretName: {{ .root.Values.secretName }}, defaultMode: 0440 }
  # Where the program stands, and nothing is kept.
  - name: scratch
    emptyDir: { sizeLimit: 256Mi }
{{- end }}

{{- define "vitrine.container" -}}
image: {{ include "vitrine.image" .root }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
env:
  {{- include "vitrine.settings" (dict "path" "VITRINE_" "values" .root.Values.settings) | nindent 2 }}
  {{- include "vitrine.secrets" .root | nindent 2 }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
volumeMounts:
  - { name: secrets, mountPath: /run/secrets/vitrine, readOnly: true }
  - { name: scratch, mountPath: /var/lib/vitrine }
  - { name: scratch, mountPath: /tmp, subPath: tmp }
{{- end }}

{{/* Where it stands, and beside whom it does not. */}}
{{- define "vitrine.placing" -}}
{{- with .process.nodeSelector }}
nodeSelector: {{ toYaml . | nindent 2 }}
{{- end }}
{{- with .process.tolerations }}
tolerations: {{ toYaml . | nindent 2 }}
{{- end }}
{{- with .process.affinity }}
affinity: {{ toYaml . | nindent 2 }}
{{- end }}
topologySpreadConstraints:
  {{- range $key := list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - maxSkew: 1
    topologyKey: {{ $key }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{ include "vitrine.selector" $ | nindent 8 }}
  {{- end }}
{{- end }}
