/* otp.h -- one-time passwords by time: RFC 6238 (SHA-1, 6 digits, 30 seconds). Secrets are base 32 texts (RFC 4648). */
#ifndef BASE_OTP_H
#define BASE_OTP_H
#include "base/ctx.h"

const char *otp_new_secret(struct ctx *cx); /* 160 random bits */
/* "otpauth://totp/…" for the QR code. */
const char *otp_uri(struct ctx *cx, const char *issuer, const char *login, const char *secret);
/* Is `code` right now, one step early or late, and of a later step than `last_step`? *step: the one to remember. */
bool otp_right(const char *secret, const char *code, int64_t now_ms, int64_t last_step, int64_t *step);
/* The code of a moment; false when the secret is no base 32. */
bool otp_code(const char *secret, int64_t now_ms, char out[7]);
#endif
