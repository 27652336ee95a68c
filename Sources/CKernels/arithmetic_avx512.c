// The float kernels for x86 with AVX-512: a tile of 12 × 32 fills 24 of the 32 registers.
#ifdef __x86_64__
#define FORM(name) firn_avx512_##name
#define TILE_ROWS 12
#define TILE_PANELS 2
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,avx2,fma"))), apply_to = function)
#include "arithmetic.inc"
#pragma clang attribute pop
#endif
