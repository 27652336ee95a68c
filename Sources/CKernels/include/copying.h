// Copies of what nobody reads soon.
#pragma once

#include <stddef.h>

#pragma clang assume_nonnull begin

// Copies `count` bytes. Where the processor can, they are written past its caches: to write into a cache it would first have to
// fetch what is overwritten, which doubles the way to memory and back.
void firn_copy_past_caches(void *target, const void *source, size_t count);

// Such writes are not ordered with others: to be called before another thread is told of them.
void firn_end_copies(void);

#pragma clang assume_nonnull end
