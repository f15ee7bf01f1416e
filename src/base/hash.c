#include "base/hash.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <stdlib.h>
#include <string.h>

static void digest(const EVP_MD *md, const void *p, size_t n, unsigned char out[HASH_LEN])
{
    unsigned len = HASH_LEN;
    if (EVP_Digest(p, n, out, &len, md, NULL) != 1)
        abort();
}

void hash_sm3(const void *p, size_t n, unsigned char out[HASH_LEN]) { digest(EVP_sm3(), p, n, out); }
void hash_sha256(const void *p, size_t n, unsigned char out[HASH_LEN]) { digest(EVP_sha256(), p, n, out); }

void hash_hmac_sm3(const void *key, size_t key_n, const void *p, size_t n, unsigned char out[HASH_LEN])
{
    enum { BLOCK = 64 };
    unsigned char pad[BLOCK] = {0}, inner[HASH_LEN];
    if (key_n > BLOCK)
        hash_sm3(key, key_n, pad);
    else
        memcpy(pad, key, key_n);
    EVP_MD_CTX *c = EVP_MD_CTX_new();
    unsigned len = HASH_LEN;
    bool good = c != NULL;
    for (size_t i = 0; i < BLOCK; i++)
        pad[i] ^= 0x36;
    good = good && EVP_DigestInit_ex(c, EVP_sm3(), NULL) && EVP_DigestUpdate(c, pad, BLOCK) && EVP_DigestUpdate(c, p, n) &&
           EVP_DigestFinal_ex(c, inner, &len);
    for (size_t i = 0; i < BLOCK; i++)
        pad[i] ^= 0x36 ^ 0x5c;
    good = good && EVP_DigestInit_ex(c, NULL, NULL) && EVP_DigestUpdate(c, pad, BLOCK) && EVP_DigestUpdate(c, inner, HASH_LEN) &&
           EVP_DigestFinal_ex(c, out, &len);
    EVP_MD_CTX_free(c);
    hash_wipe(pad, sizeof pad);
    if (!good)
        abort();
}

void hash_hex(const void *p, size_t n, char *out)
{
    static const char digits[] = "0123456789abcdef";
    const unsigned char *b = p;
    for (size_t i = 0; i < n; i++) {
        out[2 * i] = digits[b[i] >> 4];
        out[2 * i + 1] = digits[b[i] & 15];
    }
    out[2 * n] = '\0';
}

static int nibble(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool hash_unhex(const char *hex, void *out, size_t n)
{
    unsigned char *b = out;
    if (strlen(hex) != 2 * n)
        return false;
    for (size_t i = 0; i < n; i++) {
        int hi = nibble(hex[2 * i]), lo = nibble(hex[2 * i + 1]);
        if (hi < 0 || lo < 0)
            return false;
        b[i] = (unsigned char)(hi << 4 | lo);
    }
    return true;
}

bool hash_equal(const void *a, const void *b, size_t n) { return CRYPTO_memcmp(a, b, n) == 0; }

void hash_random(void *out, size_t n)
{
    if (RAND_bytes(out, (int)n) != 1)
        abort();
}

void hash_token(char out[44])
{
    static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    unsigned char raw[33] = {0};
    hash_random(raw, 32);
    for (size_t i = 0, o = 0; i < 33; i += 3) {
        unsigned v = (unsigned)raw[i] << 16 | (unsigned)raw[i + 1] << 8 | raw[i + 2];
        for (int k = 18; k >= 0 && o < 43; k -= 6)
            out[o++] = set[v >> k & 63];
    }
    out[43] = '\0';
    hash_wipe(raw, sizeof raw);
}

void hash_wipe(void *p, size_t n) { OPENSSL_cleanse(p, n); }
