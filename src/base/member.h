/* member.h -- how one member of a plain struct maps to the outside world.
 *
 * One descriptor serves SQL parameters and rows (generated), forms and JSON
 * bodies (hand-written tables) and views.  Tables end with a zero entry.
 */
#ifndef BASE_MEMBER_H
#define BASE_MEMBER_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum member_type { M_I64 = 1, M_F64, M_TEXT, M_BLOB };

struct blob {
    const void *ptr;
    size_t len;
};

struct member {
    const char *name;
    unsigned char type;
    bool nullable; /* nullable i64/f64 are pointers; text is NULL; blob.ptr is NULL */
    unsigned short off;
};
#endif
