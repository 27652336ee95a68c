import CKernels

/// Makes a ``SHA256Digest`` of bytes that come in pieces (FIPS 180-4).
///
/// Pieces leave no trace of where one ends: whoever digests several strings in a row writes their lengths as well.
public struct SHA256: Sendable {
  private var state: InlineArray<8, UInt32> = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  /// The bytes that do not fill a block yet: the first `length % 64`.
  private var block = InlineArray<64, UInt8>(repeating: 0)
  private var length: UInt64 = 0

  /// A hasher that has seen nothing.
  public init() {}

  /// Takes `bytes` in.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes[...]
    let waiting = Int(length % 64)
    length += UInt64(bytes.count)
    if waiting > 0 {
      let piece = rest.prefix(64 - waiting)
      copy(piece, toBlockAt: waiting)
      guard waiting + piece.count == 64 else { return }
      digestBlock()
      rest = rest.dropFirst(piece.count)
    }
    digestBlocks(UnsafeRawBufferPointer(rebasing: rest.prefix(rest.count & ~63)))
    copy(rest.suffix(rest.count % 64), toBlockAt: 0)
  }

  /// Takes `bytes` in.
  public mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { update($0) }
  }

  /// Takes the UTF-8 bytes of `text` in, without its length.
  public mutating func update(_ text: String) {
    var text = text
    text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
  }

  /// Takes `number` in as eight little-endian bytes, whatever its type.
  @inlinable
  public mutating func update(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: UInt64(truncatingIfNeeded: number).littleEndian) { update($0) }
  }

  /// The digest of all that came in.
  public consuming func finalize() -> SHA256Digest {
    let bits = length << 3
    let padding = 1 + (119 - Int(length % 64)) % 64
    update([0x80] + [UInt8](repeating: 0, count: padding - 1))
    withUnsafeBytes(of: bits.bigEndian) { update($0) }
    return SHA256Digest(words: [
      UInt64(state[0]) << 32 | UInt64(state[1]), UInt64(state[2]) << 32 | UInt64(state[3]),
      UInt64(state[4]) << 32 | UInt64(state[5]), UInt64(state[6]) << 32 | UInt64(state[7]),
    ])
  }

  private mutating func copy(_ piece: Slice<UnsafeRawBufferPointer>, toBlockAt offset: Int) {
    for (index, byte) in piece.enumerated() { block[offset + index] = byte }
  }

  private mutating func digestBlock() {
    let full = block
    withUnsafeBytes(of: full) { digestBlocks($0) }
  }

  private mutating func digestBlocks(_ blocks: UnsafeRawBufferPointer) {
    guard let first = blocks.baseAddress, !blocks.isEmpty else { return }
    withUnsafeMutableBytes(of: &state) {
      firn_sha256_blocks(
        $0.assumingMemoryBound(to: UInt32.self).baseAddress, first.assumingMemoryBound(to: UInt8.self),
        blocks.count / 64)
    }
  }
}

extension SHA256Digest {
  /// The digest of `bytes`.
  public init(of bytes: UnsafeRawBufferPointer) {
    var hasher = SHA256()
    hasher.update(bytes)
    self = hasher.finalize()
  }

  /// The digest of `bytes`.
  public init(of bytes: [UInt8]) {
    self = bytes.withUnsafeBytes { SHA256Digest(of: $0) }
  }

  /// The digest of the UTF-8 bytes of `text`.
  public init(of text: String) {
    var hasher = SHA256()
    hasher.update(text)
    self = hasher.finalize()
  }
}
