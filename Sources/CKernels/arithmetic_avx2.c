// The kernels for x86 with AVX2 and FMA: a tile of 6 × 16 fills 12 of the 16 registers.
#ifdef __x86_64__
#include <immintrin.h>
#define FORM(name) firn_avx2_##name
#define TILE_ROWS 6
#define TILE_PANELS 1
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

#include "arithmetic.inc"
#pragma clang attribute pop
#endif
