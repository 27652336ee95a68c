// The kernels of floats, doubles and integers. One source (arithmetic.inc) is compiled four times, for plain C, AVX2 with FMA, AVX-512, and AVX-512
// with VNNI, and all four give the same bits: 16 lanes (8 of doubles) whatever the width of a register, every multiply-add fused, every sum in
// one fixed order.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

enum firn_form { firn_portable, firn_avx2, firn_avx512, firn_avx512vnni };

// A function of each value, in place.
typedef void (*firn_activation)(float *x, size_t count);

// out[i][j] = (accumulate ? out[i][j] : 0) + (bias ? bias[j] : 0) + Σ_k left[i][k] · right[k][j], each element one chain of
// fused multiply-adds in ascending k, then put through the activation while it is in the first cache.
struct firn_product {
  const float *left;  // left[i][k] stands at left[i · left_stride + k], or at left[i + k · left_stride] when transposed
  size_t left_stride;
  bool left_transposed;
  const float *packed;  // right [inner × columns], as firn_pack lays it out
  const float *_Nullable bias;
  firn_activation _Nullable activation;
  bool accumulate;
  float *out;
  size_t out_stride;
  size_t rows, columns, inner;
};

// The same in double precision, without bias and activation; `packed` as firn_pack_doubles lays it out.
struct firn_double_product {
  const double *left;
  size_t left_stride;
  bool left_transposed;
  const double *packed;
  bool accumulate;
  double *out;
  size_t out_stride;
  size_t rows, columns, inner;
};

// The same for factors of 16-bit integers: out[i][j] = (accumulate ? out[i][j] : 0) + (bias ? bias[j] : 0)
// + left_scale[i] · column_scale[j] · Σ_k left[i][k] · right[k][j]; sums over firn_integer_block values of k are exact.
// Then the activation.
struct firn_integer_product {
  const int16_t *left;  // as `quantize` makes it
  size_t left_stride;
  const float *left_scale;
  const int16_t *packed;  // as firn_pack_integers makes it
  const float *column_scale;
  const float *_Nullable bias;
  firn_activation _Nullable activation;
  bool accumulate;
  float *out;
  size_t out_stride;
  size_t rows, columns, inner;  // inner is even: an odd one has a zero more
};

// The same for factors of bytes, whole: out[i][j] = first[i] + Σ_k left[i][k] · right[k][j], which have room in 32 bits.
struct firn_byte_product {
  const int8_t *left;  // as `quantize_bytes` makes it, [rows × inner]
  const int32_t *first;
  const uint8_t *packed;  // right [inner × columns], as firn_pack_bytes makes it
  int32_t *out;
  size_t out_stride;
  size_t rows, columns, inner;  // inner is a multiple of 4, columns one of 16
};

// What each of many may score at the most against one, by the products of their integers:
// (scales[i] · scale · products[i] + rests[i] · share + base) · slopes[i] + offsets[i], which is to reach floor + floors[i]. Slopes are 1,
// offsets and floors 0 where there are none. Without slopes and offsets the bound is computed in floats: the base has room for their rounding.
struct firn_bound {
  const int32_t *products;
  const float *scales, *rests;
  const double *_Nullable slopes, *_Nullable offsets;
  const float *_Nullable floors;
  double scale, share, base, floor;
};

// A quantised row's greatest value, and how much of the inner dimension is summed up in integers.
enum { firn_greatest_integer = 16383, firn_integer_block = 384 };

// How many pairs of parts a scan of codes takes at the most.
enum { firn_most_pairs = 256 };

typedef double (*firn_loss)(float *x, size_t rows, size_t columns, const int32_t *labels, float *curvature);

struct firn_arithmetic {
  void (*multiply)(const struct firn_product *product);

  void (*multiply_doubles)(const struct firn_double_product *product);

  void (*multiply_integers)(const struct firn_integer_product *product);

  // out[i] = Σ_k rows[i · stride + k] · query[k] over the stride, a multiple of 32, in which the sums have room in 32 bits.
  void (*byte_products)(const int8_t *rows, size_t count, size_t stride, const int16_t *query, int32_t *out);

  // The same of the rows of some numbers only.
  void (*chosen_byte_products)(const int8_t *x, size_t stride, const uint32_t *rows, size_t count, const int16_t *query, int32_t *out);

  void (*multiply_bytes)(const struct firn_byte_product *product);

  // Each row of x [rows × columns] as scale[row] · out, rounded, whose greatest value is ±firn_greatest_integer; an odd row
  // gets a zero more.
  void (*quantize)(const float *x, size_t stride, size_t rows, size_t columns, int16_t *out, size_t out_stride,
                   float *scale);

  // Self-attention of one text. A row of qkv holds the queries of all heads, then the keys, then the values, and the
  // queries are already scaled by 1/√head_size. out [tokens × heads · head_size] ← softmax(Q·Kᵀ)·V, head beside head.
  void (*attention)(const float *qkv, size_t tokens, size_t heads, size_t head_size, float *out, float *scratch);

  // Each row of x [rows × columns]: (x − mean) / √(variance + epsilon) · scale + shift.
  void (*layer_norm)(float *x, size_t rows, size_t columns, const float *scale, const float *shift, float epsilon);

  // x ← exp(x − max) / Σ exp(x − max), for each row of `columns` values at `stride`.
  void (*softmax)(float *x, size_t stride, size_t rows, size_t columns);

  // Losses of rows of scores x [rows × columns] with one label each: the sum of the losses. The scores become the losses'
  // slopes, and `curvature` [columns] gains the slopes' own. softmax_loss is −log softmax(x)[label]; squared_hinge_loss is
  // Σ max(0, 1 − y·x)² with y = 1 at the label and −1 elsewhere.
  firn_loss softmax_loss, squared_hinge_loss;

  // The places of the values of x that are at least `floor`, or at least their own of `floors`, ascending. Returns how many.
  size_t (*find_reaching)(const float *x, const float *floors, float floor, size_t count, uint32_t *places);

  // Each x as the nearest whole number of units, of which one is 1/scale: wholes = highs · 2²⁰ + lows, with the lows as near zero as
  // can be, and sums = highs + lows. Wholes are below 2⁵¹.
  void (*split)(const float *x, size_t count, double scale, double *wholes, double *highs, double *lows, double *sums);

  // Σ x[i] · y[i] and Σ (x[i] − y[i])².
  double (*inner_product)(const float *x, const float *y, size_t count);
  double (*squared_distance)(const float *x, const float *y, size_t count);

  // The places, ascending, of those whose bound is not below what it is to reach; what is no number is not. Returns how many.
  size_t (*find_bounded)(const struct firn_bound *bound, size_t count, uint32_t *places);

  // Each row of x [rows × columns] as scale[row] · out, rounded, whose greatest value is ±127; what is behind the columns, up to the
  // stride, stays. residual[row] is the norm of what that leaves out.
  void (*quantize_bytes)(const float *x, size_t rows, size_t columns, int8_t *out, size_t stride, float *scale,
                         double *residual);

  // Of scans: `pairs` is from 1 to firn_most_pairs.
  //
  // The sums of the table entries that the codes of 64 · groups vectors name, those that are at least `least`: the vectors' places,
  // ascending, and their sums; returns how many. A group is `pairs` rows of 64 bytes, of which byte 2j belongs to vector j and byte
  // 2j + 1 to vector 32 + j: its lower half is a code of table 2p, its upper half one of table 2p + 1, of sixteen bytes each. The pairs
  // stand in fours, of whose tables no eight entries may come to more than 255, nor those of all pairs to more than 65535.
  size_t (*scan_codes)(const uint8_t *codes, size_t groups, size_t pairs, const uint8_t *tables, uint16_t least,
                       uint32_t *places, uint16_t *sums);

  // Tables from the worth of sixteen codes a part [parts × 16]: less the least of the part, in units of which the widest `sharing` parts that
  // share a byte have room in it with all that rounding adds.
  void (*code_tables)(const float *worths, size_t parts, size_t sharing, uint8_t *tables);

  // The same scan for four queries, each with tables and a floor of its own: tables [4 × 32 · pairs], places and sums [4 × 64 · groups],
  // least and found [4].
  void (*scan_codes_for_four)(const uint8_t *codes, size_t groups, size_t pairs, const uint8_t *tables, const uint16_t *least,
                              uint32_t *places, uint16_t *sums, size_t *found);

  // The number of the centroid [16 × width] nearest to each of `count` points, whose coordinate k stands at x[k · stride + point]; the
  // lower of two equally near, and 0 where that is no number.
  void (*nearest_centroids)(const float *x, size_t stride, size_t count, size_t width, const float *centroids,
                            uint8_t *codes);

  // gelu is x·Φ(x) by the error function, gelu_tanh its usual approximation.
  firn_activation relu, gelu, gelu_tanh, silu, tanh, exp;
};

// The kernels of one form, or NULL when this processor cannot run them.
const struct firn_arithmetic *_Nullable firn_arithmetic_form(enum firn_form form);

// The widest form this processor runs, chosen once; the environment variable FIRN_KERNELS (portable, avx2, avx512, avx512vnni) asks
// for less.
const struct firn_arithmetic *firn_arithmetic(void);

// How many floats hold a packed [rows × columns] matrix.
size_t firn_packed_count(size_t rows, size_t columns);

// Packs b[r * row_stride + c * column_stride], r < rows, c < columns, into panels of 16 columns, row after row; the
// last panel is padded with zeros.
void firn_pack(const float *b, size_t row_stride, size_t column_stride, size_t rows, size_t columns, float *packed);

// The same for doubles, in panels of 8 columns; and how many hold such a matrix.
size_t firn_packed_doubles_count(size_t rows, size_t columns);
void firn_pack_doubles(const double *b, size_t row_stride, size_t column_stride, size_t rows, size_t columns,
                       double *packed);

// Packs the values of column `index` as 16-bit integers among those of the other columns, in panels of 16 columns, two rows
// side by side: b[k][index] is about packed · the scale that is returned, the least at which no sum of firn_integer_block
// products with a quantised row can overflow. `packed` holds firn_packed_count(rows rounded up to even, columns), zero before.
float firn_pack_integers(const float *column, size_t rows, size_t index, int16_t *packed);

// Packs `count` rows of bytes, `stride` apart and a multiple of 4 long, as columns: in panels of 16, four steps side by side, each byte 128
// more, so that none is negative; the last panel is padded with what is 0 then. `packed` has room for stride · (count rounded up to 16).
void firn_pack_bytes(const int8_t *rows, size_t count, size_t stride, uint8_t *packed);

// Whether this processor multiplies whole numbers of 52 bits; the three functions behind are for one that does.
bool firn_multiplies_wholes(void);

// Each value of x [rows × columns] as the nearest multiple of 1/scale, and `firn_whole_offset` more, so that none below that in
// magnitude is negative: into panels of 8 columns, row after row. `sums` [columns] gain those of the columns.
static const int64_t firn_whole_offset = 1ll << 39;
void firn_pack_wholes(const float *x, size_t rows, size_t columns, double scale, uint64_t *packed, uint64_t *sums);
size_t firn_packed_wholes_count(size_t rows, size_t columns);

// Adds the products of each two columns over the rows, at most 4096: high · 2⁵² + low, on the diagonal and above, and some below.
// Shapes: [columns × columns], with both rounded up to a multiple of 8. A call adds less than 2⁵² to any of the lows.
void firn_add_whole_products(const uint64_t *packed, size_t rows, size_t columns, uint64_t *low, uint64_t *high);

// So many queries of a head are attended to at a time: their scores share the first cache with a head's values.
enum { firn_query_block = 32 };

// How many floats of scratch the attention over a text needs.
size_t firn_attention_scratch(size_t tokens, size_t head_size);

#pragma clang assume_nonnull end
