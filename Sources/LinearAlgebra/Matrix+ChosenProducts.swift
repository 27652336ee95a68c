internal import CKernels

extension Matrix<Float> {
  /// The products of the rows at `indices`, which lie below 2³², with a query of as many values as there are columns.
  public func products(ofRows indices: [UInt32], with query: ArraySlice<Float>) -> [Float] {
    precondition(query.count == columns, "a query is as long as the rows")
    precondition(indices.allSatisfy { $0 < rows }, "rows lie inside their matrix")
    return [Float](unsafeUninitializedCapacity: indices.count) { out, initialized in
      elements.withUnsafeBufferPointer { elements in
        query.withUnsafeBufferPointer { query in
          guard let elements = elements.baseAddress, let query = query.baseAddress, let out = out.baseAddress
          else {
            return
          }
          firn_arithmetic().pointee.chosen_products(elements, columns, indices, indices.count, query, out)
          initialized = indices.count
        }
      }
    }
  }
}
