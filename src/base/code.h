/* code.h -- short codes that people read out, write down and type: seven random symbols and a check symbol.
 *
 * Crockford's base 32: 0-9 A-Z without I, L, O, U. The check symbol (a sum in the field of 32 elements) finds every
 * single wrong symbol and every two symbols that changed places.
 */
#ifndef BASE_CODE_H
#define BASE_CODE_H
#include "base/arena.h"
#include <stdint.h>

enum { CODE_LEN = 8 };

void code_make(uint64_t value, char out[CODE_LEN + 1]); /* of the lowest 35 bits of `value` */
void code_random(char out[CODE_LEN + 1]);
/* Reads what somebody typed: small letters, O for 0, I and L for 1, blanks and dashes anywhere, full-width characters.
 * NULL when it is right, else a message id. */
const char *code_read(const char *s, char out[CODE_LEN + 1]);
const char *code_show(struct arena *a, const char *code); /* "7KQ4-M2XD" */
#endif
