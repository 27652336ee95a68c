// The kernels for x86 with AVX-512 and its VNNI, which multiplies integers and adds in one.
#ifdef __x86_64__
#include <immintrin.h>
#define FORM(name) firn_avx512vnni_##name
#define TILE_ROWS 12
#define TILE_PANELS 2
#define SCAN_QUERIES 4
#define SCAN_GROUPS 2
#define TABLE_COPIES 4
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,avx512vnni,avx2,fma"))), apply_to = function)
#include "lanes.inc"

INLINE integer_lanes add_pair_products(integer_lanes a, integer_lanes b, integer_lanes c) {
  return (integer_lanes)_mm512_dpwssd_epi32((__m512i)c, (__m512i)a, (__m512i)b);
}

// Σ a·b of the four bytes in a lane, unsigned by signed.
INLINE integer_lanes add_four_products(integer_lanes a, integer_lanes b, integer_lanes c) {
  return (integer_lanes)_mm512_dpbusd_epi32((__m512i)c, (__m512i)a, (__m512i)b);
}

#define HAS_BYTE_PRODUCTS
#include "avx512.inc"
#include "arithmetic.inc"
#pragma clang attribute pop
#endif
