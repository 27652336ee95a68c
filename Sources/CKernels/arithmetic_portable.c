// The kernels in plain C, for any processor.
#define FORM(name) firn_portable_##name
#define TILE_ROWS 6
#define TILE_PANELS 1
#include "lanes.inc"

INLINE integer_lanes add_pair_products(integer_lanes a, integer_lanes b, integer_lanes c) {
  return c + (a << 16 >> 16) * (b << 16 >> 16) + (a >> 16) * (b >> 16);
}

#include "arithmetic.inc"
