# Build the jar first: mvn -DskipTests package
FROM eclipse-temurin:25-jre AS layers
WORKDIR /build
COPY target/underpass.jar underpass.jar
RUN java -Djarmode=tools -jar underpass.jar extract --layers --destination extracted

FROM eclipse-temurin:25-jre
WORKDIR /app
COPY --from=layers /build/extracted/dependencies/ ./
COPY --from=layers /build/extracted/spring-boot-loader/ ./
COPY --from=layers /build/extracted/snapshot-dependencies/ ./
COPY --from=layers /build/extracted/application/ ./
# What the node agent reads packet filters with.
RUN apt-get update \
    && apt-get install -y --no-install-recommends iptables nftables ipset util-linux \
    && rm -rf /var/lib/apt/lists/*
USER 65532:65532
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=75 -Djava.io.tmpdir=/tmp"
ENTRYPOINT ["java", "-jar", "underpass.jar"]
CMD ["demo"]
