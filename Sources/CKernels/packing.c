// The right-hand factors of products, laid out in the order in which the kernels read them. All forms share the layout.
#include "include/arithmetic.h"
#include <math.h>
#include <string.h>

size_t firn_packed_count(size_t rows, size_t columns) { return rows * ((columns + 15) / 16 * 16); }

typedef float four __attribute__((vector_size(16)));

static inline four load_four(const float *from) {
  four value;
  memcpy(&value, from, sizeof value);
  return value;
}

static inline void store_four(float *to, four value) { memcpy(to, &value, sizeof value); }

// Four values of each of four columns of b become four rows of a panel.
static inline void transpose_four(const float *b, size_t column_stride, float *panel) {
  const four c0 = load_four(b), c1 = load_four(b + column_stride);
  const four c2 = load_four(b + 2 * column_stride), c3 = load_four(b + 3 * column_stride);
  const four low01 = __builtin_shufflevector(c0, c1, 0, 4, 1, 5), high01 = __builtin_shufflevector(c0, c1, 2, 6, 3, 7);
  const four low23 = __builtin_shufflevector(c2, c3, 0, 4, 1, 5), high23 = __builtin_shufflevector(c2, c3, 2, 6, 3, 7);
  store_four(panel, __builtin_shufflevector(low01, low23, 0, 1, 4, 5));
  store_four(panel + 16, __builtin_shufflevector(low01, low23, 2, 3, 6, 7));
  store_four(panel + 32, __builtin_shufflevector(high01, high23, 0, 1, 4, 5));
  store_four(panel + 48, __builtin_shufflevector(high01, high23, 2, 3, 6, 7));
}

void firn_pack(const float *b, size_t row_stride, size_t column_stride, size_t rows, size_t columns, float *packed) {
  for (size_t panel = 0; panel < columns; panel += 16, packed += rows * 16) {
    const size_t here = columns - panel < 16 ? columns - panel : 16;
    const float *from = b + panel * column_stride;
    if (here < 16) memset(packed, 0, rows * 16 * sizeof *packed);
    size_t row = 0;
    // Whole rows need no call.
    if (column_stride == 1 && here == 16)
      for (; row < rows; row++) memcpy(packed + row * 16, from + row * row_stride, 16 * sizeof *packed);
    else if (column_stride == 1)
      for (; row < rows; row++) memcpy(packed + row * 16, from + row * row_stride, here * sizeof *packed);
    else if (row_stride == 1 && here == 16)
      for (; row + 4 <= rows; row += 4)
        for (size_t c = 0; c < 16; c += 4)
          transpose_four(from + row + c * column_stride, column_stride, packed + row * 16 + c);
    for (; row < rows; row++)
      for (size_t c = 0; c < here; c++) packed[row * 16 + c] = from[row * row_stride + c * column_stride];
  }
}

size_t firn_packed_doubles_count(size_t rows, size_t columns) { return rows * ((columns + 7) / 8 * 8); }

void firn_pack_doubles(const double *b, size_t row_stride, size_t column_stride, size_t rows, size_t columns,
                       double *packed) {
  for (size_t panel = 0; panel < columns; panel += 8, packed += rows * 8) {
    const size_t here = columns - panel < 8 ? columns - panel : 8;
    const double *from = b + panel * column_stride;
    if (column_stride == 1 && here == 8) {
      for (size_t row = 0; row < rows; row++) memcpy(packed + row * 8, from + row * row_stride, 8 * sizeof *packed);
      continue;
    }
    for (size_t row = 0; row < rows; row++) {
      for (size_t c = 0; c < here; c++) packed[row * 8 + c] = from[row * row_stride + c * column_stride];
      for (size_t c = here; c < 8; c++) packed[row * 8 + c] = 0;
    }
  }
}

// The least scale at which a column, in integers, keeps every block of its products within 32 bits, and itself within 16.
static float column_scale(const float *column, size_t rows) {
  double scale = 0;
  for (size_t start = 0; start < rows; start += firn_integer_block) {
    const size_t end = rows - start < firn_integer_block ? rows : start + firn_integer_block;
    double total = 0, greatest = 0;
    for (size_t r = start; r < end; r++) {
      const double value = fabs(column[r]);
      total += value;
      greatest = value > greatest ? value : greatest;
    }
    // Rounding adds half to each of the block's integers.
    const double room = (double)INT32_MAX / firn_greatest_integer - firn_integer_block / 2.0 - 1;
    scale = fmax(scale, fmax(total / room, greatest / (INT16_MAX - 1)));
  }
  return (float)scale;
}

float firn_pack_integers(const float *column, size_t rows, size_t index, int16_t *packed) {
  const float scale = column_scale(column, rows);
  // Columns of zeros, or of values too small for a scale to be exact, are zero.
  const double factor = scale >= 0x1p-120f ? 1 / (double)scale : 0;
  int16_t *to = packed + index / 16 * 16 * (rows + rows % 2) + index % 16 * 2;
  for (size_t r = 0; r < rows; r++) to[r / 2 * 32 + r % 2] = (int16_t)lrint(column[r] * factor);
  return scale;
}

void firn_pack_bytes(const int8_t *rows, size_t count, size_t stride, uint8_t *packed) {
  for (size_t panel = 0; panel < count; panel += 16, packed += 16 * stride)
    for (size_t k = 0; k < stride; k += 4)
      for (size_t c = 0; c < 16; c++) {
        uint32_t four = 0;
        if (panel + c < count) memcpy(&four, rows + (panel + c) * stride + k, sizeof four);
        four ^= 0x80808080u;  // 128 more
        memcpy(packed + 16 * k + 4 * c, &four, sizeof four);
      }
}
