/* entitle.c -- what is decided for a trainee today, in the form a claim needs it. */
#include "city/claims/claims_impl.h"

#include "base/flow.h"
#include "base/text.h"

#include <jansson.h>
#include <string.h>

static const char *text_of(struct ctx *cx, const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));
    return s != NULL ? arena_fmt(cx->arena, "%s", s) : NULL;
}

static const char *formula_of(struct ctx *cx, const json_t *amount)
{
    struct view *v = view_obj(cx->arena);
    struct buf b = {.a = cx->arena};
    view_str(cx->arena, v, "text", text_of(cx, amount, "formula"));
    view_json(&b, v);
    return buf_text(&b);
}

static void read_items(struct ctx *cx, const json_t *root, struct entitled *out)
{
    size_t i;
    json_t *a;
    json_array_foreach(json_object_get(root, "amounts"), i, a)
    {
        struct entitled_item it = {text_of(cx, a, "item"), text_of(cx, a, "payee"), text_of(cx, a, "fund"), formula_of(cx, a),
                                   json_integer_value(json_object_get(a, "fen"))};
        if (it.item != NULL && it.payee != NULL && it.fund != NULL && it.fen > 0 && out->n < 3) {
            it.item = strcmp(it.item, "living") == 0 ? "allowance" : it.item;
            out->items[out->n++] = it;
        }
    }
}

err_t entitle_class(struct ctx *cx, const struct q_claim_class_row *k, const char **lacks)
{
    *lacks = strcmp(k->status, "unqualified") == 0 ? tr(cx, N_("这个班被认定为不合格班期，不能申请补贴。")) : NULL;
    return E_OK;
}

err_t entitle(struct ctx *cx, const struct q_claim_class_row *k, const struct q_claim_trainees_row *t, struct entitled *out)
{
    (void)k;
    *out = (struct entitled){0};
    json_t *root = json_loads(t->decision, 0, NULL);
    const char *verdict = text_of(cx, root, "verdict");
    if (verdict == NULL || strcmp(verdict, "yes") != 0)
        out->lacks = text_of(cx, root, "say") != NULL ? text_of(cx, root, "say") : tr(cx, N_("还没有作出可以补贴的决定。"));
    else
        read_items(cx, root, out);
    json_decref(root);
    return E_OK;
}
