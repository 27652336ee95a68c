internal import CKernels

/// Multi-head self-attention over texts packed one behind the other (Vaswani et al. 2017).
public struct Attention: Sendable {
  /// How many heads share the width.
  public let heads: Int
  /// How many values a head has.
  public let headSize: Int
  private var scratch: [Float]

  /// Attention of `heads` × `headSize`, with scratch for texts of up to `maximumTokens`.
  public init(heads: Int, headSize: Int, maximumTokens: Int) {
    self.heads = heads
    self.headSize = headSize
    scratch = [Float](repeating: 0, count: firn_attention_scratch(maximumTokens, headSize))
  }

  /// output[rows] ← softmax(Q·Kᵀ)·V for the one text whose tokens stand in `rows`.
  ///
  /// Shapes: queriesKeysValues [· × 3·heads·headSize], the queries already scaled by 1/√headSize;
  /// output [· × heads·headSize].
  public mutating func attend(
    _ queriesKeysValues: Matrix<Float>, rows: Range<Int>, into output: inout Matrix<Float>
  ) {
    let width = heads * headSize
    precondition(queriesKeysValues.columns == 3 * width && output.columns == width)
    precondition(rows.lowerBound >= 0 && rows.upperBound <= min(queriesKeysValues.rows, output.rows))
    precondition(firn_attention_scratch(rows.count, headSize) <= scratch.count, "scratch fits the text")
    let (heads, headSize) = (heads, headSize)
    queriesKeysValues.elements.withUnsafeBufferPointer { input in
      output.elements.withUnsafeMutableBufferPointer { output in
        guard let input = input.baseAddress, let output = output.baseAddress else { return }
        firn_arithmetic().pointee.attention(
          input + rows.lowerBound * 3 * width, rows.count, heads, headSize, output + rows.lowerBound * width,
          &scratch)
      }
    }
  }
}
