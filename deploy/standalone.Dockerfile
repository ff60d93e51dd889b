# All of DataGen in one image, for small installs and edge nodes. What it keeps is in /data.
#   docker build -f deploy/standalone.Dockerfile -t datagen .
#   docker run -p 5080:5080 -v datagen:/data datagen
# Reached by a name with a dot in it, it needs -e DATAGEN_ALLOWED_HOSTS=datagen.example.com.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY . .
RUN dotnet publish DataGen.Standalone --configuration Release --use-current-runtime --self-contained false -p:PublishReadyToRun=true --output /app && mkdir /data

FROM mcr.microsoft.com/dotnet/aspnet:10.0
ENV DATAGEN_APP_HOST=* DATAGEN_DATA_DIR=/data
WORKDIR /app
COPY --from=build /app .
COPY --from=build --chown=$APP_UID:$APP_UID /data /data
VOLUME /data
EXPOSE 5080
USER $APP_UID
ENTRYPOINT ["dotnet", "DataGen.Standalone.dll"]
