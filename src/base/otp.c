#include "base/otp.h"

#include "base/hash.h"
#include "base/text.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <stdlib.h>
#include <string.h>

static const char symbols[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

void otp_secret(unsigned char out[OTP_SECRET]) { hash_random(out, OTP_SECRET); }

void otp_code(const void *secret, size_t n, int64_t step, char out[7])
{
    unsigned char at[8], mac[20];
    unsigned len = sizeof mac;
    for (int i = 0; i < 8; i++)
        at[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
    if (HMAC(EVP_sha1(), secret, (int)n, at, sizeof at, mac, &len) == NULL)
        abort();
    const unsigned char *p = mac + (mac[19] & 15);
    uint32_t v = ((uint32_t)(p[0] & 0x7F) << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]) % 1000000;
    for (int i = 5; i >= 0; i--, v /= 10)
        out[i] = (char)('0' + v % 10);
    out[6] = '\0';
    hash_wipe(mac, sizeof mac);
}

bool otp_check(const void *secret, size_t n, const char *code, int64_t now_ms, int64_t last_step, int64_t *step)
{
    int64_t at = now_ms / 1000 / OTP_STEP, found = 0;
    char want[7], given[7] = {0};
    size_t len = 0;
    for (const char *p = code; *p != '\0' && len < 7; p++)
        if (*p != ' ' && len++ < 6)
            given[len - 1] = *p;
    for (int64_t s = at - 1; s <= at + 1; s++) {
        otp_code(secret, n, s, want);
        bool same = hash_equal(want, given, 6);
        if (same && len == 6 && s > last_step)
            found = s;
    }
    hash_wipe(want, sizeof want);
    *step = found;
    return found != 0;
}

const char *base32_encode(struct arena *a, const void *p, size_t n)
{
    const unsigned char *b = p;
    char *out = arena_alloc(a, (n * 8 + 4) / 5 + 1);
    size_t len = 0;
    unsigned bits = 0, held = 0;
    for (size_t i = 0; i < n; i++) {
        bits = (bits << 8 | b[i]) & 0xFFF;
        for (held += 8; held >= 5; held -= 5)
            out[len++] = symbols[bits >> (held - 5) & 31];
    }
    if (held > 0)
        out[len++] = symbols[bits << (5 - held) & 31];
    return out;
}

int64_t base32_decode(const char *s, void *out, size_t cap)
{
    unsigned char *b = out;
    size_t n = 0;
    unsigned bits = 0, held = 0;
    for (; *s != '\0'; s++) {
        char c = *s >= 'a' && *s <= 'z' ? (char)(*s - 'a' + 'A') : *s;
        if (c == ' ' || c == '=')
            continue;
        const char *at = strchr(symbols, c);
        if (at == NULL)
            return -1;
        bits = (bits << 5 | (unsigned)(at - symbols)) & 0xFFF;
        held += 5;
        if (held < 8)
            continue;
        held -= 8;
        if (n == cap)
            return -1;
        b[n++] = (unsigned char)(bits >> held);
    }
    return (int64_t)n;
}

const char *otp_uri(struct arena *a, const char *issuer, const char *account, const void *secret, size_t n)
{
    const char *who = text_percent(a, issuer);
    return arena_fmt(a, "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=6&period=%d", who,
                     text_percent(a, account), base32_encode(a, secret, n), who, OTP_STEP);
}
