// Which form of the kernels runs, and what is made of them.
#include "include/arithmetic.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

extern const struct firn_arithmetic firn_portable_arithmetic;
#ifdef __x86_64__
extern const struct firn_arithmetic firn_avx2_arithmetic, firn_avx512_arithmetic;
#endif

const struct firn_arithmetic *firn_arithmetic_form(enum firn_form form) {
  switch (form) {
  case firn_portable:
    return &firn_portable_arithmetic;
#ifdef __x86_64__
  case firn_avx2:
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &firn_avx2_arithmetic : NULL;
  case firn_avx512:
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                   __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
                   __builtin_cpu_supports("fma")
               ? &firn_avx512_arithmetic
               : NULL;
#endif
  default:
    return NULL;
  }
}

const struct firn_arithmetic *firn_arithmetic(void) {
  // Every thread would choose the same: a race writes one value twice.
  static _Atomic(const struct firn_arithmetic *) chosen;
  const struct firn_arithmetic *kernels = chosen;
  if (kernels) return kernels;
  const char *wanted = getenv("FIRN_KERNELS");
  enum firn_form form = firn_avx512;
  if (wanted && strcmp(wanted, "portable") == 0) form = firn_portable;
  if (wanted && strcmp(wanted, "avx2") == 0) form = firn_avx2;
  while (!(kernels = firn_arithmetic_form(form))) form--;
  chosen = kernels;
  return kernels;
}

size_t firn_packed_count(size_t rows, size_t columns) { return rows * ((columns + 15) / 16 * 16); }

void firn_pack(const float *b, size_t row_stride, size_t column_stride, size_t rows, size_t columns, float *packed) {
  for (size_t panel = 0; panel < columns; panel += 16, packed += rows * 16) {
    const size_t here = columns - panel < 16 ? columns - panel : 16;
    const float *from = b + panel * column_stride;
    if (here < 16) memset(packed, 0, rows * 16 * sizeof *packed);
    if (column_stride == 1) {
      for (size_t r = 0; r < rows; r++) memcpy(packed + r * 16, from + r * row_stride, here * sizeof *packed);
    } else {
      // A cache line of each column at a time.
      for (size_t start = 0; start < rows; start += 16) {
        const size_t end = rows - start < 16 ? rows : start + 16;
        for (size_t c = 0; c < here; c++)
          for (size_t r = start; r < end; r++) packed[r * 16 + c] = from[r * row_stride + c * column_stride];
      }
    }
  }
}

// The least scale at which a column, in integers, keeps every block of its products within 32 bits, and itself within 16.
static float column_scale(const float *column, size_t stride, size_t rows) {
  double scale = 0;
  for (size_t start = 0; start < rows; start += firn_integer_block) {
    const size_t end = rows - start < firn_integer_block ? rows : start + firn_integer_block;
    double total = 0, greatest = 0;
    for (size_t r = start; r < end; r++) {
      const double value = fabs(column[r * stride]);
      total += value;
      greatest = value > greatest ? value : greatest;
    }
    // Rounding adds half to each of the block's integers.
    const double room = (double)INT32_MAX / firn_greatest_integer - firn_integer_block / 2.0 - 1;
    scale = fmax(scale, fmax(total / room, greatest / (INT16_MAX - 1)));
  }
  return (float)scale;
}

void firn_pack_integers(const float *b, size_t row_stride, size_t column_stride, size_t rows, size_t columns,
                        int16_t *packed, float *scale) {
  const size_t even_rows = rows + rows % 2;
  memset(packed, 0, firn_packed_count(even_rows, columns) * sizeof *packed);
  for (size_t c = 0; c < columns; c++) {
    const float *column = b + c * column_stride;
    scale[c] = column_scale(column, row_stride, rows);
    const double factor = scale[c] > 0 ? 1 / (double)scale[c] : 0;
    int16_t *to = packed + c / 16 * 16 * even_rows + c % 16 * 2;
    for (size_t r = 0; r < rows; r++) to[r / 2 * 32 + r % 2] = (int16_t)lrint(column[r * row_stride] * factor);
  }
}

size_t firn_attention_scratch(size_t tokens, size_t head_size) {
  return head_size * firn_query_block + tokens * head_size + firn_packed_count(tokens, head_size) +
         tokens * firn_query_block;
}
