#include "base/idno.h"

#include "base/ctx.h"
#include "base/day.h"
#include "base/text.h"

#include <string.h>

/* Keeps the letters and digits of `s`; false when there is anything else than those, blanks and dashes, or too much. */
static bool squeeze(const char *s, char *out, size_t cap, size_t *n)
{
    size_t len = strlen(s);
    *n = 0;
    for (size_t i = 0; i < len;) {
        uint32_t cp;
        i += utf8_next(s + i, len - i, &cp, NULL);
        if (cp > 0xFF00 && cp < 0xFF5F)
            cp -= 0xFEE0;
        if (text_is_space(cp) || text_is_invisible(cp) || cp == '-')
            continue;
        if (cp >= 'a' && cp <= 'z')
            cp -= 'a' - 'A';
        bool word = (cp >= '0' && cp <= '9') || (cp >= 'A' && cp <= 'Z');
        if (!word || *n + 1 >= cap)
            return false;
        out[(*n)++] = (char)cp;
    }
    out[*n] = '\0';
    return true;
}

static char last_digit(const char *s) /* ISO 7064 MOD 11-2 */
{
    static const unsigned char w[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (int i = 0; i < 17; i++)
        sum += (s[i] - '0') * w[i];
    return "10X98765432"[sum % 11];
}

const char *idno_whole(struct arena *a, const char *first17) { return arena_fmt(a, "%.17s%c", first17, last_digit(first17)); }

const char *idno_read(const char *s, int64_t today, struct idno *out)
{
    char t[32];
    size_t n;
    if (!squeeze(s, t, sizeof t, &n))
        return N_("身份证号只有数字，最后一位可以是 X，请检查。");
    size_t digits = strspn(t, "0123456789");
    if (n == 15 && digits == 15)
        return N_("这是 15 位的老身份证号，请填现在的 18 位身份证号。");
    if (n != 18)
        return N_("身份证号要 18 位，现在是 {n} 位。");
    if (digits < 17 || (digits == 17 && t[17] != 'X'))
        return N_("身份证号只有数字，最后一位可以是 X，请检查。");
    int64_t v[3] = {0}; /* region, birth, order */
    for (int i = 0; i < 17; i++)
        v[i < 6 ? 0 : i < 14 ? 1 : 2] = v[i < 6 ? 0 : i < 14 ? 1 : 2] * 10 + (t[i] - '0');
    if (v[0] < 110000)
        return N_("身份证号的前 6 位不对，请检查。");
    if (!day_valid(v[1]) || v[1] < 18000101)
        return N_("身份证号里的出生日期不存在，请检查第 7 到 14 位。");
    if (v[1] > today)
        return N_("身份证号里的出生日期还没有到，请检查第 7 到 14 位。");
    if (last_digit(t) != t[17])
        return N_("身份证号的校验位对不上，可能有一位写错了，请检查。");
    *out = (struct idno){.region = v[0], .birth = v[1], .sex = v[2] % 2 ? SEX_MALE : SEX_FEMALE,
                         .permit = v[0] / 10000 >= 81 && v[0] / 10000 <= 83};
    memcpy(out->text, t, sizeof out->text);
    return NULL;
}
