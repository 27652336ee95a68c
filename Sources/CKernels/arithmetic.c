// Which form of the kernels runs.
#include "include/arithmetic.h"
#include <stdlib.h>
#include <string.h>

extern const struct firn_arithmetic firn_portable_arithmetic;
#ifdef __x86_64__
extern const struct firn_arithmetic firn_avx2_arithmetic, firn_avx512_arithmetic, firn_avx512vnni_arithmetic;
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
  case firn_avx512vnni:
    return __builtin_cpu_supports("avx512vnni") && firn_arithmetic_form(firn_avx512) ? &firn_avx512vnni_arithmetic : NULL;
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
  enum firn_form form = firn_avx512vnni;
  if (wanted && strcmp(wanted, "portable") == 0) form = firn_portable;
  if (wanted && strcmp(wanted, "avx2") == 0) form = firn_avx2;
  if (wanted && strcmp(wanted, "avx512") == 0) form = firn_avx512;
  while (!(kernels = firn_arithmetic_form(form))) form--;
  chosen = kernels;
  return kernels;
}

size_t firn_attention_scratch(size_t tokens, size_t head_size) {
  return head_size * firn_query_block + tokens * head_size + firn_packed_count(tokens, head_size) +
         tokens * firn_query_block;
}
