#include "digests.h"

#include <stdlib.h>
#include <string.h>

enum { polynomial = 0x82f63b78 };  // Castagnoli's, lowest bit = highest power

// table[k][b] is the CRC of the byte b followed by k zero bytes.
static uint32_t table[8][256];

__attribute__((constructor)) static void fill_table(void) {
  for (uint32_t b = 0; b < 256; b++) {
    uint32_t crc = b;
    for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (crc & 1 ? polynomial : 0);
    table[0][b] = crc;
  }
  for (int k = 1; k < 8; k++)
    for (uint32_t b = 0; b < 256; b++) table[k][b] = table[k - 1][b] >> 8 ^ table[0][table[k - 1][b] & 0xff];
}

// Eight bytes a step, each through the table of its distance to the end of the step.
uint32_t firn_crc32c_portable(uint32_t crc, const uint8_t *bytes, size_t count) {
  crc = ~crc;
  for (; count >= 8; count -= 8, bytes += 8) {
    crc = table[7][(crc ^ bytes[0]) & 0xff] ^ table[6][(crc >> 8 ^ bytes[1]) & 0xff] ^
          table[5][(crc >> 16 ^ bytes[2]) & 0xff] ^ table[4][(crc >> 24 ^ bytes[3]) & 0xff] ^
          table[3][bytes[4]] ^ table[2][bytes[5]] ^ table[1][bytes[6]] ^ table[0][bytes[7]];
  }
  for (; count > 0; count--, bytes++) crc = crc >> 8 ^ table[0][(crc ^ *bytes) & 0xff];
  return ~crc;
}

#if defined(__x86_64__)
#include <immintrin.h>

bool firn_crc32c_has_sse42(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("pclmul");
}

__attribute__((target("sse4.2"))) static inline uint64_t step(uint64_t crc, const uint8_t *bytes) {
  uint64_t word;
  memcpy(&word, bytes, sizeof word);
  return _mm_crc32_u64(crc, word);
}

// The CRC after as many zero bytes as `power` says: a product with x^(8 bytes - 33), brought back below 2^32 by the CRC
// instruction, which itself multiplies by x^32; the product of two reflected numbers lends the last x.
__attribute__((target("sse4.2,pclmul"))) static inline uint64_t after_zeros(uint64_t crc, uint32_t power) {
  __m128i product = _mm_clmulepi64_si128(_mm_cvtsi64_si128((long long)crc), _mm_cvtsi32_si128((int)power), 0);
  return _mm_crc32_u64(0, (uint64_t)_mm_cvtsi128_si64(product));
}

// The instruction takes three cycles but one can start each cycle: three lanes run side by side and are joined.
__attribute__((target("sse4.2,pclmul"))) uint32_t firn_crc32c_sse42(uint32_t crc, const uint8_t *bytes,
                                                                    size_t count) {
  enum { lane = 512 };                                                   // a third of a vector of 384 floats
  const uint32_t after_one_lane = 0xdd7e3b0c, after_two_lanes = 0x170076fa;  // x^(8·512 - 33), x^(8·1024 - 33)
  uint64_t a = ~crc;
  for (; count >= 3 * lane; count -= 3 * lane, bytes += 3 * lane) {
    uint64_t b = 0, c = 0;
    for (size_t i = 0; i < lane; i += 8) {
      a = step(a, bytes + i);
      b = step(b, bytes + lane + i);
      c = step(c, bytes + 2 * lane + i);
    }
    a = after_zeros(a, after_two_lanes) ^ after_zeros(b, after_one_lane) ^ c;
  }
  for (; count >= 8; count -= 8, bytes += 8) a = step(a, bytes);
  for (; count > 0; count--, bytes++) a = _mm_crc32_u8((uint32_t)a, *bytes);
  return ~(uint32_t)a;
}
#endif

static uint32_t (*chosen)(uint32_t, const uint8_t *, size_t) = firn_crc32c_portable;

__attribute__((constructor)) static void choose(void) {
  const char *forced = getenv("FIRN_KERNELS");
  if (forced && strcmp(forced, "portable") == 0) return;
#if defined(__x86_64__)
  if (firn_crc32c_has_sse42()) chosen = firn_crc32c_sse42;
#endif
}

uint32_t firn_crc32c(uint32_t crc, const uint8_t *bytes, size_t count) { return chosen(crc, bytes, count); }
