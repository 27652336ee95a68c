// usage: fma_peak THREADS
//
// The most floating-point operations a second that so many threads can do with AVX2, in GFLOP/s. Twelve chains of fused
// multiplications and additions keep both units of a core busy: each has a latency of four or five cycles.
#include <immintrin.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { CHAINS = 12, STEPS = 30000000, SPELLS = 5, LANES = 8 };

static void *chains(void *unused) {
  (void)unused;
  __m256 sums[CHAINS];
  const __m256 factor = _mm256_set1_ps(0.999f), addend = _mm256_set1_ps(0.001f);
  for (int chain = 0; chain < CHAINS; chain++) sums[chain] = _mm256_set1_ps((float)chain);
  for (int step = 0; step < STEPS; step++) {
#pragma GCC unroll 12
    for (int chain = 0; chain < CHAINS; chain++) sums[chain] = _mm256_fmadd_ps(sums[chain], factor, addend);
  }
  // Stored where the compiler cannot see that nobody reads it.
  for (int chain = 0; chain < CHAINS; chain++) __asm__ volatile("" : : "x"(sums[chain]));
  return NULL;
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static double spell(int threads) {
  pthread_t others[threads];
  const double started = now();
  for (int thread = 1; thread < threads; thread++) pthread_create(&others[thread], NULL, chains, NULL);
  chains(NULL);
  for (int thread = 1; thread < threads; thread++) pthread_join(others[thread], NULL);
  return now() - started;
}

int main(int count, char **words) {
  const int threads = count == 2 ? atoi(words[1]) : 0;
  if (threads < 1) return 64;
  double shortest = spell(threads);
  for (int i = 1; i < SPELLS; i++) {
    const double seconds = spell(threads);
    if (seconds < shortest) shortest = seconds;
  }
  printf("%.1f\n", 2e-9 * LANES * CHAINS * STEPS * threads / shortest);
  return 0;
}
