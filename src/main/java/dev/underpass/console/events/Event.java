package dev.underpass.console.events;

/// Something that happened.
///
/// @param id names the console's start and the position in it; streams are resumed after it
/// @param type `analysis`, `finding`, `report`, `probe`, `reset` or `shutdown`
/// @param data becomes JSON
record Event(String id, String type, Object data) {}
