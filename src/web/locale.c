#include "web/web_impl.h"

#include <string.h>

err_t locale_load(struct ctx *cx, struct web *w)
{
    const struct file *mo = file_find(w, &w->arena, "en.mo");
    w->has_english = mo != NULL;
    if (mo != NULL && tr_open(&w->english, mo->p, mo->n) != 0)
        return FAIL(cx, E_BUG, NULL, "en.mo is malformed");
    return E_OK;
}

void locale_use(const struct web *w, struct ctx *cx, const char *lang)
{
    bool english = w->has_english && strcmp(lang, "en") == 0;
    cx->lang = english ? "en" : "zh";
    cx->tr = english ? &w->english : NULL;
}
