import CKernels
import LinearAlgebra
import Testing

/// Products in 16-bit integers, held against sums of whole numbers and against products in double precision.
struct IntegerProductTests {
  @Test(arguments: [1, 2, 5, 6, 7, 12, 13, 25])
  func `Every form adds up the same whole numbers, whatever the shape`(rows: Int) throws {
    for columns in [1, 15, 16, 17, 32, 33, 50] {
      for inner in [1, 2, 15, 384, 385, 800] {
        var random = RandomNumbers(seed: UInt64(rows * 1000 + columns * 10 + inner))
        let (a, b) = (random.floats(rows * inner), random.floats(inner * columns))
        let (bias, held) = (random.floats(columns), random.floats(rows * columns))
        let products = KernelFormTests.forms.map { form in
          var out = held
          IntegerProblem(a, b, rows: rows, columns: columns, inner: inner, form: form)
            .multiply(plus: bias, into: &out, form: form)
          return out
        }
        for product in products.dropFirst() {
          #expect(product.map(\.bitPattern) == products[0].map(\.bitPattern))
        }
        for (form, product) in zip(KernelFormTests.forms, products) {
          var (fused, apart) = (held, product)
          IntegerProblem(a, b, rows: rows, columns: columns, inner: inner, form: form)
            .multiply(plus: bias, activation: form.gelu, into: &fused, form: form)
          form.gelu(&apart, apart.count)
          #expect(fused == apart)
        }
        let problem = IntegerProblem(
          a, b, rows: rows, columns: columns, inner: inner, form: try #require(KernelFormTests.forms.first))
        for i in 0..<rows {
          for j in 0..<columns {
            let exact = problem.exact(i, j) + Double(bias[j]) + Double(held[i * columns + j])
            #expect(abs(Double(products[0][i * columns + j]) - exact) <= 1e-5 * max(1, abs(exact)))
          }
        }
      }
    }
  }

  @Test func `No sum overflows, though every factor is the greatest there is`() {
    for (a, b) in [(Float(1), Float(1)), (-1, 1), (3e30, -3e-30)] {
      let inner = 768
      let left = Matrix(rows: 1, columns: inner, filledWith: a)
      let right = packed(Matrix(rows: inner, columns: 3, filledWith: b))
      var quantized = QuantizedRows(rows: 1, columns: inner)
      quantized.fill(from: left, rows: 0..<1)
      var product = Matrix<Float>(rows: 1, columns: 3)
      right.multiply(quantized, plus: [0, 0, 0], into: &product, rows: 0..<1)
      let exact = Double(inner) * Double(a) * Double(b)
      for value in product.elements { #expect(abs(Double(value) / exact - 1) < 1e-3) }
    }
  }

  @Test func `One heavy value among light ones costs the light ones little`() {
    var random = RandomNumbers(seed: 12)
    let (inner, columns) = (384, 20)
    var a = random.floats(inner)
    a[7] = 40
    let b = random.floats(inner * columns)
    let right = packed(Matrix(rows: inner, columns: columns, elements: b))
    var quantized = QuantizedRows(rows: 1, columns: inner)
    quantized.fill(from: Matrix(rows: 1, columns: inner, elements: a), rows: 0..<1)
    var product = Matrix<Float>(rows: 1, columns: columns)
    right.multiply(
      quantized, plus: [Float](repeating: 0, count: columns), into: &product, rows: 0..<1)
    for j in 0..<columns {
      let exact = (0..<inner).reduce(0.0) { $0 + Double(a[$1]) * Double(b[$1 * columns + j]) }
      // Half a unit of the heavy value's factor is 0.03; the errors of the others are independent and small.
      #expect(abs(Double(product[0, j]) - exact) <= 0.07)
    }
  }

  @Test func `Zeros and the least values there are give zeros`() {
    for value: Float in [0, -0.0, .leastNonzeroMagnitude, .leastNormalMagnitude] {
      var quantized = QuantizedRows(rows: 1, columns: 5)
      quantized.fill(from: Matrix(rows: 1, columns: 5, filledWith: value), rows: 0..<1)
      var product = Matrix<Float>(rows: 1, columns: 2)
      packed(Matrix(rows: 5, columns: 2, filledWith: 1))
        .multiply(quantized, plus: [0.5, -0.5], into: &product, rows: 0..<1)
      #expect(product.elements == [0.5, -0.5])
    }
  }
}

private func packed(_ matrix: Matrix<Float>) -> QuantizedMatrix {
  QuantizedMatrix(rows: matrix.rows, columns: matrix.columns) { column, values in
    for row in values.indices { values[row] = matrix[row, column] }
  }
}

/// Quantised factors, as the kernels take them.
private struct IntegerProblem {
  let rows: Int
  let columns: Int
  /// Even.
  let inner: Int
  private var left: [Int16]
  private var leftScales: [Float]
  private var packed: [Int16]
  private var columnScales: [Float]

  init(_ a: [Float], _ b: [Float], rows: Int, columns: Int, inner: Int, form: firn_arithmetic) {
    (self.rows, self.columns, self.inner) = (rows, columns, inner + inner % 2)
    left = [Int16](repeating: 0, count: rows * self.inner)
    leftScales = [Float](repeating: 0, count: rows)
    packed = [Int16](repeating: 0, count: firn_packed_count(self.inner, columns))
    columnScales = [Float](repeating: 0, count: columns)
    form.quantize(a, inner, rows, inner, &left, self.inner, &leftScales)
    for j in 0..<columns {
      let column = (0..<inner).map { b[$0 * columns + j] }
      columnScales[j] = firn_pack_integers(column, inner, j, &packed)
    }
  }

  /// The element of the product of the quantised factors.
  func exact(_ i: Int, _ j: Int) -> Double {
    var total = 0
    for k in 0..<inner {
      let place = j / 16 * 16 * inner + k / 2 * 32 + j % 16 * 2 + k % 2
      total += Int(left[i * inner + k]) * Int(packed[place])
    }
    return Double(total) * Double(leftScales[i]) * Double(columnScales[j])
  }

  func multiply(
    plus bias: [Float], activation: firn_activation? = nil, into out: inout [Float], form: firn_arithmetic
  ) {
    left.withUnsafeBufferPointer { left in
      packed.withUnsafeBufferPointer { packed in
        bias.withUnsafeBufferPointer { bias in
          leftScales.withUnsafeBufferPointer { leftScales in
            columnScales.withUnsafeBufferPointer { columnScales in
              out.withUnsafeMutableBufferPointer { out in
                guard let left = left.baseAddress, let packed = packed.baseAddress, let out = out.baseAddress,
                  let leftScale = leftScales.baseAddress, let columnScale = columnScales.baseAddress
                else { return }
                var product = firn_integer_product(
                  left: left, left_stride: inner, left_scale: leftScale, packed: packed,
                  column_scale: columnScale, bias: bias.baseAddress, activation: activation, accumulate: true,
                  out: out, out_stride: columns, rows: rows, columns: columns, inner: inner)
                form.multiply_integers(&product)
              }
            }
          }
        }
      }
    }
  }
}
