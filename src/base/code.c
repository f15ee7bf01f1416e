#include "base/code.h"

#include "base/ctx.h"
#include "base/hash.h"
#include "base/text.h"

#include <string.h>

static const char symbols[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static unsigned twice(unsigned v) /* times x, modulo x^5 + x^2 + 1 */
{
    v <<= 1;
    return v & 32 ? (v ^ 0x25) & 31 : v;
}

/* What the sum of v[i] times x^(7-i) comes to; a code is right when it is 0. */
static unsigned residue(const unsigned v[CODE_LEN])
{
    unsigned r = 0;
    for (int i = 0; i < CODE_LEN; i++)
        r = twice(r) ^ v[i];
    return r;
}

void code_make(uint64_t value, char out[CODE_LEN + 1])
{
    unsigned v[CODE_LEN] = {0};
    for (int i = CODE_LEN - 2; i >= 0; i--, value >>= 5)
        v[i] = value & 31;
    v[CODE_LEN - 1] = residue(v);
    for (int i = 0; i < CODE_LEN; i++)
        out[i] = symbols[v[i]];
    out[CODE_LEN] = '\0';
}

void code_random(char out[CODE_LEN + 1])
{
    uint64_t value;
    hash_random(&value, sizeof value);
    code_make(value, out);
}

static int symbol(uint32_t cp)
{
    if (cp > 0xFF00 && cp < 0xFF5F)
        cp -= 0xFEE0;
    if (cp >= 'a' && cp <= 'z')
        cp -= 'a' - 'A';
    cp = cp == 'O' ? '0' : cp == 'I' || cp == 'L' ? '1' : cp;
    const char *at = cp < 0x80 && cp != 0 ? strchr(symbols, (int)cp) : NULL;
    return at == NULL ? -1 : (int)(at - symbols);
}

const char *code_read(const char *s, char out[CODE_LEN + 1])
{
    unsigned v[CODE_LEN] = {0};
    size_t n = 0, len = strlen(s);
    for (size_t i = 0; i < len;) {
        uint32_t cp;
        i += utf8_next(s + i, len - i, &cp, NULL);
        if (cp == '-' || cp == 0xFF0D || (cp >= 0x2010 && cp <= 0x2015) || text_is_space(cp) || text_is_invisible(cp))
            continue;
        int at = symbol(cp);
        if (at < 0)
            return N_("编号里只有数字和字母，请检查有没有抄错。");
        if (n < CODE_LEN)
            v[n] = (unsigned)at;
        n++;
    }
    if (n != CODE_LEN)
        return N_("编号要 8 位，请看看有没有漏写或者多写。");
    if (residue(v) != 0)
        return N_("这个编号不对，可能抄错了一位，请对照原来的再看一遍。");
    for (int i = 0; i < CODE_LEN; i++)
        out[i] = symbols[v[i]];
    out[CODE_LEN] = '\0';
    return NULL;
}

const char *code_show(struct arena *a, const char *code)
{
    return strlen(code) == CODE_LEN ? arena_fmt(a, "%.4s-%s", code, code + 4) : code;
}
