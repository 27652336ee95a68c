// The kernels for x86 with AVX2 and FMA: a tile of 6 × 16 fills 12 of the 16 registers.
#ifdef __x86_64__
#include <immintrin.h>
#define FORM(name) firn_avx2_##name
#define TILE_ROWS 6
#define TILE_PANELS 1
#define SCAN_QUERIES 1
#define SCAN_GROUPS 1
#define TABLE_COPIES 1
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "lanes.inc"

INLINE integer_lanes add_pair_products(integer_lanes a, integer_lanes b, integer_lanes c) {
  half_lanes low = (half_lanes)_mm256_madd_epi16((__m256i)a.lo, (__m256i)b.lo);
  half_lanes high = (half_lanes)_mm256_madd_epi16((__m256i)a.hi, (__m256i)b.hi);
  low += c.lo;
  high += c.hi;
  // Whole numbers may be added in any order, and the compiler would find one that needs more registers than there are.
  __asm__("" : "+x"(low), "+x"(high));
  c.lo = low;
  c.hi = high;
  return c;
}

INLINE code_lanes look_up(const uint8_t *table, code_lanes codes) {
  const __m256i both = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)table));
  __m256i halves[2];
  memcpy(halves, &codes, sizeof halves);
  halves[0] = _mm256_shuffle_epi8(both, halves[0]);
  halves[1] = _mm256_shuffle_epi8(both, halves[1]);
  memcpy(&codes, halves, sizeof codes);
  return codes;
}

INLINE uint32_t reaching(sum_lanes sums, uint16_t least) {
  __m256i halves[2];
  memcpy(halves, &sums, sizeof halves);
  const __m256i floor = _mm256_set1_epi16((short)least);
  halves[0] = _mm256_cmpeq_epi16(_mm256_max_epu16(halves[0], floor), halves[0]);
  halves[1] = _mm256_cmpeq_epi16(_mm256_max_epu16(halves[1], floor), halves[1]);
  // Packing works in halves of a register, which are put in order behind it.
  const __m256i bytes = _mm256_permute4x64_epi64(_mm256_packs_epi16(halves[0], halves[1]), 0xd8);
  return (uint32_t)_mm256_movemask_epi8(bytes);
}

#include "arithmetic.inc"
#pragma clang attribute pop
#endif
