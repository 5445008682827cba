package dev.underpass.diagnosis.edit;

import dev.underpass.words.Phrase;

/// What the rules say of any object, and the parts that sentences share.
enum Phrases implements Phrase {
    NOT_EDITED("%s cannot be edited: it must be one of %s"),
    NOT_SERVED("%s is not served: write %s"),
    NO_NAME("is missing: an object needs a name"),
    WRONG_NAME("%s is no name: write lower-case letters, digits, - and . (RFC 1123)"),
    EXISTS("%s %s exists already: change it instead"),
    ABSENT("there is no %s %s"),
    IF_NAMESPACE("whether there is such a namespace"),
    NULL("null is no value: leave the field out, or give it %s"),
    MISTYPED("%s is not %s%s"),
    NOT_KNOWN("%s is not known: it must be one of %s"),
    OUT_OF_RANGE("%s is out of range: %s"),
    REQUIRED("is missing: it is required"),
    UNKNOWN_FIELD("unknown field %s: the API server would drop it silently%s"),
    IF_THERE("whether there is such a %s"),
    NO_NAMESPACE("there is no namespace %s"),
    WITHOUT_KIND("an object without kind"),
    NO_TEXT("what is no text"),
    NOT_CHECKED("not checked %s: %s could not be read"),
    SO_ALREADY("%s; it is so already, and only a new object can have another"),
    AT_FIELD("%s: %s"),
    NOT_LISTED("%s other problems are not listed"),
    MORE_THAN("more than %s"),
    TOGETHER("%s, %s"),
    AND_MORE("%s and %s more"),
    THERE_ARE("; there are %s"),
    OF_POD("%s of Pod %s"),
    OF_NODE("%s of %s"),
    NODE("node %s"),
    NODE_DEVICE("node %s (%s)"),
    ONE_OF("one of %s"),
    A_TEXT("a text"),
    A_WHOLE_NUMBER("a whole number"),
    TRUE_OR_FALSE("true or false"),
    A_LIST("a list"),
    AN_OBJECT("an object"),
    THE_TEXT("the text %s"),
    THE_NUMBER("the number %s"),
    A_LIST_OF("a list of %s"),
    TOO_DEEP("something nested too deeply"),
    WITHOUT_QUOTES("; write it without quotes"),
    WRITTEN("; it is written %s"),
    VLAN_RANGE("a VLAN has a number from 0 (none) to 4094"),
    MTU_RANGE("write 0 to leave the MTU to the kernel, or 68 to 65535 bytes"),
    VERSION_RANGE("an IP version is 4 or 6"),
    RATE_RANGE("a rate is 0 (no limit) or more Mbit/s"),
    TABLE_RANGE("a routing table of one's own has a number from 1 to 2147483647"),
    RP_FILTER_RANGE("rp_filter is 0 (off), 1 (strict) or 2 (loose)"),
    QUEUE_RANGE("a queue holds 0 or more packets"),
    VETH_RANGE("a veth takes 68 to 65535 bytes; leave the field out for 1500"),
    BOND_RANGE("bonding knows the modes 0 (balance-rr) to 6 (balance-alb)");

    private final String text;

    Phrases(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
