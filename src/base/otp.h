/* otp.h -- one-time passwords by the clock: RFC 6238 with SHA-1, six digits, 30 seconds (what every authenticator app does). */
#ifndef BASE_OTP_H
#define BASE_OTP_H
#include "base/arena.h"
#include <stdint.h>

enum { OTP_SECRET = 20 /* bytes */, OTP_STEP = 30 /* seconds */ };

void otp_secret(unsigned char out[OTP_SECRET]); /* random */
void otp_code(const void *secret, size_t n, int64_t step, char out[7]);
/* Is `code` the one of now, of one step before or of one after? Steps up to `last_step` were used already and do not count again:
 * the caller keeps `*step` as the next `last_step` (0 = none yet). Takes the same time for every wrong code. */
bool otp_check(const void *secret, size_t n, const char *code, int64_t now_ms, int64_t last_step, int64_t *step);
/* "otpauth://totp/…" for a QR code. */
const char *otp_uri(struct arena *a, const char *issuer, const char *account, const void *secret, size_t n);

/* RFC 4648, capitals, without '='. */
const char *base32_encode(struct arena *a, const void *p, size_t n);
/* Small letters, blanks and '=' are accepted. The number of bytes, or -1: a foreign character or more than `cap` bytes. */
int64_t base32_decode(const char *s, void *out, size_t cap);
#endif
