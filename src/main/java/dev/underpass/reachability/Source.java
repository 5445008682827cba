package dev.underpass.reachability;

import dev.underpass.net.FibResult;
import dev.underpass.net.IpAddress;
import dev.underpass.words.Sentence;

/// The address that the kernel gives to a socket which is bound to none.
///
/// @param why why this one
/// @param route the line that it was chosen with
public record Source(IpAddress address, Sentence why, String route) {

    static Source of(FibResult.Found found, IpAddress address) {
        var route = found.route();
        var line = route.toString();
        if (address.equals(route.preferredSource())) {
            return new Source(address, Phrases.SOURCE_OF_ROUTE.with(), line);
        }
        var device = found.nextHops().getFirst().device();
        if (device == null) {
            return new Source(address, Phrases.SOURCE_ITSELF.with(), line);
        }
        var phrase = address.family() == IpAddress.Family.IPV4 ? Phrases.SOURCE_OF_DEVICE : Phrases.SOURCE_BY_RFC;
        return new Source(address, phrase.with(device), line);
    }
}
