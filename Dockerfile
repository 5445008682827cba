# Build the jar first: mvn -Psbom -DskipTests package
FROM eclipse-temurin:25-jdk AS layers
WORKDIR /build
COPY target/underpass.jar underpass.jar
RUN java -Djarmode=tools -jar underpass.jar extract --layers --destination extracted
# What it is made of; without it there is no image.
RUN jar xf extracted/application/underpass.jar META-INF/sbom/application.cdx.json && mv META-INF/sbom/application.cdx.json underpass.cdx.json
COPY scripts/agent-jar agent-jar
RUN ./agent-jar extracted agent

FROM eclipse-temurin:25-jre
WORKDIR /app
# What the node agent reads packet filters with.
RUN apt-get update \
    && apt-get install -y --no-install-recommends iptables nftables ipset util-linux \
    && rm -rf /var/lib/apt/lists/*
COPY --from=layers /build/agent/ agent/
# The agent's classes as they are in memory: less to hold, and a faster start.
RUN java -Xshare:dump -XX:+UseSerialGC -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED -Xlog:disable \
      -XX:SharedClassListFile=agent/agent.classlist -XX:SharedArchiveFile=agent/agent.jsa \
      -cp agent/agent.jar:agent/jackson-core.jar
COPY --from=layers /build/extracted/dependencies/ ./
COPY --from=layers /build/extracted/spring-boot-loader/ ./
COPY --from=layers /build/extracted/snapshot-dependencies/ ./
COPY --from=layers /build/extracted/application/ ./
COPY --from=layers /build/underpass.cdx.json ./
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=75 -Djava.io.tmpdir=/tmp"
# The console's classes as they are after a start: a faster one.
COPY scripts/aot-cache aot-cache
RUN ./aot-cache . && rm aot-cache
USER 65532:65532
ENTRYPOINT ["java", "-XX:AOTCache=/app/console.aot", "-jar", "underpass.jar"]
CMD ["demo"]
