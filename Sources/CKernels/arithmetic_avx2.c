// The float kernels for x86 with AVX2 and FMA: a tile of 6 × 16 fills 12 of the 16 registers.
#ifdef __x86_64__
#define FORM(name) firn_avx2_##name
#define TILE_ROWS 6
#define TILE_PANELS 1
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "arithmetic.inc"
#pragma clang attribute pop
#endif
