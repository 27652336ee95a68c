// Exact sums of products of whole numbers, by the multiply-adds of 52 bits that some processors have (AVX-512 IFMA): one gives
// the lower 52 bits of a product, one those above.
#include "include/arithmetic.h"

#ifdef __x86_64__
#include <immintrin.h>
#include <string.h>

#define WITH_IFMA __attribute__((target("avx512f,avx512dq,avx512vl,avx512ifma")))

bool firn_multiplies_wholes(void) {
  const struct firn_arithmetic *chosen = firn_arithmetic();
  return (chosen == firn_arithmetic_form(firn_avx512) || chosen == firn_arithmetic_form(firn_avx512vnni)) &&
         __builtin_cpu_supports("avx512ifma");
}

WITH_IFMA void firn_pack_wholes(const float *x, size_t rows, size_t columns, double scale, uint64_t *packed,
                                uint64_t *sums) {
  // Adding this number leaves no room for a fraction, and the whole number in the last bits.
  const __m512d rounder = _mm512_set1_pd(0x1.8p52), factor = _mm512_set1_pd(scale);
  const __m512i offset = _mm512_sub_epi64(_mm512_set1_epi64(firn_whole_offset), _mm512_castpd_si512(rounder));
  for (size_t column = 0; column < columns; column += 8, packed += 8 * rows) {
    const __mmask8 here = columns - column < 8 ? (__mmask8)((1u << (columns - column)) - 1) : 0xff;
    __m512i sum = _mm512_maskz_loadu_epi64(here, sums + column);
    for (size_t row = 0; row < rows; row++) {
      const __m512d values = _mm512_cvtps_pd(_mm256_maskz_loadu_ps(here, x + row * columns + column));
      const __m512i bits = _mm512_castpd_si512(_mm512_add_pd(_mm512_mul_pd(values, factor), rounder));
      const __m512i wholes = _mm512_add_epi64(bits, offset);
      sum = _mm512_add_epi64(sum, wholes);
      _mm512_storeu_si512(packed + 8 * row, wholes);
    }
    _mm512_mask_storeu_epi64(sums + column, here, sum);
  }
}

// The products of eight columns with eight, over all rows, added to those at `low` and `high`.
static inline WITH_IFMA void add_tile(const uint64_t *left, const uint64_t *right, size_t rows, uint64_t *low,
                                      uint64_t *high, size_t stride) {
  const __m512i mask = _mm512_set1_epi64((1ll << 52) - 1);
  __m512i lows[8], highs[8];
  memset(lows, 0, sizeof lows);
  memset(highs, 0, sizeof highs);
  for (size_t row = 0; row < rows; row++, left += 8, right += 8) {
    const __m512i factors = _mm512_loadu_si512(right);
#pragma clang loop unroll(full)
    for (int i = 0; i < 8; i++) {
      const __m512i factor = _mm512_set1_epi64((long long)left[i]);
      lows[i] = _mm512_madd52lo_epu64(lows[i], factor, factors);
      highs[i] = _mm512_madd52hi_epu64(highs[i], factor, factors);
    }
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < 8; i++, low += stride, high += stride) {
    highs[i] = _mm512_add_epi64(highs[i], _mm512_srli_epi64(lows[i], 52));
    _mm512_storeu_si512(low, _mm512_add_epi64(_mm512_loadu_si512(low), _mm512_and_si512(lows[i], mask)));
    _mm512_storeu_si512(high, _mm512_add_epi64(_mm512_loadu_si512(high), highs[i]));
  }
}

void firn_add_whole_products(const uint64_t *packed, size_t rows, size_t columns, uint64_t *low, uint64_t *high) {
  const size_t stride = firn_packed_wholes_count(1, columns);
  for (size_t i = 0; i < columns; i += 8)
    for (size_t j = i; j < columns; j += 8)
      add_tile(packed + i * rows, packed + j * rows, rows, low + i * stride + j, high + i * stride + j, stride);
}

#else

bool firn_multiplies_wholes(void) { return false; }

void firn_pack_wholes(const float *x, size_t rows, size_t columns, double scale, uint64_t *packed, uint64_t *sums) {}

void firn_add_whole_products(const uint64_t *packed, size_t rows, size_t columns, uint64_t *low, uint64_t *high) {}

#endif

size_t firn_packed_wholes_count(size_t rows, size_t columns) { return rows * ((columns + 7) / 8 * 8); }
