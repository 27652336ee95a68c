// Files of SQLite that fail when they are told to.
//
// A VFS, the process's default once a folder is watched, passes everything through to the one that was the default
// before. Files under the watched folder are counted and can be made to fail; all others, and SQLite's temporary ones,
// which have no name, are opened as if it were not there. One folder is watched at a time. The functions may be called
// from any thread.
#ifndef FIRN_FAULTY_FILES_H
#define FIRN_FAULTY_FILES_H

#include <stdbool.h>
#include <stdint.h>

/// The kinds of operation that can fail.
enum firn_operation {
  /// SQLITE_IOERR_WRITE, when half of the bytes are written.
  firn_operation_write,
  /// SQLITE_IOERR_FSYNC.
  firn_operation_sync,
  /// SQLITE_IOERR_READ.
  firn_operation_read,
  /// Taking a lock, on a file or on the log's shared memory: SQLITE_IOERR_LOCK and SQLITE_IOERR_SHMLOCK.
  firn_operation_lock,
  /// Whatever a full disk refuses: a write, when half of the bytes are written, a truncation and a size hint with
  /// SQLITE_FULL; more shared memory with SQLITE_IOERR_SHMSIZE.
  firn_operation_space,
};

/// Watches the files that are opened under `folder` from now on; no fault is armed.
void firn_watch_files(const char *folder);

/// Counts every kind of operation from 0 again, and lets the `nth` of one kind fail, counted from 1: only that one, or
/// all behind it as well if the fault `lasts`.
void firn_arm_fault(enum firn_operation operation, int64_t nth, bool lasts);

/// Lets nothing fail any more; whether anything has failed since the fault was armed.
bool firn_disarm_fault(void);

/// How many operations of a kind there were since a fault was armed, those that failed included.
int64_t firn_operations(enum firn_operation operation);

/// How many watched files are open, whenever they were opened.
int64_t firn_open_files(void);

#endif
