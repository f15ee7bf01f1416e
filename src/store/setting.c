#include "store/store.h"

#include "core.sql.h"

err_t setting_get(struct ctx *cx, const char *name, const char **value)
{
    struct q_setting_find_row *rows;
    size_t n;
    TRY(q_setting_find(cx, &(struct q_setting_find_in){.name = name}, &rows, &n));
    *value = n > 0 ? rows->value : NULL;
    return E_OK;
}

struct setting {
    const char *name, *value;
};

static err_t put(struct ctx *cx, void *arg)
{
    const struct setting *s = arg;
    TRY(q_setting_put(cx, &(struct q_setting_put_in){.name = s->name, .value = s->value}, NULL));
    return audit_add(cx, "set", "setting", 0, NULL);
}

err_t setting_set(struct ctx *cx, const char *name, const char *value)
{
    return store_tx(cx, STORE_WRITE, put, &(struct setting){name, value});
}
