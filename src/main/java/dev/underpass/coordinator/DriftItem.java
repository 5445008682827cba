package dev.underpass.coordinator;

import dev.underpass.net.IpAddress;
import dev.underpass.words.Sentence;

/// One difference between what the coordinator would write today and what is there.
///
/// @param text the line in the notation of `ip`, `iptables-save` or `sysctl`
/// @param reason why it is expected, or what is wrong with it
/// @param code the failure's code in the catalogue
/// @param onNode whether the line belongs to the node and not to the Pod
public record DriftItem(
        Change change, IpAddress.Family family, String text, Sentence reason, String code, boolean onNode) {

    /// In which way the line differs.
    public enum Change {
        MISSING,
        UNEXPECTED,
        DIFFERENT
    }
}
