# syntax=docker/dockerfile:1

# A tag moves, a digest does not: these are the indexes of all platforms of October 2026 (Temurin 25.0.4.1). They get no
# security updates by themselves: renew both with every release, by docker buildx imagetools inspect eclipse-temurin:25-jdk,
# or for one build by --build-arg JDK=... --build-arg JRE=...
ARG JDK=eclipse-temurin:25-jdk@sha256:8c0a84ea11c8f6ed52600fc19f1040121f2a162998e9f50a5faebbbad9172dcc
ARG JRE=eclipse-temurin:25-jre@sha256:fcd7fd7b387f94bb2ac461478a7436ad8e349924c374ea8313919624dceae636

# Builds the program with its own wrapper.
FROM ${JDK} AS build
WORKDIR /src
COPY .mvn/ .mvn/
COPY mvnw pom.xml ./
COPY routes/ routes/
COPY src/main/ src/main/
# The tests need nothing from here and run before an image is made: ./mvnw verify.
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -q -Dmaven.test.skip -Dspotless.check.skip package
# In layers, so that a new version of the program is a new layer of half a megabyte.
# The PostgreSQL of the demo stays out: 30 MB that no service needs.
RUN java -Djarmode=tools -jar target/reconciler.jar extract --layers --destination /extracted \
    && rm -f /extracted/dependencies/lib/embedded-postgres-*.jar

FROM ${JRE} AS program
RUN groupadd --system --gid 10001 reconciler \
    && useradd --system --uid 10001 --gid reconciler --home-dir /nonexistent --no-create-home \
        --shell /usr/sbin/nologin reconciler
WORKDIR /app
COPY --from=build /extracted/dependencies/ ./
COPY --from=build /extracted/spring-boot-loader/ ./
COPY --from=build /extracted/snapshot-dependencies/ ./
COPY --from=build /extracted/application/ ./

# An archive of loaded classes, made by the same Java that reads it: a preflight of nothing, which fails as it should.
FROM program AS archive
RUN DATABASE_URL=postgresql://nobody@127.0.0.1:9/none AIRTABLE_API_KEY=patNone.none \
    AIRTABLE_API_URL=http://127.0.0.1:9/v0 \
    java -XX:+UseSerialGC -XX:AOTCacheOutput=/tmp/reconciler.aot -jar reconciler.jar check || test $? = 1

FROM program
COPY --from=archive /tmp/reconciler.aot ./
USER 10001:10001
# The only place it writes to: the root file system may be read-only.
VOLUME ["/tmp"]
ENV LANG=C.UTF-8
# By itself the service listens on loopback, which nobody outside a container reaches.
ENV SERVER_ADDRESS=0.0.0.0
EXPOSE 8080 8081
# The image has no curl; bash can speak to a port by itself.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${MANAGEMENT_SERVER_PORT:-8081} && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200'"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-XX:AOTCache=/app/reconciler.aot", "-jar", "reconciler.jar"]
CMD ["serve"]
