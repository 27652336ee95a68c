import CKernels
import Foundation
import Testing

/// The forms of the kernels are one arithmetic: they are held against each other bit by bit, and against the C
/// library in double precision.
struct KernelFormTests {
  /// The forms this processor runs; the portable one always.
  static let forms: [firn_arithmetic] = [firn_portable, firn_avx2, firn_avx512, firn_avx512vnni].compactMap {
    firn_arithmetic_form($0)?.pointee
  }

  /// Runs `kernel` of each form on the same values; returns what comes out of the portable one.
  private func agreeing(
    on values: [Float], _ kernel: (firn_arithmetic, UnsafeMutablePointer<Float>) -> Void,
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> [Float] {
    let results = Self.forms.map { form in
      var copy = values
      copy.withUnsafeMutableBufferPointer { buffer in buffer.baseAddress.map { kernel(form, $0) } }
      return copy
    }
    for other in results.dropFirst() {
      #expect(other.map(\.bitPattern) == results[0].map(\.bitPattern), sourceLocation: sourceLocation)
    }
    return results[0]
  }

  @Test(arguments: [1, 2, 5, 6, 7, 11, 12, 13, 24, 35])
  func `Products agree at every shape of tile`(rows: Int) {
    var random = RandomNumbers(seed: UInt64(rows))
    for columns in [1, 15, 16, 17, 31, 32, 33, 48, 50] {
      for inner in [1, 7, 384, 385, 800] {
        let a = random.floats(rows * inner)
        let b = random.floats(inner * columns)
        let bias = random.floats(columns)
        var packed = [Float](repeating: .nan, count: firn_packed_count(inner, columns))
        firn_pack(b, columns, 1, inner, columns, &packed)
        let held = random.floats(rows * columns)
        let product = agreeing(on: held) { form, out in
          form.multiply(a, packed, bias, into: out, rows: rows, columns: columns, inner: inner)
        }
        for i in 0..<rows {
          for j in 0..<columns {
            var exact = Double(held[i * columns + j]) + Double(bias[j])
            for k in 0..<inner { exact += Double(a[i * inner + k]) * Double(b[k * columns + j]) }
            let bound = Double(inner + 2) * 0x1p-24 * Double(inner + 2)
            #expect(abs(Double(product[i * columns + j]) - exact) <= min(bound, 1e-4))
          }
        }
      }
    }
  }

  /// Whole numbers, whose products and sums are exact in any order.
  @Test(arguments: [1, 2, 5, 6, 7, 11, 12, 13, 24, 35])
  func `Products of doubles are exact where they can be, and agree where they cannot`(rows: Int) {
    var random = RandomNumbers(seed: UInt64(rows))
    for columns in [1, 7, 8, 9, 15, 16, 17, 24, 25] {
      for inner in [1, 7, 384, 385, 800] {
        for isTransposed in [false, true] {
          let whole = { (count: Int) in random.floats(count).map { Double(($0 * 1000).rounded()) } }
          let (a, b, held) = (whole(rows * inner), whole(inner * columns), whole(rows * columns))
          let sums = Self.doubles(a, b, held, isTransposed, rows: rows, columns: columns, inner: inner)
          for i in 0..<rows {
            for j in 0..<columns {
              let exact = (0..<inner).reduce(held[i * columns + j]) { sum, k in
                sum + a[isTransposed ? k * rows + i : i * inner + k] * b[k * columns + j]
              }
              #expect(sums.allSatisfy { $0[i * columns + j] == exact })
            }
          }
          let fractions = Self.doubles(
            a.map { $0 / 3 }, b.map { $0 / 7 }, held, isTransposed, rows: rows, columns: columns, inner: inner
          )
          #expect(fractions.allSatisfy { $0 == fractions[0] })
        }
      }
    }
  }

  /// held + a·b by each form.
  private static func doubles(
    _ a: [Double], _ b: [Double], _ held: [Double], _ isTransposed: Bool, rows: Int, columns: Int, inner: Int
  ) -> [[Double]] {
    var packed = [Double](repeating: .nan, count: firn_packed_doubles_count(inner, columns))
    firn_pack_doubles(b, columns, 1, inner, columns, &packed)
    return forms.map { form in
      var out = held
      a.withUnsafeBufferPointer { a in
        packed.withUnsafeBufferPointer { packed in
          out.withUnsafeMutableBufferPointer { out in
            guard let a = a.baseAddress, let packed = packed.baseAddress, let out = out.baseAddress else {
              return
            }
            var product = firn_double_product(
              left: a, left_stride: isTransposed ? rows : inner, left_transposed: isTransposed,
              packed: packed, accumulate: true, out: out, out_stride: columns, rows: rows, columns: columns,
              inner: inner)
            form.multiply_doubles(&product)
          }
        }
      }
      return out
    }
  }

  @Test(arguments: [0, 1, 7, 8, 9, 15, 16, 17, 24, 25, 384])
  func `Sums over two vectors are added up in one order`(count: Int) {
    var random = RandomNumbers(seed: UInt64(count))
    let (x, y) = (random.floats(count), random.floats(count))
    func sum(_ term: (Double, Double) -> Double) -> Double {
      var sums = [Double](repeating: 0, count: 16)
      for index in 0..<count { sums[index % 16] += term(Double(x[index]), Double(y[index])) }
      for width in [8, 4, 2, 1] {
        for lane in 0..<width { sums[lane] += sums[lane + width] }
      }
      return sums[0]
    }
    for form in Self.forms {
      #expect(form.inner_product(x, y, count) == sum { $0 * $1 })
      // The square is not rounded before it is added.
      let distance = form.squared_distance(x, y, count)
      #expect(abs(distance - sum { ($0 - $1) * ($0 - $1) }) <= 1e-15 * distance)
      #expect(distance == Self.forms[0].squared_distance(x, y, count))
    }
  }

  @Test(arguments: [0, 1, 7, 8, 9, 100])
  func `Values are split into whole numbers of two parts`(count: Int) {
    var random = RandomNumbers(seed: UInt64(count))
    let values = random.floats(count)
    for form in Self.forms {
      var wholes = [Double](repeating: .nan, count: count)
      var (highs, lows, sums) = (wholes, wholes, wholes)
      form.split(values, count, 0x1p39, &wholes, &highs, &lows, &sums)
      for (index, value) in values.enumerated() {
        let exact = (Double(value) * 0x1p39).rounded(.toNearestOrEven)
        let high = (exact * 0x1p-20).rounded(.toNearestOrEven)
        let low = exact - high * 0x1p20
        #expect([wholes[index], highs[index], lows[index], sums[index]] == [exact, high, low, high + low])
      }
    }
  }

  /// The losses of rows and their slopes, each held against double precision too.
  @Test(arguments: [1, 3, 15, 16, 17, 58, 100])
  func `Losses of rows agree`(columns: Int) {
    var random = RandomNumbers(seed: UInt64(columns))
    let rows = 23
    let scores = random.floats(rows * columns, in: -9...9)
    let labels = (0..<rows).map { Int32(($0 * 7) % columns) }
    func losses(
      _ kernel: (firn_arithmetic, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) -> Double
    ) -> (slopes: [Float], loss: Double) {
      var values: [(loss: UInt64, curvature: [UInt32])] = []
      let slopes = agreeing(on: scores) { form, x in
        var curvature = [Float](repeating: 0, count: columns)
        let loss = curvature.withUnsafeMutableBufferPointer { buffer in
          buffer.baseAddress.map { kernel(form, x, $0) } ?? 0
        }
        values.append((loss.bitPattern, curvature.map(\.bitPattern)))
      }
      #expect(values.allSatisfy { $0 == values[0] })
      return (slopes, Double(bitPattern: values[0].loss))
    }
    let softmax = losses { $0.softmax_loss($1, rows, columns, labels, $2) }
    let hinge = losses { $0.squared_hinge_loss($1, rows, columns, labels, $2) }
    var (softmaxLoss, hingeLoss) = (0.0, 0.0)
    for row in 0..<rows {
      let values = scores[row * columns..<(row + 1) * columns].map { Double($0) }
      let total = values.reduce(0) { $0 + exp($1) }
      softmaxLoss += log(total) - values[Int(labels[row])]
      for (column, value) in values.enumerated() {
        let isLabel = column == Int(labels[row])
        let slope = exp(value) / total - (isLabel ? 1 : 0)
        #expect(abs(Double(softmax.slopes[row * columns + column]) - slope) < 1e-6)
        let margin = max(0, 1 - (isLabel ? value : -value))
        hingeLoss += margin * margin
        let expected = (isLabel ? -2 : 2) * margin
        #expect(abs(Double(hinge.slopes[row * columns + column]) - expected) < 1e-5)
      }
    }
    #expect(abs(softmax.loss - softmaxLoss) < 1e-4)
    #expect(abs(hinge.loss - hingeLoss) < 1e-3 * max(1, hingeLoss))
  }

  @Test func `A row's product does not depend on the rows beside it`() {
    var random = RandomNumbers(seed: 3)
    let (rows, inner, columns) = (29, 500, 70)
    let a = random.floats(rows * inner)
    let b = random.floats(inner * columns)
    var packed = [Float](repeating: 0, count: firn_packed_count(inner, columns))
    firn_pack(b, columns, 1, inner, columns, &packed)
    for form in Self.forms {
      var together = [Float](repeating: 0, count: rows * columns)
      form.multiply(a, packed, into: &together, rows: rows, columns: columns, inner: inner)
      for row in 0..<rows {
        var alone = [Float](repeating: 0, count: columns)
        form.multiply(
          Array(a[row * inner..<(row + 1) * inner]), packed, into: &alone, rows: 1, columns: columns,
          inner: inner)
        #expect(alone == Array(together[row * columns..<(row + 1) * columns]))
      }
    }
  }

  @Test(arguments: [1, 384, 385])
  func `A product's activation is the function of its sums`(inner: Int) {
    var random = RandomNumbers(seed: UInt64(inner))
    let (rows, columns) = (13, 50)
    let (a, b) = (random.floats(rows * inner), random.floats(inner * columns))
    let (bias, held) = (random.floats(columns), random.floats(rows * columns))
    var packed = [Float](repeating: 0, count: firn_packed_count(inner, columns))
    firn_pack(b, columns, 1, inner, columns, &packed)
    for form in Self.forms {
      for activation in [form.relu, form.gelu, form.gelu_tanh, form.silu, form.tanh] {
        var (fused, apart) = (held, held)
        form.multiply(
          a, packed, bias, activation: activation, into: &fused, rows: rows, columns: columns, inner: inner)
        form.multiply(a, packed, bias, into: &apart, rows: rows, columns: columns, inner: inner)
        activation(&apart, apart.count)
        #expect(fused == apart)
      }
    }
  }

  /// Every kernel of one value, what the C library makes of it in double precision, and the largest error allowed.
  static let functions:
    [(
      name: String, kernel: @Sendable (firn_arithmetic, UnsafeMutablePointer<Float>, Int) -> Void,
      exact: @Sendable (Double) -> Double, bound: Double
    )] = [
      ("exp", { $0.exp($1, $2) }, { exp($0) / max(1, exp($0)) }, 2e-7),
      ("relu", { $0.relu($1, $2) }, { max($0, 0) }, 0),
      ("gelu", { $0.gelu($1, $2) }, { $0 * 0.5 * erfc(-$0 / 2.0.squareRoot()) }, 6e-7),
      (
        "gelu_tanh", { $0.gelu_tanh($1, $2) },
        { x in 0.5 * x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x))) }, 2e-6
      ),
      ("silu", { $0.silu($1, $2) }, { $0 / (1 + exp(-$0)) }, 2e-6),
      ("tanh", { $0.tanh($1, $2) }, { tanh($0) }, 3e-7),
    ]

  @Test(arguments: functions.map(\.name))
  func `Activations agree with each other and with the C library`(name: String) throws {
    let function = try #require(Self.functions.first { $0.name == name })
    let values = (-24_000...24_000).map { Float($0) / 2000 } + [0, -0.0, 1e-30, -1e-30, 1e-6]
    let results = agreeing(on: values) { function.kernel($0, $1, values.count) }
    for (value, result) in zip(values, results) {
      // eˣ is judged by its relative error where it is large.
      let scale = name == "exp" ? max(1, exp(Double(value))) : 1
      #expect(
        abs(Double(result) / scale - function.exact(Double(value))) <= function.bound,
        "\(name)(\(value)) = \(result)")
    }
  }

  @Test(arguments: [100, 1e10, 1e30] as [Float])
  func `Far from zero activations are their limits`(size: Float) {
    for form in Self.forms {
      for activation in [form.relu, form.gelu, form.gelu_tanh, form.silu] {
        var values = [size, -size]
        activation(&values, 2)
        #expect(values[0] == size)
        #expect(abs(values[1]) <= 1e-7)
      }
      var values = [size, -size]
      form.tanh(&values, 2)
      #expect(values == [1, -1])
    }
  }

  @Test func `Products of no rows, no columns or no inner dimension are none, or what was there`() {
    for form in Self.forms {
      var out: [Float] = [1, 2, 3]
      form.multiply([0], [0], into: &out, rows: 0, columns: 3, inner: 1)
      form.multiply([0], [0], into: &out, rows: 1, columns: 0, inner: 1)
      #expect(out == [1, 2, 3])
      form.multiply([0], [0], [4, 5, 6], into: &out, rows: 1, columns: 3, inner: 0)
      #expect(out == [5, 7, 9])
    }
  }

  @Test(arguments: [0, 1, 15, 16, 17, 40, 384])
  func `Values that reach one floor or their own are found in their order`(count: Int) {
    var random = RandomNumbers(seed: UInt64(count))
    for floor: Float in [-.infinity, -1, 0.5, 0.9, .infinity] {
      var values = random.floats(count)
      let floors = random.floats(count).map { $0 > 0.8 ? .infinity : $0 }
      for index in stride(from: 0, to: count, by: 5) { values[index] = floors[index] }
      let expected = values.indices.filter { values[$0] >= floor || values[$0] >= floors[$0] }.map(
        UInt32.init)
      for form in Self.forms {
        var places = [UInt32](repeating: 0, count: count)
        let found = form.find_reaching(values, floors, floor, count, &places)
        #expect(Array(places.prefix(found)) == expected)
      }
    }
  }

  @Test(arguments: [1, 3, 15, 16, 17, 40, 384])
  func `Softmax and layer normalisation agree`(columns: Int) {
    var random = RandomNumbers(seed: UInt64(columns))
    let rows = 5
    let values = random.floats(rows * columns, in: -9...9)
    let probabilities = agreeing(on: values) { $0.softmax($1, columns, rows, columns) }
    let (scale, shift) = (random.floats(columns), random.floats(columns))
    let normalized = agreeing(on: values) { $0.layer_norm($1, rows, columns, scale, shift, 1e-5) }
    for row in 0..<rows {
      let x = values[row * columns..<(row + 1) * columns].map(Double.init)
      let greatest = x.max() ?? 0
      let exponentials = x.map { exp($0 - greatest) }
      let total = exponentials.reduce(0, +)
      let mean = x.reduce(0, +) / Double(columns)
      let variance = x.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(columns)
      for column in 0..<columns {
        #expect(abs(Double(probabilities[row * columns + column]) - exponentials[column] / total) <= 1e-6)
        let exact =
          (x[column] - mean) / (variance + 1e-5).squareRoot() * Double(scale[column]) + Double(shift[column])
        #expect(abs(Double(normalized[row * columns + column]) - exact) <= 5e-6)
      }
    }
  }
}

extension firn_arithmetic {
  /// out ← left·right, or out + bias + left·right where there is a bias.
  fileprivate func multiply(
    _ left: [Float], _ packed: [Float], _ bias: [Float]? = nil, activation: firn_activation? = nil,
    into out: UnsafeMutablePointer<Float>, rows: Int, columns: Int, inner: Int
  ) {
    func run(_ bias: UnsafePointer<Float>?) {
      left.withUnsafeBufferPointer { left in
        packed.withUnsafeBufferPointer { packed in
          guard let left = left.baseAddress, let packed = packed.baseAddress else { return }
          var product = firn_product(
            left: left, left_stride: inner, left_transposed: false, packed: packed, bias: bias,
            activation: activation, accumulate: bias != nil, out: out, out_stride: columns, rows: rows,
            columns: columns, inner: inner)
          multiply(&product)
        }
      }
    }
    if let bias { bias.withUnsafeBufferPointer { run($0.baseAddress) } } else { run(nil) }
  }
}
