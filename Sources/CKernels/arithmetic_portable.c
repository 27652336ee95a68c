// The kernels in plain C, for any processor.
#define FORM(name) firn_portable_##name
#define TILE_ROWS 6
#define TILE_PANELS 1
#define SCAN_QUERIES 1
#define SCAN_GROUPS 1
#define TABLE_COPIES 1
#include "lanes.inc"

INLINE integer_lanes add_pair_products(integer_lanes a, integer_lanes b, integer_lanes c) {
  return c + (a << 16 >> 16) * (b << 16 >> 16) + (a >> 16) * (b >> 16);
}

INLINE code_lanes look_up(const uint8_t *table, code_lanes codes) {
  for (int lane = 0; lane < 64; lane++) codes[lane] = table[codes[lane]];
  return codes;
}

INLINE uint32_t reaching(sum_lanes sums, uint16_t least) {
  uint32_t reach = 0;
  for (int lane = 0; lane < 32; lane++) reach |= (uint32_t)(sums[lane] >= least) << lane;
  return reach;
}

#include "arithmetic.inc"
