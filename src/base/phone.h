/* phone.h -- telephone numbers of mainland China. */
#ifndef BASE_PHONE_H
#define BASE_PHONE_H

enum phone_kind { PHONE_NONE, PHONE_MOBILE, PHONE_LANDLINE, PHONE_400 };

enum { PHONE_MAX = 20 };
/* Reads a number: +86, blanks, dashes, brackets and full-width digits are accepted; a landline needs its area code and may
 * have an extension ("022-23456789转801"). NULL when it is right (`out`: digits only, the extension behind a '-';
 * `kind` may be NULL), else a message id, in which {n} stands for the number of digits given. */
const char *phone_read(const char *s, char out[PHONE_MAX], enum phone_kind *kind);
#endif
