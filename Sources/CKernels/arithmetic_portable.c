// The float kernels in plain C, for any processor.
#define FORM(name) firn_portable_##name
#define TILE_ROWS 6
#define TILE_PANELS 1
#include "arithmetic.inc"
