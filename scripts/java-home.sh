# Sourced by the other scripts: finds a JDK 25 and exports JAVA_HOME.
if ! { [ -n "${JAVA_HOME:-}" ] && "$JAVA_HOME/bin/java" -version 2>&1 | grep -q 'version "25'; }; then
  for candidate in /usr/lib/jvm/*25*; do
    if [ -x "$candidate/bin/javac" ]; then
      export JAVA_HOME=$candidate
      break
    fi
  done
fi
"${JAVA_HOME:-/nonexistent}/bin/java" -version 2>&1 | grep -q 'version "25' || {
  echo 'No JDK 25 found: install one, or set JAVA_HOME to it.' >&2
  exit 1
}
