internal import CKernels

/// The functions of one value that networks put between their layers.
public enum Activation: String, Sendable, Hashable, Codable {
  case identity
  case relu
  /// x·Φ(x), by the error function (Hendrycks and Gimpel 2016).
  case gelu
  /// Its approximation by a hyperbolic tangent, from the same paper.
  case geluTanh
  /// x·σ(x) (Elfwing, Uchibe and Doya 2017).
  case silu
  case tanh

  /// The kernel that puts values through it, in place; nil where there is nothing to do. (C's name for this type would make
  /// importers of this module look through C's headers.)
  var kernel: (@convention(c) (UnsafeMutablePointer<Float>, Int) -> Void)? {
    let kernels = firn_arithmetic().pointee
    return switch self {
    case .identity: nil
    case .relu: kernels.relu
    case .gelu: kernels.gelu
    case .geluTanh: kernels.gelu_tanh
    case .silu: kernels.silu
    case .tanh: kernels.tanh
    }
  }
}
