/* idno.h -- citizen identity numbers (GB 11643-1999) and residence permits of Hong Kong, Macao and Taiwan residents,
 * which have the same shape and check digit and begin with 81, 82 or 83.
 */
#ifndef BASE_IDNO_H
#define BASE_IDNO_H
#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

enum sex { SEX_MALE = 1, SEX_FEMALE = 2 }; /* GB/T 2261.1 */

struct idno {
    char text[19];   /* upper case, no blanks */
    int64_t region;  /* 6 digits: where it was issued first (GB/T 2260) */
    int64_t birth;   /* yyyymmdd */
    enum sex sex;
    bool permit;     /* a residence permit of a Hong Kong, Macao or Taiwan resident */
};

/* Reads a number; blanks, dashes, full-width characters and a small x are accepted. NULL when it is right, else a message id,
 * in which {n} stands for the number of characters given. `today` refuses births in the future. `out` is filled when right. */
const char *idno_read(const char *s, int64_t today, struct idno *out);
/* The number that begins with these 17 digits: made-up people need one. */
const char *idno_whole(struct arena *a, const char *first17);
#endif
