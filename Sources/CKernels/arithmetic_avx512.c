// The kernels for x86 with AVX-512: a tile of 12 × 32 fills 24 of the 32 registers.
#ifdef __x86_64__
#include <immintrin.h>
#define FORM(name) firn_avx512_##name
#define TILE_ROWS 12
#define TILE_PANELS 2
#define SCAN_QUERIES 4
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,avx2,fma"))), apply_to = function)
#include "lanes.inc"

INLINE integer_lanes add_pair_products(integer_lanes a, integer_lanes b, integer_lanes c) {
  c += (integer_lanes)_mm512_madd_epi16((__m512i)a, (__m512i)b);
  __asm__("" : "+v"(c));  // see the form for AVX2
  return c;
}

INLINE code_lanes look_up(const uint8_t *table, code_lanes codes) {
  const __m512i all = _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)table));
  return (code_lanes)_mm512_shuffle_epi8(all, (__m512i)codes);
}

INLINE uint32_t reaching(sum_lanes sums, uint16_t least) {
  return _mm512_cmpge_epu16_mask((__m512i)sums, _mm512_set1_epi16((short)least));
}

#include "arithmetic.inc"
#pragma clang attribute pop
#endif
