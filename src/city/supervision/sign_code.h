/* sign_code.h -- private to supervision: codes and leaves of the sign-in. None of them is stored. */
#ifndef SUPERVISION_SIGN_CODE_H
#define SUPERVISION_SIGN_CODE_H
#include "city/supervision/supervision.h"

/* Is it the code of now, or of one step earlier? E_INVALID "code" with a sentence that tells an old code from a wrong one. */
err_t sign_code_check(struct ctx *cx, const struct q_sign_session_row *s, const char *code) MUST_USE;
const char *sign_device(struct ctx *cx, const char *device); /* keyed hash of what the browser remembers, 16 hex digits */
/* A signed "this device may sign in or out in this class until": bound to the device, so a page that was passed on is worth nothing. */
const char *sign_leave(struct ctx *cx, int64_t class_id, const char *device, int64_t until);
err_t sign_leave_check(struct ctx *cx, const char *token, const char *device, int64_t *class_id) MUST_USE;
const char *sign_sms_code(struct ctx *cx, int64_t session_id, int64_t trainee_id, int64_t sent_at);
#endif
