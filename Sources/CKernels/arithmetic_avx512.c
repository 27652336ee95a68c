// The kernels for x86 with AVX-512: a tile of 12 × 32 fills 24 of the 32 registers.
#ifdef __x86_64__
#include <immintrin.h>
#define FORM(name) firn_avx512_##name
#define TILE_ROWS 12
#define TILE_PANELS 2
#define SCAN_QUERIES 4
#define SCAN_GROUPS 2
#define TABLE_COPIES 4
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,avx2,fma"))), apply_to = function)
#include "lanes.inc"

INLINE integer_lanes add_pair_products(integer_lanes a, integer_lanes b, integer_lanes c) {
  c += (integer_lanes)_mm512_madd_epi16((__m512i)a, (__m512i)b);
  __asm__("" : "+v"(c));  // see the form for AVX2
  return c;
}

#include "avx512.inc"
#include "arithmetic.inc"
#pragma clang attribute pop
#endif
