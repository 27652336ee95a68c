// usage: bare STORE BACKBONE RUNS
// The bare loop: what SQLite's own interface gives to two threads that copy a backbone's vectors into memory that is ready, and check
// nothing. Prints how many vectors a second each run read.
#include <pthread.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { threads = 2 };

struct share {
  const char *path;
  int64_t first, end;  // keys
  char *out;
  int bytes;
};

static void check(int code, sqlite3 *store) {
  if (code == SQLITE_OK) return;
  fprintf(stderr, "bare: %s\n", sqlite3_errmsg(store));
  exit(1);
}

static sqlite3 *open_store(const char *path) {
  sqlite3 *store;
  check(sqlite3_open_v2(path, &store, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL), store);
  return store;
}

static void *read_share(void *argument) {
  const struct share *share = argument;
  sqlite3 *store = open_store(share->path);
  sqlite3_stmt *rows;
  check(sqlite3_prepare_v2(store, "SELECT id, vector FROM embedding WHERE id >= ? AND id < ?", -1, &rows, NULL), store);
  sqlite3_bind_int64(rows, 1, share->first);
  sqlite3_bind_int64(rows, 2, share->end);
  while (sqlite3_step(rows) == SQLITE_ROW) {
    const void *vector = sqlite3_column_blob(rows, 1);
    if (sqlite3_column_bytes(rows, 1) != share->bytes) exit(1);
    memcpy(share->out + (sqlite3_column_int64(rows, 0) - share->first) * share->bytes, vector, (size_t)share->bytes);
  }
  sqlite3_finalize(rows);
  sqlite3_close(store);
  return NULL;
}

int main(int count, char **words) {
  if (count != 4) return 64;
  sqlite3 *store = open_store(words[1]);
  sqlite3_stmt *row;
  check(sqlite3_prepare_v2(store,
                           "SELECT backbone.id << 40, 4 * dimension, (SELECT max(id) FROM embedding WHERE id < (backbone.id + 1) << 40)"
                           " FROM backbone WHERE name = ?", -1, &row, NULL), store);
  sqlite3_bind_text(row, 1, words[2], -1, SQLITE_STATIC);
  if (sqlite3_step(row) != SQLITE_ROW) return 1;
  int64_t first = sqlite3_column_int64(row, 0) + 1, end = sqlite3_column_int64(row, 2) + 1;
  int bytes = sqlite3_column_int(row, 1);
  sqlite3_finalize(row);
  sqlite3_close(store);
  char *out = malloc((size_t)(end - first) * (size_t)bytes);
  if (!out) return 1;
  memset(out, 1, (size_t)(end - first) * (size_t)bytes);

  for (int run = 0; run < atoi(words[3]); run++) {
    struct timespec start, stop;
    clock_gettime(CLOCK_MONOTONIC, &start);
    pthread_t workers[threads];
    struct share shares[threads];
    for (int i = 0; i < threads; i++) {
      int64_t from = first + (end - first) * i / threads, to = first + (end - first) * (i + 1) / threads;
      shares[i] = (struct share){words[1], from, to, out + (from - first) * bytes, bytes};
      pthread_create(&workers[i], NULL, read_share, &shares[i]);
    }
    for (int i = 0; i < threads; i++) pthread_join(workers[i], NULL);
    clock_gettime(CLOCK_MONOTONIC, &stop);
    printf("%f\n", (double)(end - first) / ((double)(stop.tv_sec - start.tv_sec) + 1e-9 * (double)(stop.tv_nsec - start.tv_nsec)));
  }
}
