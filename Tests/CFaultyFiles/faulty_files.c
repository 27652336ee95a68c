#include "faulty_files.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { kinds = firn_operation_space + 1 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;  // guards all that follows but `original`
static char *watched_folder;
static int64_t counts[kinds], open_files;
static enum firn_operation failing;
static int64_t nth;  // 0: nothing fails
static bool lasts, reached;

static sqlite3_vfs *original;

// Counts an operation; whether it is to fail.
static bool fails(enum firn_operation operation) {
  pthread_mutex_lock(&mutex);
  int64_t count = ++counts[operation];
  bool fault = nth > 0 && operation == failing && (count == nth || (lasts && count > nth));
  if (fault) reached = true;
  pthread_mutex_unlock(&mutex);
  return fault;
}

// MARK: - A watched file

// The original's file lies behind it in memory.
struct watched_file {
  sqlite3_file base;
  sqlite3_file *real;
};

static sqlite3_file *real(sqlite3_file *file) { return ((struct watched_file *)file)->real; }

static int close_file(sqlite3_file *file) {
  int code = real(file)->pMethods->xClose(real(file));
  pthread_mutex_lock(&mutex);
  open_files--;
  pthread_mutex_unlock(&mutex);
  return code;
}

static int read_file(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset) {
  if (fails(firn_operation_read)) return SQLITE_IOERR_READ;
  return real(file)->pMethods->xRead(real(file), bytes, count, offset);
}

static int write_file(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
  bool breaks = fails(firn_operation_write), is_full = fails(firn_operation_space);
  if (!breaks && !is_full) return real(file)->pMethods->xWrite(real(file), bytes, count, offset);
  real(file)->pMethods->xWrite(real(file), bytes, count / 2, offset);
  return is_full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

static int truncate_file(sqlite3_file *file, sqlite3_int64 size) {
  if (fails(firn_operation_space)) return SQLITE_FULL;
  return real(file)->pMethods->xTruncate(real(file), size);
}

static int sync_file(sqlite3_file *file, int flags) {
  if (fails(firn_operation_sync)) return SQLITE_IOERR_FSYNC;
  return real(file)->pMethods->xSync(real(file), flags);
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size) {
  return real(file)->pMethods->xFileSize(real(file), size);
}

static int lock_file(sqlite3_file *file, int level) {
  if (fails(firn_operation_lock)) return SQLITE_IOERR_LOCK;
  return real(file)->pMethods->xLock(real(file), level);
}

static int unlock_file(sqlite3_file *file, int level) { return real(file)->pMethods->xUnlock(real(file), level); }

static int check_reserved_lock(sqlite3_file *file, int *is_reserved) {
  return real(file)->pMethods->xCheckReservedLock(real(file), is_reserved);
}

static int control_file(sqlite3_file *file, int operation, void *argument) {
  if (operation == SQLITE_FCNTL_SIZE_HINT && fails(firn_operation_space)) return SQLITE_FULL;
  return real(file)->pMethods->xFileControl(real(file), operation, argument);
}

static int sector_size(sqlite3_file *file) { return real(file)->pMethods->xSectorSize(real(file)); }

static int device_characteristics(sqlite3_file *file) {
  return real(file)->pMethods->xDeviceCharacteristics(real(file));
}

static int map_shared(sqlite3_file *file, int region, int size, int extends, void volatile **address) {
  if (extends && fails(firn_operation_space)) return SQLITE_IOERR_SHMSIZE;
  return real(file)->pMethods->xShmMap(real(file), region, size, extends, address);
}

static int lock_shared(sqlite3_file *file, int offset, int count, int flags) {
  if (flags & SQLITE_SHM_LOCK && fails(firn_operation_lock)) return SQLITE_IOERR_SHMLOCK;
  return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}

static void order_shared(sqlite3_file *file) { real(file)->pMethods->xShmBarrier(real(file)); }

static int unmap_shared(sqlite3_file *file, int deletes) {
  return real(file)->pMethods->xShmUnmap(real(file), deletes);
}

static int fetch(sqlite3_file *file, sqlite3_int64 offset, int count, void **address) {
  return real(file)->pMethods->xFetch(real(file), offset, count, address);
}

static int unfetch(sqlite3_file *file, sqlite3_int64 offset, void *address) {
  return real(file)->pMethods->xUnfetch(real(file), offset, address);
}

static const sqlite3_io_methods methods = {
    .iVersion = 3,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = file_size,
    .xLock = lock_file,
    .xUnlock = unlock_file,
    .xCheckReservedLock = check_reserved_lock,
    .xFileControl = control_file,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = device_characteristics,
    .xShmMap = map_shared,
    .xShmLock = lock_shared,
    .xShmBarrier = order_shared,
    .xShmUnmap = unmap_shared,
    .xFetch = fetch,
    .xUnfetch = unfetch,
};

// MARK: - The VFS

static bool is_watched(const char *name) {
  pthread_mutex_lock(&mutex);
  size_t length = watched_folder ? strlen(watched_folder) : 0;
  bool watched = name && length > 0 && strncmp(name, watched_folder, length) == 0 && name[length] == '/';
  pthread_mutex_unlock(&mutex);
  return watched;
}

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *flags_out) {
  (void)vfs;
  if (!is_watched(name)) return original->xOpen(original, name, file, flags, flags_out);
  struct watched_file *watched = (struct watched_file *)file;
  watched->base.pMethods = NULL;  // SQLite closes no file whose opening failed thus
  watched->real = (sqlite3_file *)(watched + 1);
  int code = original->xOpen(original, name, watched->real, flags, flags_out);
  if (code != SQLITE_OK) {
    if (watched->real->pMethods) watched->real->pMethods->xClose(watched->real);
    return code;
  }
  watched->base.pMethods = &methods;
  pthread_mutex_lock(&mutex);
  open_files++;
  pthread_mutex_unlock(&mutex);
  return SQLITE_OK;
}

// All but opening is the original's own.
static void become_default(void) {
  static sqlite3_vfs vfs;
  original = sqlite3_vfs_find(NULL);
  vfs = *original;
  vfs.zName = "faulty";
  vfs.szOsFile += (int)sizeof(struct watched_file);
  vfs.xOpen = open_file;
  sqlite3_vfs_register(&vfs, 1);
}

// MARK: - What tests call

void firn_watch_files(const char *folder) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, become_default);
  char *resolved = realpath(folder, NULL);  // files are opened by the names that links lead to
  pthread_mutex_lock(&mutex);
  free(watched_folder);
  watched_folder = resolved;
  nth = 0;
  pthread_mutex_unlock(&mutex);
}

void firn_arm_fault(enum firn_operation operation, int64_t number, bool goes_on) {
  pthread_mutex_lock(&mutex);
  memset(counts, 0, sizeof counts);
  failing = operation;
  nth = number;
  lasts = goes_on;
  reached = false;
  pthread_mutex_unlock(&mutex);
}

bool firn_disarm_fault(void) {
  pthread_mutex_lock(&mutex);
  nth = 0;
  bool was_reached = reached;
  pthread_mutex_unlock(&mutex);
  return was_reached;
}

int64_t firn_operations(enum firn_operation operation) {
  pthread_mutex_lock(&mutex);
  int64_t count = counts[operation];
  pthread_mutex_unlock(&mutex);
  return count;
}

int64_t firn_open_files(void) {
  pthread_mutex_lock(&mutex);
  int64_t count = open_files;
  pthread_mutex_unlock(&mutex);
  return count;
}
