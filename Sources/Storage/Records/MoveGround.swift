/// On what ground an alias is moved: what is said of the move, and what allows it though the alias is protected.
public enum MoveGround: Hashable, Sendable {
  /// None that a protected alias would move on.
  case ordinary(note: String? = nil)
  /// It passed a gate: the version is no worse than the one that the alias pointed at then, if at any, as this says.
  case gate(evidence: String, replacing: Int?)
  /// Someone answers for it, for this reason.
  case override(reason: String)

  /// What lets a protected alias move.
  public enum Allowance: String, Sendable {
    /// A comparison that the version stood.
    case gate
    /// The word of whoever moved it.
    case override
  }

  /// What the log says of the move.
  var note: String? {
    switch self {
    case .ordinary(let note): note
    case .gate(let evidence, _): evidence
    case .override(let reason): reason
    }
  }

  /// What lets the alias move if it is protected; nil: nothing does.
  var allowance: Allowance? {
    switch self {
    case .ordinary: nil
    case .gate: .gate
    case .override: .override
    }
  }
}
