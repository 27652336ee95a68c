import Search
import Testing

/// Reciprocal rank fusion, by the sums of its definition.
struct RankFusionTests {
  @Test func `A row's score is the sum of its reciprocal ranks`() {
    let fused = RankFusion([[7, 3, 5], [5, 9, 7]]).rows
    #expect(
      fused.map(\.row) == [7, 5, 3, 9].sorted { score($0) == score($1) ? $0 < $1 : score($0) > score($1) })
    for row in fused { #expect(abs(row.score - score(row.row)) < 1e-15) }
    #expect(fused.first { $0.row == 3 }?.ranks == [2, nil])
    #expect(fused.first { $0.row == 7 }?.ranks == [1, 3])
  }

  private func score(_ row: Int) -> Double {
    [7: 1.0 / 61 + 1.0 / 63, 3: 1.0 / 62, 5: 1.0 / 63 + 1.0 / 61, 9: 1.0 / 62][row] ?? .nan
  }

  @Test func `Of equal scores the earlier row comes first, and a constant weighs first ranks`() {
    #expect(RankFusion([[9, 1], [2, 4]]).rows.map(\.row) == [2, 9, 1, 4])
    // One first rank against two seconds: with a small constant the first wins, with a large one both seconds do.
    let rankings = [[1, 2], [3, 2], [1]]
    #expect(RankFusion(rankings, constant: 0).rows.map(\.row) == [1, 2, 3])
    #expect(RankFusion([[1, 2], [3, 2]], constant: 0.5).rows.map(\.row) == [2, 1, 3])
    #expect(RankFusion([[1, 2], [3, 2]], constant: 0).rows.map(\.score) == [1, 1, 1])
    #expect(RankFusion([]).rows.isEmpty && RankFusion([[], []]).rows.isEmpty)
  }
}
