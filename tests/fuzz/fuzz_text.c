/* Any bytes through the text functions: results are valid UTF-8 and cleaning twice changes nothing more. */
#include "base/log.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static void must(bool good)
{
    if (!good)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct arena a;
    arena_reset(&a);
    const char *s = (const char *)data;
    const char *clean = text_clean(&a, s, n), *fold = text_fold(&a, s, n), *words = text_strip_markup(&a, s, n);
    must(utf8_valid(clean, strlen(clean)) && utf8_valid(fold, strlen(fold)) && utf8_valid(words, strlen(words)));
    must(strcmp(text_clean(&a, clean, strlen(clean)), clean) == 0);
    must(strcmp(text_fold(&a, fold, strlen(fold)), fold) == 0);
    must(utf8_count(s, n) <= n && utf8_clip(s, n, 7) <= n);
    const char *key = text_employer_key(&a, clean);
    must(utf8_valid(key, strlen(key)));
    const char *masked[] = {text_mask_name(&a, clean), text_mask_phone(&a, clean), text_mask_idno(&a, clean),
                            text_cut(&a, clean, 5)};
    for (size_t i = 0; i < 4; i++)
        must(utf8_valid(masked[i], strlen(masked[i])));
    (void)text_fill(&a, clean, "n", "1", NULL);
    struct buf b = {.a = &a};
    log_format(&b, 0, LOG_INFO, "e", "v", arena_strndup(&a, s, n), NULL);
    for (size_t i = 0; i + 1 < b.len; i++)
        must((unsigned char)b.p[i] >= 0x20 && (unsigned char)b.p[i] != 0x7F);
    return 0;
}
