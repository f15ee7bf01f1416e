/* uscc.h -- unified social credit codes of legal persons and other organisations (GB 32100-2015). */
#ifndef BASE_USCC_H
#define BASE_USCC_H

/* Reads a code; blanks, dashes, full-width and small letters are accepted. NULL when it is right (then `out` holds it in
 * upper case), else a message id, in which {n} stands for the number of characters given. */
const char *uscc_read(const char *s, char out[19]);
/* What kind of body it is: a message id by the first two characters, or "其他组织". */
const char *uscc_kind(const char *uscc);
#endif
