#include "match/chars.h"

static unsigned tail(const unsigned char *s, unsigned need)
{
    unsigned got = 0;
    while (got < need && (s[got] & 0xC0) == 0x80)
        got++;
    return got;
}

uint32_t chars_next(const char **p)
{
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *s = (const unsigned char *)*p;
    uint32_t c = 0;
    for (;;) {
        if (*s < 0x80) {
            c = *s;
            s += *s != 0;
            break;
        }
        unsigned len = *s >= 0xF0 && *s < 0xF8 ? 4 : *s >= 0xE0 && *s < 0xF0 ? 3 : *s >= 0xC0 && *s < 0xE0 ? 2 : 1;
        unsigned got = tail(s + 1, len - 1);
        if (len > 1 && got == len - 1) {
            c = *s & (0xFFu >> (len + 1));
            for (unsigned i = 1; i < len; i++)
                c = c << 6 | (s[i] & 0x3Fu);
        }
        s += 1 + got;
        if (len > 1 && got == len - 1 && c >= least[len] && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF))
            break;
    }
    *p = (const char *)s;
    return c;
}

uint32_t chars_fold(uint32_t c)
{
    if (c >= 0xFF01 && c <= 0xFF5E)
        c -= 0xFEE0;
    else if (c == 0x3000)
        c = ' ';
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

enum char_kind chars_kind(uint32_t c)
{
    if ((c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x323AF) || c == 0x3007)
        return CHAR_HAN;
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '#' || (c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7))
        return CHAR_LATIN;
    return CHAR_GAP;
}

size_t chars_read(const char *s, uint32_t *out, size_t cap)
{
    size_t n = 0;
    if (s == NULL)
        return 0;
    for (uint32_t c; n < cap && (c = chars_next(&s)) != 0;)
        out[n++] = chars_fold(c);
    return n;
}

uint64_t hash_mix(uint64_t x)
{
    x ^= x >> 32;
    x *= 0xD6E8FEB86659FD93u;
    x ^= x >> 32;
    x *= 0xD6E8FEB86659FD93u;
    return x ^ x >> 32;
}

uint64_t hash_bytes(const void *p, size_t n)
{
    const unsigned char *s = p;
    uint64_t h = 0xCBF29CE484222325u ^ n;
    for (size_t i = 0; i < n; i++)
        h = (h ^ s[i]) * 0x100000001B3u;
    return hash_mix(h);
}
