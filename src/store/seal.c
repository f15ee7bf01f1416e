/* seal.c -- personal data in its column: suite 1 = SM4-CTR, then HMAC-SM3 over everything (GB/T 32907, GB/T 32905).
 *
 * Layout: suite (1 byte), key number (1), IV (16), text, tag (32). The purpose ("person.name") is part of the keys,
 * so a value moved to another column does not open.
 */
#include "store/keyring.h"

#include <openssl/evp.h>

#include <stdlib.h>
#include <string.h>

enum { SUITE = 1, HEAD = 18, TAG = HASH_LEN };

static void sm4(const unsigned char key[16], const unsigned char iv[16], const unsigned char *in, size_t n, unsigned char *out)
{
    EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
    int len = 0;
    if (c == NULL || EVP_EncryptInit_ex(c, EVP_sm4_ctr(), NULL, key, iv) != 1 || EVP_EncryptUpdate(c, out, &len, in, (int)n) != 1)
        abort();
    EVP_CIPHER_CTX_free(c);
}

static void keys(struct ctx *cx, unsigned number, const char *purpose, unsigned char enc[HASH_LEN], unsigned char mac[HASH_LEN])
{
    keyring_use(cx->keys, number, arena_fmt(cx->arena, "seal %s", purpose), enc);
    keyring_use(cx->keys, number, arena_fmt(cx->arena, "tag %s", purpose), mac);
}

err_t seal(struct ctx *cx, const char *purpose, const char *text, struct blob *out)
{
    unsigned char enc[HASH_LEN], mac[HASH_LEN];
    if (text == NULL) {
        *out = (struct blob){0};
        return E_OK;
    }
    size_t n = strlen(text);
    unsigned char *b = arena_alloc(cx->arena, HEAD + n + TAG);
    b[0] = SUITE;
    b[1] = (unsigned char)cx->keys->n;
    hash_random(b + 2, 16);
    keys(cx, cx->keys->n, purpose, enc, mac);
    sm4(enc, b + 2, (const unsigned char *)text, n, b + HEAD);
    hash_hmac_sm3(mac, HASH_LEN, b, HEAD + n, b + HEAD + n);
    hash_wipe(enc, sizeof enc);
    *out = (struct blob){b, HEAD + n + TAG};
    return E_OK;
}

err_t unseal(struct ctx *cx, const char *purpose, struct blob sealed, const char **out)
{
    unsigned char enc[HASH_LEN], mac[HASH_LEN], tag[HASH_LEN];
    const unsigned char *b = sealed.ptr;
    *out = NULL;
    if (b == NULL)
        return E_OK;
    if (sealed.len < HEAD + TAG || b[0] != SUITE || b[1] == 0 || b[1] > cx->keys->n)
        return FAIL(cx, E_BUG, NULL, "%s: not a sealed value of a key we have", purpose);
    size_t n = sealed.len - HEAD - TAG;
    keys(cx, b[1], purpose, enc, mac);
    hash_hmac_sm3(mac, HASH_LEN, b, HEAD + n, tag);
    if (!hash_equal(tag, b + HEAD + n, TAG))
        return FAIL(cx, E_BUG, NULL, "%s: a sealed value was changed or belongs elsewhere", purpose);
    char *text = arena_alloc(cx->arena, n + 1);
    sm4(enc, b + 2, b + HEAD, n, (unsigned char *)text);
    hash_wipe(enc, sizeof enc);
    *out = text;
    return E_OK;
}

const char *blind_index(struct ctx *cx, const char *purpose, const char *text)
{
    unsigned char key[HASH_LEN], tag[HASH_LEN];
    char *hex = arena_alloc(cx->arena, 2 * HASH_LEN + 1);
    keyring_use(cx->keys, 1, arena_fmt(cx->arena, "find %s", purpose), key);
    hash_hmac_sm3(key, HASH_LEN, text, strlen(text), tag);
    hash_hex(tag, HASH_LEN, hex);
    return hex;
}
