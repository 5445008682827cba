# Sourced by scripts/lab and scripts/lab-random: builds the jar and the lab's classes where needed.
lab_classes() {
  if [ ! -e target/lab.classpath ] || [ ! -e target/underpass.jar ] ||
    [ -n "$(find src frontend/src pom.xml -newer target/lab.classpath -print -quit)" ]; then
    echo 'Building …' >&2
    mvn -B -q -DskipTests package >&2
    mvn -B -q exec:exec -Dexec.executable=echo -Dexec.args=%classpath -Dexec.classpathScope=test >target/lab.classpath
  fi
}

lab_classpath() {
  cat target/lab.classpath
}
