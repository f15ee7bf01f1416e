/* Any text as an identity number, a credit code, a telephone number. What is right reads the same again. */
#include "base/arena.h"
#include "base/idno.h"
#include "base/phone.h"
#include "base/uscc.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct arena a;
    arena_reset(&a);
    const char *s = arena_strndup(&a, (const char *)data, n);
    struct idno id, id2;
    char code[19], code2[19], phone[PHONE_MAX];
    enum phone_kind kind;
    if (idno_read(s, 20261124, &id) == NULL && (idno_read(id.text, 20261124, &id2) != NULL || strcmp(id.text, id2.text) != 0))
        abort();
    if (uscc_read(s, code) == NULL && (uscc_read(code, code2) != NULL || strcmp(code, code2) != 0))
        abort();
    if (phone_read(s, phone, &kind) == NULL && (kind == PHONE_NONE || strlen(phone) < 10))
        abort();
    return 0;
}
