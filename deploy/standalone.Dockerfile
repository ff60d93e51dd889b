# All of DataGen in one image, for small installs and edge nodes: one port, one volume, R1EN_*/EE_* and DATAGEN_* settings from the environment.
#   docker build -f deploy/standalone.Dockerfile -t datagen .
#   docker run --read-only --cap-drop ALL -p 5080:5080 -v datagen:/data datagen
# Reached by a name with a dot in it, it needs -e DATAGEN_ALLOWED_HOSTS=datagen.example.com.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY . .
# R2R=false: is built faster and starts slower. The analyzers have run in the tests' build.
ARG R2R=true
RUN dotnet publish DataGen.Standalone --configuration Release --use-current-runtime --self-contained false -p:PublishReadyToRun=$R2R -p:RunAnalyzers=false --output /app && mkdir /data

FROM mcr.microsoft.com/dotnet/aspnet:10.0
LABEL org.opencontainers.image.title="DataGen" \
      org.opencontainers.image.description="Synthetic datasets: one model call per record, nothing lost." \
      org.opencontainers.image.licenses="Apache-2.0"
ENV DATAGEN_APP_HOST=* DATAGEN_DATA_DIR=/data
WORKDIR /app
COPY --from=build /app .
# The image's own user must own the folder before it becomes a volume.
COPY --from=build --chown=$APP_UID:$APP_UID /data /data
# What lasts is in /data; /tmp is for copies of datasets, and a volume so that the rest may be read-only.
VOLUME ["/data", "/tmp"]
EXPOSE 5080
USER $APP_UID
# Ready: users can sign in.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["/bin/bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${DATAGEN_APP_PORT:-5080} && printf 'GET /health HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
# The program itself is the first process: SIGTERM ends it within ten seconds, and nothing that was stored is lost.
ENTRYPOINT ["dotnet", "DataGen.Standalone.dll"]
