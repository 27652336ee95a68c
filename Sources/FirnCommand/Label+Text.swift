import Firn

extension Label {
  /// The label as people read it.
  var text: String {
    switch self {
    case .single(let name): name
    case .multiple(let names): "[\(names.joined(separator: ", "))]"
    case .number(let value): "\(value)"
    }
  }
}
