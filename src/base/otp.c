#include "base/otp.h"

#include "base/hash.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <stdio.h>
#include <string.h>

enum { STEP_MS = 30000, SECRET_BYTES = 20, SECRET_MAX = 64 };
static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

const char *otp_new_secret(struct ctx *cx)
{
    unsigned char raw[SECRET_BYTES];
    char *out = arena_alloc(cx->arena, SECRET_BYTES * 8 / 5 + 1);
    hash_random(raw, sizeof raw);
    for (size_t bit = 0, o = 0; bit < SECRET_BYTES * 8; bit += 5) {
        unsigned two = (unsigned)raw[bit / 8] << 8 | (bit / 8 + 1 < SECRET_BYTES ? raw[bit / 8 + 1] : 0);
        out[o++] = base32[two >> (11 - bit % 8) & 31];
    }
    hash_wipe(raw, sizeof raw);
    return out;
}

static bool decode(const char *secret, unsigned char out[SECRET_MAX], size_t *n)
{
    unsigned acc = 0, bits = 0;
    *n = 0;
    for (; *secret != '\0' && *secret != '='; secret++) {
        const char *at = strchr(base32, *secret);
        if (at == NULL || *n == SECRET_MAX)
            return false;
        acc = acc << 5 | (unsigned)(at - base32);
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            out[(*n)++] = (unsigned char)(acc >> bits);
        }
    }
    return *n > 0;
}

static void code_of(const unsigned char *key, size_t n, int64_t step, char out[7])
{
    unsigned char message[8], mac[EVP_MAX_MD_SIZE];
    unsigned len = 0;
    for (int i = 0; i < 8; i++)
        message[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
    HMAC(EVP_sha1(), key, (int)n, message, sizeof message, mac, &len);
    unsigned at = mac[len - 1] & 15;
    uint32_t v = (uint32_t)(mac[at] & 0x7f) << 24 | (uint32_t)mac[at + 1] << 16 | (uint32_t)mac[at + 2] << 8 | mac[at + 3];
    snprintf(out, 7, "%06u", (unsigned)(v % 1000000u));
}

bool otp_code(const char *secret, int64_t now_ms, char out[7])
{
    unsigned char key[SECRET_MAX];
    size_t n;
    if (!decode(secret, key, &n))
        return false;
    code_of(key, n, now_ms / STEP_MS, out);
    return true;
}

bool otp_right(const char *secret, const char *code, int64_t now_ms, int64_t last_step, int64_t *step)
{
    unsigned char key[SECRET_MAX];
    size_t n;
    bool right = false;
    if (code == NULL || strlen(code) != 6 || !decode(secret, key, &n))
        return false;
    for (int64_t s = now_ms / STEP_MS - 1; s <= now_ms / STEP_MS + 1; s++) {
        char want[7];
        code_of(key, n, s, want);
        if (s > last_step && hash_equal(want, code, 6)) {
            right = true;
            *step = s;
        }
    }
    return right;
}

const char *otp_uri(struct ctx *cx, const char *issuer, const char *login, const char *secret)
{
    return arena_fmt(cx->arena, "otpauth://totp/%s:%s?secret=%s&issuer=%s&digits=6&period=30", issuer, login, secret, issuer);
}
