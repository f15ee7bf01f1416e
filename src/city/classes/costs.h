/* costs.h -- what a class really cost, told by its provider at its end, by choice; and what classes of an occupation were like. */
#ifndef CLASSES_COSTS_H
#define CLASSES_COSTS_H
#include "base/field.h"
#include "classes.rows.h"

struct class_cost { /* totals of the class, fen */
    int64_t teachers, consumables, materials, other;
    const char *note;
};
extern const struct field class_cost_fields[];
/* E_STATE before the class is over. Told again, it stands in place of what was told before. */
err_t class_cost_put(struct ctx *cx, int64_t class_id, const struct class_cost *in) MUST_USE;
err_t class_cost_of(struct ctx *cx, int64_t class_id, struct class_cost *out, bool *told) MUST_USE;
bool class_is_over(const char *status);
/* Classes of the occupation that began on `since` or later and were held, by level and hours. */
err_t class_actuals(struct ctx *cx, const char *occupation, int64_t since, struct q_class_actuals_row **rows, size_t *n) MUST_USE;
#endif
