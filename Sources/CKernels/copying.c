#include "copying.h"

#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>

void firn_copy_past_caches(void *target, const void *source, size_t count) {
  char *out = target;
  const char *in = source;
  if ((uintptr_t)out % 16 == 0) {  // where such writes may begin
    for (; count >= 16; count -= 16, in += 16, out += 16)
      _mm_stream_si128((__m128i *)out, _mm_loadu_si128((const __m128i *)in));
  }
  memcpy(out, in, count);
}

void firn_end_copies(void) { _mm_sfence(); }
#else
void firn_copy_past_caches(void *target, const void *source, size_t count) { memcpy(target, source, count); }

void firn_end_copies(void) {}
#endif
