import CKernels
import Foundation
import Testing

/// Attention, held against softmax(Q·Kᵀ)·V in double precision.
struct AttentionTests {
  @Test(arguments: [1, 2, 15, 16, 17, 40, 100, 400], [1, 4, 8, 32, 40])
  func `Every form agrees with double precision and with each other`(tokens: Int, headSize: Int) {
    let heads = 3
    let width = heads * headSize
    var random = RandomNumbers(seed: UInt64(tokens * 100 + headSize))
    let qkv = random.floats(tokens * 3 * width, in: -1.5...1.5)
    let outputs = KernelFormTests.forms.map { form in
      var out = [Float](repeating: .nan, count: tokens * width)
      var scratch = [Float](repeating: .nan, count: firn_attention_scratch(tokens, headSize))
      form.attention(qkv, tokens, heads, headSize, &out, &scratch)
      return out
    }
    for other in outputs.dropFirst() {
      #expect(other.map(\.bitPattern) == outputs[0].map(\.bitPattern))
    }
    func value(_ part: Int, _ token: Int, _ head: Int, _ d: Int) -> Double {
      Double(qkv[token * 3 * width + part * width + head * headSize + d])
    }
    for head in 0..<heads {
      for query in 0..<tokens {
        let scores = (0..<tokens).map { key in
          (0..<headSize).reduce(0.0) { $0 + value(0, query, head, $1) * value(1, key, head, $1) }
        }
        let greatest = scores.max() ?? 0
        let shares = scores.map { exp($0 - greatest) }
        let total = shares.reduce(0, +)
        for d in 0..<headSize {
          let exact = (0..<tokens).reduce(0.0) { $0 + shares[$1] / total * value(2, $1, head, d) }
          #expect(abs(Double(outputs[0][query * width + head * headSize + d]) - exact) <= 5e-6)
        }
      }
    }
  }
}
