#include "city/imports/imports_impl.h"

#include "base/hash.h"

#include "imports.sql.h"

err_t import_find(struct ctx *cx, int64_t id, struct q_import_get_row *out)
{
    return q_import_get(cx, &(struct q_import_get_in){.id = id}, out);
}

const char *import_token(struct ctx *cx)
{
    char token[44];
    hash_token(token);
    return arena_fmt(cx->arena, "%s", token);
}

err_t import_numbered(struct ctx *cx, int64_t id)
{
    return q_import_code(cx, &(struct q_import_code_in){.code = arena_fmt(cx->arena, "I%lld", (long long)id), .id = id}, NULL);
}
