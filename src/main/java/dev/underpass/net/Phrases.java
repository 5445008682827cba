package dev.underpass.net;

import dev.underpass.words.Phrase;

/// What routing says.
enum Phrases implements Phrase {
    NOT_REPORTED("not reported: %s"),
    SECTION("section %s"),
    NO_NUMBER("sysctl %s: '%s' is no number"),
    LINK_OF_ROUTE("link %s of route %s"),
    DEVICE_GROUP("the device group of %s"),
    SOCKET_USER("the user of the socket, which the rule '%s' asks for"),
    NOT_OWN_SOURCE("%s is no address of this namespace"),
    NO_SOURCE("there is no address to send from"),
    NOT_UNICAST("a connection needs a unicast address"),
    LOOPBACK_FROM_OUTSIDE("127.0.0.0/8 came in from outside"),
    NOT_CONNECTABLE("not an address to connect to"),
    NO_IPV6("the device takes no IPv6"),
    NOT_FORWARDED("%s is not this namespace's, and what comes in by %s is not forwarded"),
    REFUSES("it refuses the packet"),
    NO_ROUTE("no rule leads to a route to %s"),
    OWN_SOURCE("%s is an address of this namespace itself (%s), so a packet from it cannot come in by %s"),
    WAY_BACK_ELSEWHERE("the way back to %s leaves by another device: %s, not by %s where the packet came in"),
    WAY_BACK_REFUSED("the way back to %s is refused: %s, not by %s where the packet came in"),
    NO_WAY_BACK("the way back to %s does not exist, not by %s where the packet came in"),
    DOES_NOT_MATCH("does not match"),
    GOES_TO("goes to %s"),
    DOES_NOTHING("does nothing"),
    NO_VRF("no VRF"),
    SUPPRESSED("suppressed: %s"),
    EMPTY_TABLE("table %s is empty"),
    NO_MATCH("table %s has no match");

    private final String text;

    Phrases(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
