#include "feeds/charset.h"

#include <errno.h>
#include <string.h>

const char *charset_name(enum charset cs)
{
    static const char *const names[] = {"UTF-8", "UTF-8", "GB18030", "UTF-16LE", "UTF-16BE"};
    return names[cs];
}

int utf8_len(const unsigned char *p, size_t n)
{
    if (p[0] < 0x80)
        return 1;
    int len = p[0] >= 0xc2 && p[0] <= 0xdf ? 2 : (p[0] & 0xf0) == 0xe0 ? 3 : p[0] >= 0xf0 && p[0] <= 0xf4 ? 4 : 0;
    for (int i = 1; i < len; i++) {
        if ((size_t)i >= n)
            return -1;
        if ((p[i] & 0xc0) != 0x80)
            return 0;
        if (i == 1 && ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) || (p[0] == 0xf0 && p[1] < 0x90) ||
                       (p[0] == 0xf4 && p[1] > 0x8f)))
            return 0;
    }
    return len;
}

unsigned utf8_code(const unsigned char *p, int len)
{
    switch (len) {
    case 2: return (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu);
    case 3: return (p[0] & 0x0fu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
    case 4: return (p[0] & 0x07u) << 18 | (p[1] & 0x3fu) << 12 | (p[2] & 0x3fu) << 6 | (p[3] & 0x3fu);
    default: return p[0];
    }
}

struct tally {
    size_t good, bad; /* characters above ASCII; bytes that fit nowhere */
    size_t typical;   /* of the good: what Chinese text is made of in this encoding */
};

static struct tally tally_utf8(const unsigned char *p, size_t n)
{
    struct tally t = {0};
    for (size_t i = 0; i < n;) {
        int len = utf8_len(p + i, n - i);
        if (len < 0)
            break;
        t.good += len > 1;
        t.typical += len == 3;
        t.bad += len == 0;
        i += len == 0 ? 1 : (size_t)len;
    }
    return t;
}

static struct tally tally_gb(const unsigned char *p, size_t n)
{
    struct tally t = {0};
    for (size_t i = 0; i < n; i++) {
        if (p[i] < 0x80)
            continue;
        if (i + 1 >= n)
            break;
        unsigned char b = p[i + 1];
        bool four = b >= '0' && b <= '9';
        if (p[i] == 0x80 || p[i] == 0xff || (!four && (b < 0x40 || b == 0x7f || b == 0xff))) {
            t.bad++;
            continue;
        }
        if (four && i + 3 >= n)
            break;
        if (four && (p[i + 2] < 0x81 || p[i + 2] == 0xff || p[i + 3] < '0' || p[i + 3] > '9')) {
            t.bad++;
            continue;
        }
        t.good++;
        t.typical += p[i] >= 0xa1 && p[i] <= 0xf7 && b >= 0xa1; /* GB 2312: marks and common characters */
        i += four ? 3 : 1;
    }
    return t;
}

enum charset charset_guess(const unsigned char *p, size_t n)
{
    struct tally u = tally_utf8(p, n), g = tally_gb(p, n);
    if (u.bad * 20 <= u.good)
        return CS_UTF8;
    return g.good > 0 && g.bad * 20 <= g.good ? CS_GB18030 : CS_UNKNOWN;
}

/* Bytes 0x80–0x9f of windows-1252, which is what "Latin-1" is in practice; 0 = the control character itself. */
static const unsigned short cp1252[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
    0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
};

static int latin_byte(unsigned code) /* -1: not in it */
{
    if (code < 0x100)
        return (int)code;
    for (int i = 0; i < 32; i++)
        if (cp1252[i] == code)
            return 0x80 + i;
    return -1;
}

static size_t undo_latin(const char *s, size_t n, char *out, size_t *foreign)
{
    const unsigned char *p = (const unsigned char *)s;
    size_t w = 0;
    for (size_t i = 0; i < n;) {
        int len = utf8_len(p + i, n - i);
        if (len <= 0)
            break;
        int b = latin_byte(utf8_code(p + i, len));
        *foreign += b < 0;
        out[w++] = (char)(b < 0 ? '?' : b);
        i += (size_t)len;
    }
    return w;
}

static size_t undo_gbk(const char *s, size_t n, char *out, size_t room)
{
    iconv_t cd = iconv_open("GB18030", "UTF-8");
    if (cd == (iconv_t)-1)
        return 0;
    char *in = (char *)(size_t)s, *o = out;
    size_t left = n, cap = room;
    while (left > 0 && iconv(cd, &in, &left, &o, &cap) == (size_t)-1) {
        if (errno != EILSEQ || cap == 0)
            break;
        *o++ = '?';
        cap--;
        int len = utf8_len((const unsigned char *)in, left);
        size_t skip = len <= 0 ? 1 : (size_t)len;
        in += skip;
        left -= skip;
    }
    (void)iconv_close(cd);
    return room - cap;
}

size_t charset_undo(enum repair how, const char *p, size_t n, char *out)
{
    size_t foreign = 0;
    return how == REPAIR_UTF8_AS_GBK ? undo_gbk(p, n, out, 2 * n + 16) : undo_latin(p, n, out, &foreign);
}

/* The marks of text that went through a lossy conversion: U+FFFD itself, and U+FFFD's bytes read as GBK (锟斤拷). */
static bool is_lost(const char *p, size_t n, size_t good)
{
    size_t lost = 0;
    for (size_t i = 0; i + 3 <= n; i++) {
        lost += memcmp(p + i, "\xef\xbf\xbd", 3) == 0;
        if (i + 9 <= n && memcmp(p + i, "锟斤拷", 9) == 0)
            lost += 3;
    }
    return lost >= 4 && lost * 3 > good;
}

enum repair charset_repair(const char *p, size_t n, char *scratch)
{
    struct tally all = tally_utf8((const unsigned char *)p, n);
    size_t foreign = 0, w = undo_latin(p, n, scratch, &foreign);
    const unsigned char *b = (const unsigned char *)scratch;
    if (is_lost(p, n, all.good))
        return REPAIR_LOST;
    if (foreign * 10 <= all.good && all.good >= 4) {
        struct tally u = tally_utf8(b, w), g = tally_gb(b, w);
        if (u.good >= 2 && u.bad * 10 <= u.good)
            return REPAIR_UTF8_AS_LATIN1;
        if (g.good >= 4 && g.bad * 10 <= g.good && g.typical * 10 >= g.good * 7)
            return REPAIR_GBK_AS_LATIN1;
    }
    if (all.good < 4)
        return REPAIR_NONE;
    w = undo_gbk(p, n, scratch, n);
    struct tally u = tally_utf8(b, w);
    return u.good >= 4 && u.typical * 2 >= u.good && u.bad * 4 <= u.good ? REPAIR_UTF8_AS_GBK : REPAIR_NONE;
}

bool decoder_init(struct decoder *d, enum charset cs)
{
    *d = (struct decoder){.cs = cs, .cd = (iconv_t)-1};
    if (cs == CS_UTF8 || cs == CS_UNKNOWN)
        return true;
    d->cd = iconv_open("UTF-8", charset_name(cs));
    return d->cd != (iconv_t)-1;
}

void decoder_close(struct decoder *d)
{
    if (d->cd != (iconv_t)-1)
        (void)iconv_close(d->cd);
    d->cd = (iconv_t)-1;
    d->n_carry = 0;
}

#define BROKEN "\xef\xbf\xbd"

/* Copies valid UTF-8, one mark for each broken byte; returns the bytes used (a cut character stays unless `last`). */
static size_t run_utf8(const unsigned char *p, size_t n, bool last, char *out, size_t *w)
{
    size_t i = 0;
    while (i < n) {
        size_t from = i;
        int len = 1;
        while (i < n && (len = utf8_len(p + i, n - i)) > 0)
            i += (size_t)len;
        memcpy(out + *w, p + from, i - from);
        *w += i - from;
        if (i >= n || (len < 0 && !last))
            break;
        memcpy(out + *w, BROKEN, 3);
        *w += 3;
        i++;
    }
    return i;
}

static size_t run_iconv(struct decoder *d, const unsigned char *p, size_t n, bool last, char *out, size_t *w)
{
    size_t unit = d->cs == CS_GB18030 ? 1 : 2, left = n, cap = 3 * n + 16;
    char *in = (char *)(size_t)p, *o = out + *w;
    while (left > 0 && iconv(d->cd, &in, &left, &o, &cap) == (size_t)-1) {
        if ((errno == EINVAL && !last) || cap < 3)
            break;
        memcpy(o, BROKEN, 3);
        o += 3;
        cap -= 3;
        size_t skip = left < unit ? left : unit;
        in += skip;
        left -= skip;
    }
    *w = (size_t)(o - out);
    return n - left;
}

static size_t run(struct decoder *d, const unsigned char *p, size_t n, bool last, char *out, size_t *w)
{
    return d->cd == (iconv_t)-1 ? run_utf8(p, n, last, out, w) : run_iconv(d, p, n, last, out, w);
}

size_t decoder_run(struct decoder *d, const unsigned char *p, size_t n, bool last, char *out)
{
    size_t w = 0;
    while (d->n_carry > 0 && (n > 0 || last)) { /* finish the begun character byte by byte */
        size_t had = d->n_carry;
        if (n > 0 && d->n_carry < sizeof d->carry) {
            d->carry[d->n_carry++] = *p++;
            n--;
        }
        size_t used = run(d, d->carry, d->n_carry, last && n == 0, out, &w);
        d->n_carry -= used;
        memmove(d->carry, d->carry + used, d->n_carry);
        if (used == 0 && d->n_carry == had)
            d->n_carry = 0; /* cannot happen: eight bytes hold a whole character in each encoding */
    }
    if (n == 0)
        return w;
    size_t more = 0, used = run(d, p, n, last, out + w, &more);
    d->n_carry = n - used; /* at most three bytes of a cut character */
    memcpy(d->carry, p + used, d->n_carry);
    return w + more;
}
