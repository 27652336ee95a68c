import CKernels
import LinearAlgebra
import Testing

/// What is done with rows of bytes: every form of the kernels does the same, and what is said of it in other words.
struct ByteKernelTests {
  @Test(arguments: [1, 3, 4, 9], [32, 64, 384])
  func `Products of bytes are exact`(rows: Int, stride: Int) {
    var random = RandomNumbers(seed: UInt64(rows * stride))
    let bytes = random.floats(rows * stride, in: -127...127).map { Int8($0.rounded()) }
    let query = random.floats(stride, in: -32_767...32_767).map { Int16($0.rounded()) }
    let exact = (0..<rows).map { row in
      zip(bytes[row * stride..<(row + 1) * stride], query).reduce(into: Int32(0)) { sum, pair in
        sum += Int32(pair.0) * Int32(pair.1)
      }
    }
    for form in KernelFormTests.forms {
      var out = [Int32](repeating: 0, count: rows)
      form.byte_products(bytes, rows, stride, query, &out)
      #expect(out == exact)
      let chosen = (0..<20).map { UInt32($0 * $0 % rows) }
      var products = [Int32](repeating: 0, count: chosen.count)
      form.chosen_byte_products(bytes, stride, chosen, chosen.count, query, &products)
      #expect(products == chosen.map { exact[Int($0)] })
    }
  }

  @Test(arguments: [1, 2, 5, 6, 7, 12, 13, 25], [4, 32, 384])
  func `Products of many rows of bytes with many are exact`(rows: Int, inner: Int) {
    var random = RandomNumbers(seed: UInt64(rows * inner))
    for columns in [1, 15, 16, 17, 33] {
      // Where all are the greatest the sums are as well.
      let most: Float = columns == 17 ? 127 : .random(in: 1...127, using: &random)
      let left = random.floats(rows * inner, in: -127...127).map { Int8(columns == 17 ? most : $0.rounded()) }
      let right = random.floats(columns * inner, in: -most...most).map {
        Int8(columns == 17 ? -most : $0.rounded())
      }
      let width = (columns + 15) / 16 * 16
      var packed = [UInt8](repeating: 0, count: width * inner)
      firn_pack_bytes(right, columns, inner, &packed)
      let first = (0..<rows).map { row in
        left[row * inner..<(row + 1) * inner].reduce(Int32(0)) { $0 - 128 * Int32($1) }
      }
      for form in KernelFormTests.forms {
        var out = [Int32](repeating: .max, count: rows * width)
        left.withUnsafeBufferPointer { left in
          first.withUnsafeBufferPointer { first in
            packed.withUnsafeBufferPointer { packed in
              out.withUnsafeMutableBufferPointer { out in
                guard let left = left.baseAddress, let first = first.baseAddress,
                  let packed = packed.baseAddress, let out = out.baseAddress
                else { return }
                var product = firn_byte_product(
                  left: left, first: first, packed: packed, out: out, out_stride: width, rows: rows,
                  columns: width, inner: inner)
                form.multiply_bytes(&product)
              }
            }
          }
        }
        for row in 0..<rows {
          for column in 0..<width {
            let exact = (0..<inner).reduce(Int32(0)) { sum, k in
              sum + (column < columns ? Int32(left[row * inner + k]) * Int32(right[column * inner + k]) : 0)
            }
            #expect(out[row * width + column] == exact)
          }
        }
      }
    }
  }

  @Test(arguments: [(127, 127), (-127, 127), (127, -127)] as [(Float, Float)])
  func `The longest rows of the greatest bytes have room`(left: Float, right: Float) {
    let values = PackedBytes.mostValues
    func rows(_ value: Float) -> ByteRows {
      ByteRows(Matrix(rows: 3, columns: values, filledWith: value), threads: Threads(1))
    }
    let products = PackedBytes(rows(right)).products(0..<3, of: rows(left))
    let exact = Int32(values) * Int32(left) * Int32(right)
    #expect((0..<3).allSatisfy { products.row($0).elementsEqual([exact, exact, exact]) })
  }

  @Test(arguments: [1, 7, 8, 9, 15, 16, 17, 40], [false, true])
  func `Bounds that reach a floor are found, and those that are no numbers`(count: Int, hasSides: Bool) {
    var random = RandomNumbers(seed: UInt64(count))
    let products = random.floats(count, in: -1000...1000).map { Int32($0) }
    var (scales, rests) = (random.floats(count), random.floats(count))
    scales[count / 2] = .nan
    let (slopes, offsets) = (random.floats(count).map { Double($0) }, random.floats(count).map { Double($0) })
    let floors = random.floats(count)
    for hasFloors in [false, true] {
      let beyond = (0..<count).map { row in
        let bound = Double(scales[row]) * 0.01 * Double(products[row]) + (Double(rests[row]) * 0.5 + 0.25)
        return (hasSides ? bound * slopes[row] + offsets[row] : bound) - 1
          - (hasFloors ? Double(floors[row]) : 0)
      }
      for form in KernelFormTests.forms {
        let bounds = Bounds(
          products: products, scales: scales, rests: rests, slopes: hasSides ? slopes : [],
          offsets: hasSides ? offsets : [], floors: hasFloors ? floors : [])
        let found = Set(bounds.find(by: form))
        // Floats may err by what a bound has room for.
        let sure = (0..<count).filter { !(beyond[$0] < (hasSides ? 0 : 2e-6)) }
        let possible = (0..<count).filter { !(beyond[$0] < (hasSides ? 0 : -2e-6)) }
        #expect(found.isSuperset(of: sure) && found.isSubset(of: possible))
        #expect(bounds.find(by: form) == bounds.find(by: KernelFormTests.forms[0]))
      }
    }
  }

  /// Bounds by a share of 0.5, a base of 0.25 and a scale of 0.01, which are to reach 1.
  private struct Bounds {
    let products: [Int32]
    let scales, rests: [Float]
    let slopes, offsets: [Double]
    let floors: [Float]

    func find(by form: firn_arithmetic) -> [Int] {
      var (places, found) = ([UInt32](repeating: 0, count: products.count), 0)
      products.withUnsafeBufferPointer { products in
        scales.withUnsafeBufferPointer { scales in
          rests.withUnsafeBufferPointer { rests in
            slopes.withUnsafeBufferPointer { slopes in
              offsets.withUnsafeBufferPointer { offsets in
                floors.withUnsafeBufferPointer { floors in
                  guard let own = products.baseAddress, let scales = scales.baseAddress,
                    let rests = rests.baseAddress
                  else { return }
                  var bound = firn_bound(
                    products: own, scales: scales, rests: rests,
                    slopes: slopes.isEmpty ? nil : slopes.baseAddress,
                    offsets: offsets.isEmpty ? nil : offsets.baseAddress,
                    floors: floors.isEmpty ? nil : floors.baseAddress, scale: 0.01, share: 0.5, base: 0.25,
                    floor: 1)
                  found = form.find_bounded(&bound, products.count, &places)
                }
              }
            }
          }
        }
      }
      return places[..<found].map { Int($0) }
    }
  }

  @Test(arguments: [1, 7, 8, 16, 17, 384])
  func `Rows become bytes, and what these leave out is known`(columns: Int) {
    var random = RandomNumbers(seed: UInt64(columns))
    let rows = 5
    var values = random.floats(rows * columns)
    // A row of zeros and one of values too small for a scale.
    for column in 0..<columns { (values[column], values[columns + column]) = (0, 0x1p-140) }
    var results: [(bytes: [Int8], scales: [Float], residuals: [Double])] = []
    for form in KernelFormTests.forms {
      var bytes = [Int8](repeating: 0, count: rows * columns)
      var (scales, residuals) = (
        [Float](repeating: .nan, count: rows), [Double](repeating: .nan, count: rows)
      )
      form.quantize_bytes(values, rows, columns, &bytes, columns, &scales, &residuals)
      results.append((bytes, scales, residuals))
    }
    #expect(results.allSatisfy { $0 == results[0] })
    for row in 0..<rows {
      let (own, scale) = (values[row * columns..<(row + 1) * columns], Double(results[0].scales[row]))
      let rest = zip(own, results[0].bytes[row * columns..<(row + 1) * columns]).map {
        Double($0) - scale * Double($1)
      }
      #expect(rest.allSatisfy { abs($0) <= scale * 0.5001 + 1e-36 })
      let norm = rest.reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(abs(results[0].residuals[row] - norm) <= 1e-9 * norm + 1e-300)
    }
  }
}
