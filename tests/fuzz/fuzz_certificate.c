/* Certificate numbers: whatever is typed, the result is a sentence or a number that is read again as the same. */
#include "rules/certificate_number.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *p, size_t n);

int LLVMFuzzerTestOneInput(const unsigned char *p, size_t n)
{
    static const char *const kinds[] = {"level", "qualification", "special"};
    struct arena a;
    arena_init(&a, 0);
    const char *kind = kinds[n > 0 ? p[0] % 3 : 0], *s = arena_strndup(&a, n > 0 ? (const char *)p + 1 : "", n > 0 ? n - 1 : 0);
    struct certificate_number one, two;
    if (certificate_number_read(&a, s, kind, &one) == NULL) {
        if (one.form == 0 || certificate_number_read(&a, one.text, kind, &two) != NULL || strcmp(one.text, two.text) != 0)
            abort();
        if (one.form == CERTIFICATE_LEVEL && (one.level > 9 || one.province > 99 || strlen(one.body) != 13))
            abort();
    }
    arena_free(&a);
    return 0;
}
