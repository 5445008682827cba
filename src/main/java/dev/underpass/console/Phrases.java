package dev.underpass.console;

import dev.underpass.words.Phrase;

/// What is said of addresses and forms that lead nowhere, and of who else writes an object.
public enum Phrases implements Phrase {
    STARTING(
            "What becomes of the connections of %s Pods on %s nodes to %s Services is being worked out: nobody has looked since this console started, or for long. This page comes as soon as that is done."),
    NO_POD("There is no Pod %s."),
    SEVERAL_PODS("%s names %s Pods: %s"),
    NO_SERVICE("There is no Service %s."),
    NO_CLUSTER_IP("There is no Service %s with a ClusterIP."),
    NO_PORT("Service %s has no port %s, only %s."),
    NO_NODE("There is no node %s."),
    NO_NETWORK("There is no network %s."),
    NO_OBJECT("There is no %s."),
    NO_OBJECT_IN_BUNDLE("There is no %s in the bundle."),
    NO_PAGE("There is no page /%s."),
    NO_CLASS("There is no class of Pods %s any more: their rules or routes changed."),
    NO_TARGET_CLASS("There is no class of targets %s any more."),
    NO_CELL("No Pod of the one asks for any of the other."),
    NO_TRACE("There is no kept trace %s: the newest %s are kept, until the console ends."),
    NO_DRAFT("There is no draft %s: it was applied or discarded, or it is forgotten; the newest %s are kept."),
    NO_VIEW("There is no saved view %s, or it was deleted."),
    NO_RECORDING("There is no recording %s, or it is deleted."),
    THEN("At %s: %s"),
    NOT_RECORDING("nothing is recorded here: underpass.recordings.directory names no directory"),
    NOT_RECORDED("The recording cannot be written to %s: %s"),
    NOT_REMOVED("Not all of the older recordings could be removed, such as %s in %s: %s"),
    RECORDING_DAMAGED("The recording %s cannot be read: %s"),
    RECORDING_MEMORY(
            "To open the recording %s takes about %s MiB of memory, and %s are free: download it, and look at it with underpass demo --bundle."),
    RECORDINGS_BUSY("Other recordings are being opened: try again in a moment."),
    NO_EDIT("There is no such edit, or it is forgotten."),
    NO_CODE("There is no code %s."),
    NO_FINDING("There is no finding %s now."),
    NOT_MUTED("The finding %s is not muted."),
    MUTE_WHY("missing: say why"),
    MUTE_LONGER("longer than %s characters"),
    MUTE_UNSEEN("it has characters that nobody sees"),
    MUTE_FAULT("it was a limitation of the set-up and is a fault now"),
    MUTE_PLACES("it is at other places as well: %s"),
    MUTE_PODS("it hits %s Pods now, and hit %s"),
    MUTE_SERVICES("it hits %s Services now, and hit %s"),
    MUTE_HOURS("not a whole number of hours between 1 and %s"),
    NO_PROBE("There is no probe %s, or it is forgotten."),
    FIELD("%s: %s"),
    NOT_A_NAME("not NAMESPACE/NAME: '%s'"),
    NOT_A_TARGET("neither NAMESPACE/SERVICE[:PORT[/PROTOCOL]] nor ADDRESS:PORT[/PROTOCOL]: '%s'"),
    NOT_AN_ADDRESS("not an IP address: '%s'"),
    NOT_A_PORT("not a port: '%s'"),
    NOT_A_PROTOCOL("not TCP, UDP or SCTP: '%s'"),
    NO_HOP("There is no decision %s on this way: it has %s."),
    NO_REPLY("This way has no reply: nothing comes back on it."),
    NOT_A_NUMBER("not a number: '%s'"),
    NOT_BETWEEN("not between 1 and %s: %s"),
    NOT_ONE_OF("'%s' is not one of %s"),
    NOT_ADDRESSES("not an address, nor two with a hyphen between them: '%s'"),
    NOT_OF_POOL("not among the addresses of this pool: %s"),
    TORN("'%s' here, and '%s' in the YAML below: both were changed, and one of them must go"),
    EXCLUDED_ALREADY("excluded already: %s"),
    FILLED_IN("Filled in below: %s in %s. Nothing is written before you apply it."),
    WHOLE_ESTATE("the estate is the whole cluster, not '%s'"),
    WHICH("missing: which %s"),
    READ_ONLY("a bundle is shown, not a live cluster: nothing can be edited"),
    API_SILENT("the Kubernetes API does not answer, and nothing was written: %s"),
    API_CREDENTIALS("the Kubernetes API does not accept the console's credentials: %s"),
    API_BUSY("the Kubernetes API takes no requests now: %s"),
    API_STATUS("the Kubernetes API answered with status %s: %s"),
    NOT_INSTALLED("%s is not installed in this cluster"),
    MAY_NOT_ACT_FOR(
            "the console may not act for %s: bind the ClusterRole underpass-impersonate of k8s/components/impersonate to its account (%s)"),
    PERSON_MAY_NOT("%s may not %s %s in this cluster (%s)"),
    CONSOLE_MAY_NOT("the console may not %s %s: bind the ClusterRole %s of k8s/%s to its account (%s)"),
    EXISTS_ALREADY("There is a %s."),
    OTHERS_MANAGE("others manage what the edit changes: %s"),
    CHANGED_SINCE("%s was changed since it was read"),
    CHANGED_SINCE_AT("%s was changed since it was read: %s"),
    TOO_MANY_EDITS("too many edits are waiting"),
    NO_FIELD("there is no such field"),
    FIELD_TWICE("is there twice"),
    BODY_SAYS("the body says %s, the request '%s'"),
    NOT_AN_OBJECT("not an object"),
    MISSING("missing"),
    NOT_A_TEXT("not a text"),
    NO_YAML_OBJECT("not an object, but a list, a value or nothing"),
    NOT_YAML("not YAML: %s"),
    NOT_YAML_AT("line %s, column %s: not YAML: %s"),
    YAML_ALIAS("line %s: an alias (*%s) is not understood here: write its value"),
    TOO_LONG("more than %s characters"),
    CONTROLLED("controlled by %s %s, which may take an edit back"),
    HELM("managed by Helm; its next upgrade may take an edit back"),
    HELM_RELEASE("managed by Helm as release %s; its next upgrade may take an edit back"),
    ARGO("managed by Argo CD; its next synchronisation may take an edit back"),
    ARGO_APPLICATION("managed by Argo CD as application %s; its next synchronisation may take an edit back"),
    FLUX("managed by Flux; its next synchronisation may take an edit back"),
    FLUX_AS("managed by Flux as %s; its next synchronisation may take an edit back");

    private final String text;

    Phrases(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
