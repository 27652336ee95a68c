#include <cblas.h>

// The three LAPACK routines Firn calls. Debian's libopenblas carries them, but its headers come in another package.
void dsyevd_(const char *jobz, const char *uplo, const int *n, double *a, const int *lda, double *w,
             double *work, const int *lwork, int *iwork, const int *liwork, int *info);
void dpotrf_(const char *uplo, const int *n, double *a, const int *lda, int *info);
void dpotrs_(const char *uplo, const int *n, const int *nrhs, const double *a, const int *lda, double *b,
             const int *ldb, int *info);

// Ends the threads of OpenBLAS's own pool, in builds that have one. The pool starts when the library is loaded, and its idle
// threads take turns at a processor, for some 100 ms of its time, before they fall asleep.
__attribute__((weak)) int blas_thread_shutdown_(void);

static inline void firn_blas_runs_one_thread(void) {
  openblas_set_num_threads(1);
  if (blas_thread_shutdown_) blas_thread_shutdown_();
}
