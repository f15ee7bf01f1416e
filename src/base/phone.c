#include "base/phone.h"

#include "base/ctx.h"
#include "base/text.h"

#include <string.h>

static bool is_filler(uint32_t cp)
{
    bool mark = cp < 0x80 && cp != 0 && strchr("-()+./", (int)cp) != NULL;
    return mark || text_is_space(cp) || text_is_invisible(cp) || (cp >= 0x2010 && cp <= 0x2015) || cp == 0x673A; /* 机 of 分机 */
}

/* Digits of `s` into `number`, those after 转, 分机, # or x into `ext`. False when there is something else. */
static bool split(const char *s, char number[24], char ext[8])
{
    size_t len = strlen(s), n = 0, e = 0;
    bool in_ext = false;
    for (size_t i = 0; i < len;) {
        uint32_t cp;
        i += utf8_next(s + i, len - i, &cp, NULL);
        if (cp > 0xFF00 && cp < 0xFF5F)
            cp -= 0xFEE0;
        if (cp >= '0' && cp <= '9') {
            if (in_ext ? e >= 6 : n >= 22)
                return false;
            *(in_ext ? &ext[e++] : &number[n++]) = (char)cp;
        } else if (cp == 0x8F6C || cp == 0x5206 || cp == '#' || cp == 'x' || cp == 'X') { /* 转, 分 */
            in_ext = true;
        } else if (!is_filler(cp)) {
            return false;
        }
    }
    number[n] = ext[e] = '\0';
    return !in_ext || e > 0;
}

static enum phone_kind kind_of(const char *d, size_t n)
{
    if (n == 10 && (strncmp(d, "400", 3) == 0 || strncmp(d, "800", 3) == 0))
        return PHONE_400;
    if (n == 11 && d[0] == '1' && d[1] >= '3')
        return PHONE_MOBILE;
    return d[0] == '0' && d[1] != '0' && n >= 10 && n <= 12 ? PHONE_LANDLINE : PHONE_NONE;
}

static const char *complaint(const char *d, size_t n)
{
    if (d[0] == '1' && n == 11)
        return N_("没有这个号段的手机号，请检查前两位。");
    if (d[0] == '1' && n >= 8)
        return N_("手机号要 11 位，现在是 {n} 位。");
    if (d[0] != '0' && (n == 7 || n == 8))
        return N_("座机号前面要加区号，例如 022-23456789。");
    if (d[0] == '0' && n >= 3)
        return N_("座机号要带区号，一共 10 到 12 位，现在是 {n} 位。");
    return N_("请填 11 位手机号，或带区号的座机号，例如 022-23456789。");
}

const char *phone_read(const char *s, char out[PHONE_MAX], enum phone_kind *kind)
{
    char number[24], ext[8], *d = number;
    if (!split(s, number, ext))
        return N_("电话号码里只写数字，例如 13800001234 或 022-23456789。");
    if (strncmp(d, "0086", 4) == 0)
        d += 4;
    else if (strncmp(d, "86", 2) == 0 && strlen(d) > 11)
        d += 2;
    size_t n = strlen(d), e = strlen(ext);
    enum phone_kind k = kind_of(d, n);
    if (k == PHONE_NONE)
        return complaint(d, n);
    if (k == PHONE_MOBILE && e > 0)
        return N_("手机号没有分机号，请去掉。");
    memcpy(out, d, n);
    if (e > 0)
        out[n++] = '-';
    memcpy(out + n, ext, e + 1);
    if (kind != NULL)
        *kind = k;
    return NULL;
}
