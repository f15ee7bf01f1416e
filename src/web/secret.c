#include "web/web_impl.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void secret_random(char *hex, size_t bytes)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char raw[64];
    if (bytes > sizeof raw || RAND_bytes(raw, (int)bytes) != 1) {
        fputs("no randomness\n", stderr);
        abort();
    }
    for (size_t i = 0; i < bytes; i++) {
        hex[2 * i] = digits[raw[i] >> 4];
        hex[2 * i + 1] = digits[raw[i] & 15];
    }
    hex[2 * bytes] = '\0';
}

const char *secret_mac(struct arena *a, const unsigned char *key, const char *purpose, const char *text)
{
    static const char digits[] = "0123456789abcdef";
    const char *m = arena_fmt(a, "%s:%s", purpose, text);
    unsigned char mac[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    if (HMAC(EVP_sha256(), key, 32, (const unsigned char *)m, strlen(m), mac, &n) == NULL || n < 16) {
        fputs("no HMAC\n", stderr);
        abort();
    }
    char *out = arena_alloc(a, 33);
    for (size_t i = 0; i < 16; i++) {
        out[2 * i] = digits[mac[i] >> 4];
        out[2 * i + 1] = digits[mac[i] & 15];
    }
    return out;
}

bool secret_same(const char *a, const char *b)
{
    size_t n = strlen(a);
    return n == strlen(b) && CRYPTO_memcmp(a, b, n) == 0;
}
