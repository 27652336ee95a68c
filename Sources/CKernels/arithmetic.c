// Which form of the kernels runs, and what is made of them.
#include "include/arithmetic.h"
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
  for (size_t panel = 0; panel < columns; panel += 16) {
    const size_t here = columns - panel < 16 ? columns - panel : 16;
    const float *from = b + panel * column_stride;
    for (size_t r = 0; r < rows; r++, packed += 16)
      for (size_t c = 0; c < 16; c++) packed[c] = c < here ? from[r * row_stride + c * column_stride] : 0;
  }
}

// Queries are taken in blocks, so that their scores stay in the second cache on long texts.
enum { query_block = 48 };

size_t firn_attention_scratch(size_t tokens, size_t head_size) {
  return firn_packed_count(head_size, tokens) + firn_packed_count(tokens, head_size) + query_block * tokens;
}

void firn_attention(const float *qkv, size_t tokens, size_t heads, size_t head_size, float *out, float *scratch) {
  const struct firn_arithmetic *kernels = firn_arithmetic();
  const size_t width = heads * head_size, stride = 3 * width;
  float *keys = scratch;
  float *values = keys + firn_packed_count(head_size, tokens);
  float *scores = values + firn_packed_count(tokens, head_size);
  for (size_t head = 0; head < heads; head++) {
    const float *queries = qkv + head * head_size;
    firn_pack(queries + width, 1, stride, head_size, tokens, keys);
    firn_pack(queries + 2 * width, stride, 1, tokens, head_size, values);
    for (size_t first = 0; first < tokens; first += query_block) {
      const size_t rows = tokens - first < query_block ? tokens - first : query_block;
      kernels->multiply(queries + first * stride, stride, 1, keys, NULL, false, scores, tokens, rows, tokens,
                        head_size);
      kernels->softmax(scores, tokens, rows, tokens);
      kernels->multiply(scores, tokens, 1, values, NULL, false, out + first * width + head * head_size, width, rows,
                        head_size, tokens);
    }
  }
}
