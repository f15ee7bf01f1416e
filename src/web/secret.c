#include "web/web_impl.h"

#include "base/hash.h"

#include <string.h>

const char *secret_random(struct arena *a)
{
    unsigned char raw[16];
    char *out = arena_alloc(a, 2 * sizeof raw + 1);
    hash_random(raw, sizeof raw);
    hash_hex(raw, sizeof raw, out);
    return out;
}

const char *secret_mac(struct arena *a, const unsigned char *key, const char *purpose, const char *text)
{
    unsigned char mac[HASH_LEN];
    char *out = arena_alloc(a, 33);
    const char *m = arena_fmt(a, "%s:%s", purpose, text);
    hash_hmac_sm3(key, 32, m, strlen(m), mac);
    hash_hex(mac, 16, out);
    return out;
}

bool secret_same(const char *a, const char *b)
{
    size_t n = strlen(a);
    return n == strlen(b) && hash_equal(a, b, n);
}
