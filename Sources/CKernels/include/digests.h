// Digests: SHA-256 (FIPS 180-4) and CRC-32C (RFC 3720, appendix B.4).
//
// The functions without a suffix run the fastest version this processor has, chosen once when the program is loaded;
// FIRN_KERNELS=portable in the environment forces the portable ones. The versions stand here by name as well, so that
// a test can hold one against the other.
#ifndef FIRN_DIGESTS_H
#define FIRN_DIGESTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Digests `count` blocks of 64 bytes into `state`.
void firn_sha256_blocks(uint32_t state[8], const uint8_t *blocks, size_t count);
void firn_sha256_blocks_portable(uint32_t state[8], const uint8_t *blocks, size_t count);

/// Carries the CRC-32C `crc` of what came before (0 at the start) over `count` more bytes.
uint32_t firn_crc32c(uint32_t crc, const uint8_t *bytes, size_t count);
uint32_t firn_crc32c_portable(uint32_t crc, const uint8_t *bytes, size_t count);

#if defined(__x86_64__)
/// Whether the processor has the SHA extensions, without which the next function must not be called.
bool firn_sha256_has_sha_ni(void);
void firn_sha256_blocks_sha_ni(uint32_t state[8], const uint8_t *blocks, size_t count);

/// Whether the processor has SSE4.2 and PCLMULQDQ, without which the next function must not be called.
bool firn_crc32c_has_sse42(void);
uint32_t firn_crc32c_sse42(uint32_t crc, const uint8_t *bytes, size_t count);
#endif

#endif
