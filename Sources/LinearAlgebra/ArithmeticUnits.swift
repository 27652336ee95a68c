internal import CKernels
internal import COpenBLAS

/// What does the arithmetic in this process.
public enum ArithmeticUnits {
  /// Names the arithmetic that all forms of the float kernels share. It changes whenever a result of theirs does.
  public static let family = "fma16-3"

  /// The form of the float kernels: `portable`, `avx2`, `avx512` or `avx512vnni`. All give the same bits.
  public static var kernels: String {
    let chosen = firn_arithmetic()
    if chosen == firn_arithmetic_form(firn_avx512vnni) { return "avx512vnni" }
    if chosen == firn_arithmetic_form(firn_avx512) { return "avx512" }
    return chosen == firn_arithmetic_form(firn_avx2) ? "avx2" : "portable"
  }

  /// The library of factorisations and the processor it took this one for; other ones may round differently.
  public static var blas: String {
    String(cString: openblas_get_config()) + " on " + String(cString: openblas_get_corename())
  }
}
