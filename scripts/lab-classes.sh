# Sourced by scripts/lab and scripts/lab-random: builds the jar and the lab's classes where needed.
lab_classes() {
  if [ ! -e target/lab.classpath ] || [ ! -e target/underpass.jar ] ||
    [ -n "$(find src frontend/src pom.xml -newer target/lab.classpath -print -quit)" ]; then
    echo 'Building …' >&2
    mvn -B -q -DskipTests package >&2
    mvn -B -q dependency:build-classpath -Dmdep.outputFile=target/lab.classpath -Dmdep.includeScope=test >&2
  fi
}

lab_classpath() {
  echo "target/test-classes:target/classes:$(cat target/lab.classpath)"
}
