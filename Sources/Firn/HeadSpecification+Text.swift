package import Heads
internal import JSON

extension HeadSpecification {
  /// The settings beside the penalty that are not as usual, each in words.
  package var settings: [String] {
    [
      classWeights.map { "class weights \($0.text)" }, standardises ? "standardised features" : nil,
      smoothing.map { "smoothing \($0.exact)" },
    ].compactMap { $0 }
  }
}

extension ClassWeights {
  /// The weights as the command line has them: `balanced`, or each name with its weight.
  package var text: String {
    switch self {
    case .balanced: "balanced"
    case .given(let weights):
      weights.sorted { $0.key.precedesByBytes($1.key) }.map { "\($0.key)=\($0.value.exact)" }
        .joined(separator: ",")
    }
  }
}
