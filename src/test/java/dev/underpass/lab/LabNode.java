package dev.underpass.lab;

/// A node of the lab.
///
/// @param block the part of the overlay's range that its Pods' addresses are of
public record LabNode(String name, int index, Addresses addresses, Addresses block) {

    String mac() {
        return "02:00:0a:06:d4:6" + index;
    }
}
