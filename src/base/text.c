#include "base/text.h"

#include "base/view.h"

#include <string.h>

size_t utf8_next(const char *s, size_t n, uint32_t *cp, bool *good)
{
    const unsigned char *u = (const unsigned char *)s;
    uint32_t c = u[0];
    size_t len = c < 0x80 ? 1 : c >= 0xC2 && c < 0xE0 ? 2 : (c & 0xF0) == 0xE0 ? 3 : c >= 0xF0 && c < 0xF5 ? 4 : 0;
    bool fine = len != 0 && len <= n;
    if (fine && len > 1)
        c &= 0x7Fu >> len;
    for (size_t i = 1; fine && i < len; i++) {
        fine = (u[i] & 0xC0) == 0x80;
        c = c << 6 | (u[i] & 0x3Fu);
    }
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    fine = fine && c >= least[len] && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
    *cp = fine ? c : 0xFFFD;
    if (good != NULL)
        *good = fine;
    return fine ? len : 1;
}

size_t utf8_put(char out[4], uint32_t cp)
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    size_t len = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    static const unsigned char lead[5] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = len - 1; i > 0; i--, cp >>= 6)
        out[i] = (char)(0x80 | (cp & 0x3F));
    out[0] = (char)(lead[len] | cp);
    return len;
}

bool utf8_valid(const char *s, size_t n)
{
    uint32_t cp;
    bool good = true;
    for (size_t i = 0; good && i < n;)
        i += utf8_next(s + i, n - i, &cp, &good);
    return good;
}

size_t utf8_count(const char *s, size_t n)
{
    size_t count = 0;
    uint32_t cp;
    for (size_t i = 0; i < n; count++)
        i += utf8_next(s + i, n - i, &cp, NULL);
    return count;
}

size_t utf8_clip(const char *s, size_t n, size_t chars)
{
    size_t i = 0;
    uint32_t cp;
    for (; i < n && chars > 0; chars--)
        i += utf8_next(s + i, n - i, &cp, NULL);
    return i;
}

bool text_is_han(uint32_t cp)
{
    return (cp >= 0x4E00 && cp <= 0x9FFF) || (cp >= 0x3400 && cp <= 0x4DBF) || cp == 0x3007 || (cp >= 0x20000 && cp <= 0x3FFFF) ||
           (cp >= 0xF900 && cp <= 0xFAFF);
}

bool text_is_control(uint32_t cp) { return cp < 0x20 || (cp >= 0x7F && cp < 0xA0); }

bool text_is_invisible(uint32_t cp)
{
    return (cp >= 0x200B && cp <= 0x200F) || (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x206F) || cp == 0xFEFF ||
           cp == 0xAD || (cp >= 0xFFF9 && cp <= 0xFFFB) || (cp >= 0xE0000 && cp <= 0xE007F);
}

bool text_is_space(uint32_t cp)
{
    return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0xA0 || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x3000 ||
           cp == 0x2028 || cp == 0x2029 || cp == 0x202F || cp == 0x205F || cp == 0x85;
}

struct swap {
    uint16_t from, to;
};

static const struct swap tidy[] = { /* U+FE10.. vertical forms, U+FE50.. small forms, corner brackets */
    {0xFE10, 0xFF0C}, {0xFE11, 0x3001}, {0xFE12, 0x3002}, {0xFE13, 0xFF1A}, {0xFE14, 0xFF1B}, {0xFE15, 0xFF01}, {0xFE16, 0xFF1F},
    {0xFE35, 0xFF08}, {0xFE36, 0xFF09}, {0xFE50, 0xFF0C}, {0xFE51, 0x3001}, {0xFE52, 0x3002}, {0xFE54, 0xFF1B}, {0xFE55, 0xFF1A},
    {0xFE56, 0xFF1F}, {0xFE57, 0xFF01}, {0xFE59, 0xFF08}, {0xFE5A, 0xFF09}, {0x300C, 0x201C}, {0x300D, 0x201D}, {0x300E, 0x2018},
    {0x300F, 0x2019}, {0xFF61, 0x3002}, {0xFF64, 0x3001}, {0xFF65, 0x00B7}, {0x2022, 0x00B7}, {0x30FB, 0x00B7},
};

static const struct swap plain[] = { /* what a Chinese mark is on an ASCII keyboard */
    {0x3002, '.'},  {0x3001, ','},  {0x201C, '"'}, {0x201D, '"'}, {0x2018, '\''}, {0x2019, '\''}, {0x3010, '['}, {0x3011, ']'},
    {0x3014, '['},  {0x3015, ']'},  {0x2013, '-'}, {0x2014, '-'}, {0x2015, '-'},  {0x2212, '-'},  {0x2010, '-'}, {0x2011, '-'},
    {0x2012, '-'},  {0x301C, '~'},  {0x223C, '~'}, {0x300A, '<'}, {0x300B, '>'},  {0x3008, '<'},  {0x3009, '>'},
};

static uint32_t swapped(const struct swap *t, size_t n, uint32_t cp)
{
    for (size_t i = 0; i < n; i++)
        if (t[i].from == cp)
            return t[i].to;
    return cp;
}

static uint32_t tidied(uint32_t cp)
{
    if (cp < 0x80)
        return cp;
    cp = swapped(tidy, sizeof tidy / sizeof *tidy, cp);
    bool alnum = (cp >= 0xFF10 && cp <= 0xFF19) || (cp >= 0xFF21 && cp <= 0xFF3A) || (cp >= 0xFF41 && cp <= 0xFF5A);
    bool sign = cp == 0xFF03 || cp == 0xFF05 || cp == 0xFF06 || cp == 0xFF0B || cp == 0xFF0D || cp == 0xFF0E || cp == 0xFF0F ||
                cp == 0xFF20 || cp == 0xFF3F;
    return alnum || sign ? cp - 0xFEE0 : cp;
}

const char *text_clean(struct arena *a, const char *s, size_t n)
{
    char *out = arena_alloc(a, 3 * n + 1); /* a malformed byte becomes U+FFFD: three bytes */
    size_t len = 0;
    bool gap = false;
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        i += utf8_next(s + i, n - i, &cp, NULL);
        if (text_is_space(cp)) {
            gap = len > 0;
            continue;
        }
        if (text_is_control(cp) || text_is_invisible(cp))
            continue;
        if (gap)
            out[len++] = ' ';
        gap = false;
        len += utf8_put(out + len, tidied(cp));
    }
    out[len] = '\0';
    return out;
}

const char *text_fold(struct arena *a, const char *s, size_t n)
{
    char *out = arena_alloc(a, 3 * n + 1);
    size_t len = 0;
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        i += utf8_next(s + i, n - i, &cp, NULL);
        if (text_is_space(cp) || text_is_control(cp) || text_is_invisible(cp))
            continue;
        cp = tidied(cp);
        cp = cp < 0x80 ? cp : swapped(plain, sizeof plain / sizeof *plain, cp);
        if (cp > 0xFF00 && cp < 0xFF5F)
            cp -= 0xFEE0;
        if (cp >= 'A' && cp <= 'Z')
            cp += 'a' - 'A';
        len += utf8_put(out + len, cp);
    }
    out[len] = '\0';
    return out;
}

static bool cut_end(char *s, const char *end)
{
    size_t n = strlen(s), e = strlen(end);
    if (n < e + 6 || memcmp(s + n - e, end, e) != 0) /* at least two Han characters stay */
        return false;
    s[n - e] = '\0';
    return true;
}

const char *text_employer_key(struct arena *a, const char *name)
{
    static const char *const ends[] = {"有限责任公司", "股份有限公司", "集团有限公司", "有限公司", "股份公司", "集团公司", "分公司",
                                       "总公司", "公司", "集团", "股份", "(个体工商户)", "个体工商户"};
    const char *folded = text_fold(a, name, strlen(name));
    char *key = arena_strndup(a, folded, strlen(folded));
    size_t len = 0;
    for (size_t i = 0; key[i] != '\0'; i++) {
        unsigned char c = (unsigned char)key[i];
        bool word = c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '&' || c == '+';
        if (word)
            key[len++] = key[i];
    }
    key[len] = '\0';
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (strcmp(ends[i], "分公司") != 0 && cut_end(key, ends[i])) /* a branch is another employer than its parent */
            break;
    return key;
}

const char *text_cut(struct arena *a, const char *s, size_t chars)
{
    size_t n = strlen(s), keep = utf8_clip(s, n, chars);
    return keep == n ? s : arena_fmt(a, "%.*s…", (int)keep, s);
}

const char *text_fill(struct arena *a, const char *msg, ...)
{
    size_t room = strlen(msg) + 64; /* a sentence is short: no need for what a page takes */
    struct buf b = {.a = a, .p = arena_alloc(a, room), .cap = room};
    for (const char *p = msg; *p != '\0';) {
        const char *end = *p == '{' ? strchr(p, '}') : NULL, *value = NULL;
        if (end != NULL) {
            va_list ap;
            va_start(ap, msg);
            for (const char *name; value == NULL && (name = va_arg(ap, const char *)) != NULL;) {
                const char *v = va_arg(ap, const char *);
                if (strlen(name) == (size_t)(end - p - 1) && memcmp(name, p + 1, strlen(name)) == 0)
                    value = v;
            }
            va_end(ap);
        }
        if (value != NULL) {
            buf_str(&b, value);
            p = end + 1;
        } else {
            buf_add(&b, p++, 1);
        }
    }
    return buf_text(&b);
}

const char *text_percent(struct arena *a, const char *s)
{
    char *out = arena_alloc(a, 3 * strlen(s) + 1), *p = out;
    for (; *s != '\0'; s++) {
        unsigned char c = (unsigned char)*s;
        bool as_is = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || strchr("-_.~", c) != NULL;
        *p++ = as_is ? (char)c : '%';
        if (!as_is) {
            *p++ = "0123456789ABCDEF"[c >> 4];
            *p++ = "0123456789ABCDEF"[c & 15];
        }
    }
    return out;
}

static const char *mask(struct arena *a, const char *s, size_t head, size_t tail)
{
    size_t n = strlen(s), all = utf8_count(s, n), from = utf8_clip(s, n, head), to = utf8_clip(s, n, all - tail);
    struct buf b = {.a = a, .p = arena_alloc(a, n + 1), .cap = n + 1};
    buf_add(&b, s, from);
    for (size_t i = head + tail; i < all; i++)
        buf_add(&b, "*", 1);
    buf_add(&b, s + to, n - to);
    return buf_text(&b);
}

const char *text_mask_name(struct arena *a, const char *name)
{
    size_t n = utf8_count(name, strlen(name));
    return n <= 1 ? mask(a, name, 0, 0) : mask(a, name, 1, n > 2);
}

const char *text_mask_phone(struct arena *a, const char *phone)
{
    size_t n = utf8_count(phone, strlen(phone));
    return n >= 10 ? mask(a, phone, n - 8, 4) : mask(a, phone, 0, n > 4 ? 2 : 0);
}

const char *text_mask_idno(struct arena *a, const char *idno)
{
    size_t n = utf8_count(idno, strlen(idno));
    return n >= 12 ? mask(a, idno, 4, 4) : mask(a, idno, 0, n > 4 ? 1 : 0);
}
