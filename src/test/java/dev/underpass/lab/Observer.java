package dev.underpass.lab;

/// Writes the report of a lab's node, as its agent does.
@FunctionalInterface
interface Observer {

    /// The NodeReport, in JSON.
    String report(Lab lab, LabNode node);
}
