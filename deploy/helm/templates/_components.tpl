{{/*
What the services are: the ports they listen on, which services and stores they call, and which settings they read.
Deployments, Services and NetworkPolicies are all made from this one table; a test compares it with the app model of
DataGen.AppHost.
*/}}
{{- define "datagen.components" -}}
gateway:
  ports: { http: 8080 }
  calls: [web.http, explorer.grpc, tasks.grpc]
  stores: [redis, cstore]
  settings:
    - DATAGEN_ALLOWED_HOSTS
    - DATAGEN_TRUSTED_PROXIES
    - R1EN_CSTORE_AUTH_HKEY
    - R1EN_CSTORE_AUTH_SECRET
    - R1EN_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD
    - DATAGEN_PASSWORD_HASH
web:
  ports: { http: 8080 }
  calls: [explorer.grpc, tasks.grpc]
  stores: [redis]
explorer:
  ports: { http: 8080, grpc: 8081 }
  calls: [tasks.grpc]
  settings:
    - DATAGEN_EXPLORER_MEMORY_MB
    - DATAGEN_EXPLORER_DISK_MB
    - DATAGEN_EXPLORER_QUERY_SECONDS
tasks:
  ports: { http: 8080, grpc: 8081 }
  calls: [runner.grpc]
  stores: [redis, cstore, r1fs]
  settings:
    - DATAGEN_MAX_RECORDS_PER_JOB
    - DATAGEN_RECORDS_PER_SHARD
    - DATAGEN_TASKS_PER_MINUTE
    - DATAGEN_PRICE_INPUT_PER_MTOK
    - DATAGEN_PRICE_OUTPUT_PER_MTOK
    - DATAGEN_CLUSTER
runner:
  ports: { http: 8080, grpc: 8081 }
  stores: [inference]
  settings:
    - DATAGEN_INFERENCE_API_KEY
    - DATAGEN_INFERENCE_PATH
    - DATAGEN_INFERENCE_MODEL
    - DATAGEN_INFERENCE_TIMEOUT_SECONDS
    - DATAGEN_MAX_ATTEMPTS
    - DATAGEN_MAX_REJECTIONS
    - DATAGEN_MAX_CONCURRENCY
    - DATAGEN_DRAIN_SECONDS
{{- end }}

{{/* The settings that every service reads, and those of each store. */}}
{{- define "datagen.storeSettings" -}}
every:
  - DATAGEN_SESSION_SECRET
  - OTEL_EXPORTER_OTLP_ENDPOINT
redis:
  - ConnectionStrings__redis
cstore:
  - DATAGEN_CSTORE
  - EE_CHAINSTORE_API_HOST
  - EE_CHAINSTORE_API_PORT
  - R1EN_CHAINSTORE_API_URL
  - EE_CHAINSTORE_API_URL
  - R1EN_CHAINSTORE_PEERS
  - EE_CHAINSTORE_PEERS
  - DATAGEN_NODE_ANSWER_MB
r1fs:
  - EE_R1FS_API_HOST
  - EE_R1FS_API_PORT
  - R1EN_R1FS_API_URL
  - EE_R1FS_API_URL
inference:
  - DATAGEN_INFERENCE_HOST
  - DATAGEN_INFERENCE_PORT
  - DATAGEN_INFERENCE_BASE_URL
{{- end }}
