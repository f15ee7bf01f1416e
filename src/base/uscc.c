#include "base/uscc.h"

#include "base/ctx.h"
#include "base/text.h"

#include <string.h>

static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY"; /* no I, O, S, V, Z */

const char *uscc_read(const char *s, char out[19])
{
    char t[32];
    size_t n = 0, len = strlen(s);
    for (size_t i = 0; i < len;) {
        uint32_t cp;
        i += utf8_next(s + i, len - i, &cp, NULL);
        if (cp > 0xFF00 && cp < 0xFF5F)
            cp -= 0xFEE0;
        if (text_is_space(cp) || text_is_invisible(cp) || cp == '-')
            continue;
        if (cp >= 'a' && cp <= 'z')
            cp -= 'a' - 'A';
        if (cp >= 0x80 || n + 1 >= sizeof t || strchr("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", (int)cp) == NULL)
            return N_("统一社会信用代码只有数字和大写字母，请检查。");
        t[n++] = (char)cp;
    }
    if (n != 18)
        return N_("统一社会信用代码要 18 位，现在是 {n} 位。");
    int sum = 0, weight = 1;
    for (int i = 0; i < 18; i++) {
        const char *at = memchr(alphabet, t[i], 31);
        if (at == NULL)
            return N_("统一社会信用代码里没有字母 I、O、S、V、Z，请检查是不是数字 1、0、5、2。");
        sum += (int)(at - alphabet) * (i < 17 ? weight : 1); /* the check character makes the sum a multiple of 31 */
        weight = weight * 3 % 31;
    }
    if (sum % 31 != 0)
        return N_("统一社会信用代码的校验位对不上，可能有一位写错了，请检查。");
    memcpy(out, t, 18);
    out[18] = '\0';
    return NULL;
}

const char *uscc_kind(const char *uscc)
{
    static const struct {
        char code[3];
        const char *label;
    } kinds[] = {
        {"11", N_("机关")},         {"12", N_("事业单位")},       {"13", N_("编办直接管理的群众团体")}, {"19", N_("其他机构")},
        {"51", N_("社会团体")},     {"52", N_("民办非企业单位")}, {"53", N_("基金会")},                 {"91", N_("企业")},
        {"92", N_("个体工商户")},   {"93", N_("农民专业合作社")}, {"N1", N_("农村集体经济组织")},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strncmp(kinds[i].code, uscc, 2) == 0)
            return kinds[i].label;
    return N_("其他组织");
}
