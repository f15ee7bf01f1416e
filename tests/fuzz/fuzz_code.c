/* Any text as a short code, as base 32; every value as a code. */
#include "base/code.h"
#include "base/otp.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct arena a;
    arena_reset(&a);
    const char *s = arena_strndup(&a, (const char *)data, n);
    char code[CODE_LEN + 1], again[CODE_LEN + 1];
    unsigned char raw[64], back[64];
    uint64_t v = 0;
    if (code_read(s, code) == NULL && (code_read(code_show(&a, code), again) != NULL || strcmp(code, again) != 0))
        abort();
    memcpy(&v, data, n < sizeof v ? n : sizeof v);
    code_make(v, code);
    if (code_read(code, again) != NULL || strcmp(code, again) != 0)
        abort();
    int64_t len = base32_decode(s, raw, sizeof raw);
    if (len > (int64_t)sizeof raw)
        abort();
    const char *text = len > 0 ? base32_encode(&a, raw, (size_t)len) : "";
    if (len > 0 && (base32_decode(text, back, sizeof back) != len || memcmp(raw, back, (size_t)len) != 0))
        abort();
    int64_t step;
    (void)otp_check(raw, 0, s, 59000, 0, &step);
    return 0;
}
