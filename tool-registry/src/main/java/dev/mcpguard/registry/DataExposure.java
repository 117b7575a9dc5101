package dev.mcpguard.registry;

/** How sensitive the data is and how far it goes. Immutable. */
public record DataExposure(Sensitivity sensitivity, Destination destination) {
  /** The stricter of both in each respect. */
  public DataExposure max(DataExposure other) {
    return new DataExposure(
        sensitivity.compareTo(other.sensitivity) >= 0 ? sensitivity : other.sensitivity,
        destination.compareTo(other.destination) >= 0 ? destination : other.destination);
  }
}
