/// Quantities as people read them, the same in every locale.
public enum Readable {
  /// `12,345`
  public static func count(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    let groups = stride(from: digits.count, to: 0, by: -3).map { String(digits[max(0, $0 - 3)..<$0]) }
    return (value < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
  }

  /// `999 bytes`, `1.2 MB`; a kilobyte is 1,000 bytes.
  public static func bytes(_ value: Int) -> String {
    var size = Double(value)
    var unit = "bytes"
    for larger in ["kB", "MB", "GB", "TB", "PB", "EB"] where size.rounded() >= 1_000 {
      size /= 1_000
      unit = larger
    }
    return unit == "bytes" ? "\(count(value)) \(unit)" : "\(short(size)) \(unit)"
  }

  /// `0.4 s`, `42 s`, `3 min 04 s`, `2 h 05 min`, `3 d 04 h`; `?` for what is no duration.
  public static func duration(seconds: Double) -> String {
    guard seconds >= 0, seconds < 1e15 else { return "?" }
    if seconds.rounded() < 10 { return "\(short(seconds)) s" }
    let whole = Int(seconds.rounded())
    switch whole {
    case ..<60: return "\(whole) s"
    case ..<3_600: return "\(whole / 60) min \(twoDigits(whole % 60)) s"
    case ..<86_400: return "\(whole / 3_600) h \(twoDigits(whole / 60 % 60)) min"
    default: return "\(count(whole / 86_400)) d \(twoDigits(whole / 3_600 % 24)) h"
    }
  }

  /// `1,234 texts/s`, `3.4 texts/s`; `?` for what is no rate.
  public static func rate(_ perSecond: Double, unit: String) -> String {
    guard perSecond >= 0, perSecond < 1e15 else { return "?" }
    return "\(short(perSecond)) \(unit)/s"
  }

  /// With one decimal below ten, without above.
  private static func short(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths < 100 ? "\(tenths / 10).\(tenths % 10)" : count(Int(value.rounded()))
  }

  private static func twoDigits(_ value: Int) -> String {
    value < 10 ? "0\(value)" : "\(value)"
  }
}
