/* facts.c -- reads what the check of a class rests on. */
#include "city/classes/classes.h"

#include "city/catalogue/catalogue.h"
#include "city/classes/classes_impl.h"

#include "base/text.h"

#include <string.h>

err_t class_item(struct ctx *cx, const char *occupation, const char *trade, int64_t on, int64_t *catalogue, const char **title, int64_t *item)
{
    struct q_catalogue_rows_row version;
    struct q_catalogue_item_by_id_row row;
    *catalogue = *item = 0;
    *title = NULL;
    err_t e = catalogue_on(cx, on, &version);
    if (e == E_NOTFOUND)
        return E_OK;
    TRY(e);
    *catalogue = version.id;
    *title = version.title;
    e = catalogue_item_find(cx, version.id, occupation, trade, &row);
    if (e == E_OK)
        *item = row.id;
    return e == E_NOTFOUND ? E_OK : e;
}

static err_t teachers(struct ctx *cx, int64_t provider_id, struct class_facts *f)
{
    struct q_provider_teacher_list_row *rows;
    TRY(provider_teachers(cx, provider_id, &rows, &f->n_teachers));
    struct check_teacher *out = ARENA_ARRAY(cx->arena, struct check_teacher, f->n_teachers + 1);
    for (size_t i = 0; i < f->n_teachers; i++) {
        out[i] = (struct check_teacher){.id = rows[i].id, .level = rows[i].level, .from_on = rows[i].from_on,
                                        .to_on = rows[i].to_on != NULL ? *rows[i].to_on : 0, .occupation = rows[i].occupation,
                                        .filed = rows[i].filed_on != NULL};
        TRY(provider_teacher_name(cx, rows[i].name, &out[i].name));
        out[i].name = cx->actor.role == ROLE_AUDITOR ? text_mask_name(cx->arena, text_or(out[i].name)) : text_or(out[i].name);
    }
    f->teachers = out;
    return E_OK;
}

static err_t places(struct ctx *cx, int64_t provider_id, struct class_facts *f)
{
    struct q_provider_place_list_row *rows;
    TRY(provider_places(cx, provider_id, &rows, &f->n_places));
    struct check_place *out = ARENA_ARRAY(cx->arena, struct check_place, f->n_places + 1);
    for (size_t i = 0; i < f->n_places; i++)
        out[i] = (struct check_place){.id = rows[i].id, .seats = rows[i].seats, .from_on = rows[i].from_on,
                                      .to_on = rows[i].to_on != NULL ? *rows[i].to_on : 0, .name = rows[i].name, .filed = rows[i].filed_on != NULL};
    f->places = out;
    return E_OK;
}

static err_t beside(struct ctx *cx, const struct q_class_rows_row *c, struct class_facts *f)
{
    struct q_class_beside_row *classes;
    struct q_class_beside_sessions_row *lines;
    TRY(q_class_beside(cx, &(struct q_class_beside_in){.provider_id = c->provider_id, .id = c->id, .from_on = f->starts_on, .to_on = f->ends_on},
                       &classes, &f->n_classes));
    TRY(q_class_beside_sessions(cx, &(struct q_class_beside_sessions_in){.provider_id = c->provider_id, .id = c->id, .from_on = f->starts_on,
                                                                        .to_on = f->ends_on}, &lines, &f->n_beside));
    struct check_class *out = ARENA_ARRAY(cx->arena, struct check_class, f->n_classes + 1);
    struct check_beside *at = ARENA_ARRAY(cx->arena, struct check_beside, f->n_beside + 1);
    for (size_t i = 0; i < f->n_classes; i++)
        out[i] = (struct check_class){classes[i].starts_on, classes[i].ends_on, classes[i].project_id, classes[i].seats};
    for (size_t i = 0; i < f->n_beside; i++)
        at[i] = (struct check_beside){lines[i].day, lines[i].from_min, lines[i].to_min, lines[i].teacher_id, lines[i].place_id, lines[i].seats,
                                      lines[i].code};
    f->classes = out;
    f->beside = at;
    return E_OK;
}

static err_t permits(struct ctx *cx, const struct q_class_rows_row *c, struct class_facts *f)
{
    struct q_provider_get_row p;
    struct q_project_get_row j;
    int64_t catalogue, item, fen;
    TRY(provider_find(cx, c->provider_id, &p));
    TRY(project_find(cx, c->project_id, &j));
    TRY(provider_is_banned(cx, p.id, f->on, &f->banned));
    TRY(class_item(cx, c->occupation, j.name, f->starts_on, &catalogue, &f->catalogue, &item));
    f->in_catalogue = item > 0;
    if (item > 0) {
        err_t e = catalogue_rate(cx, item, c->level, c->hours, &fen);
        if (e != E_OK && e != E_NOTFOUND)
            return e;
        f->has_rate = e == E_OK;
    }
    f->registered = provider_is_registered(p.status);
    f->licensed = strcmp(p.kind, "school") == 0;
    f->licence_from = p.licence_from != NULL ? *p.licence_from : 0;
    f->licence_to = p.licence_to != NULL ? *p.licence_to : 0;
    f->top_level = j.top_level;
    f->capacity = j.capacity;
    f->project_closed_on = j.closed_on != NULL ? *j.closed_on : 0;
    f->project_occupation = j.occupation;
    f->agreement_status = j.status;
    f->agreement_from = j.from_on != NULL ? *j.from_on : 0;
    f->agreement_to = j.to_on != NULL ? *j.to_on : 0;
    return E_OK;
}

static err_t check_with(struct ctx *cx, const struct q_class_rows_row *c, int64_t on, const struct check_line *lines, size_t n_lines,
                        struct class_checked *out)
{
    struct class_facts f = {.on = on, .starts_on = c->starts_on, .ends_on = c->ends_on, .hours = c->hours, .level = c->level, .seats = c->seats,
                            .place_id = c->place_id, .project_id = c->project_id, .certificate = c->certificate, .occupation = c->occupation, .line = c->line,
                            .provider = *c->public_kind != '\0' ? c->public_kind : c->provider_kind, .credit = c->provider_credit, .audience = c->audience,
                            .base = c->provider_base != 0,
                            .lines = lines, .n_lines = n_lines, .calendar = &cx->house->city->calendar};
    struct master m = {0};
    if (class_is_pair(c->line))
        TRY(class_master(cx, c->id, &m));
    f.months = m.months, f.apprentices = m.apprentices;
    TRY(teachers(cx, c->provider_id, &f));
    TRY(places(cx, c->provider_id, &f));
    TRY(beside(cx, c, &f));
    TRY(permits(cx, c, &f));
    return class_check_all(cx, &f, out);
}

err_t class_check_with(struct ctx *cx, const struct q_class_rows_row *c, int64_t on, const struct check_line *lines, size_t n_lines,
                       const struct class_finding **found, size_t *n)
{
    struct class_checked all;
    TRY(check_with(cx, c, on, lines, n_lines, &all));
    *found = all.found;
    *n = all.n;
    return E_OK;
}

err_t class_check_full(struct ctx *cx, int64_t id, int64_t on, struct class_checked *out)
{
    struct q_class_rows_row c;
    struct q_class_plan_row *plan;
    size_t n_lines;
    TRY(class_find(cx, id, &c));
    TRY(class_sessions(cx, id, &plan, &n_lines));
    struct check_line *lines = ARENA_ARRAY(cx->arena, struct check_line, n_lines + 1);
    for (size_t i = 0; i < n_lines; i++)
        lines[i] = (struct check_line){plan[i].day, plan[i].from_min, plan[i].to_min, plan[i].hours, plan[i].teacher_id, plan[i].place_id, plan[i].kind};
    return check_with(cx, &c, on, lines, n_lines, out);
}

err_t class_check_now(struct ctx *cx, int64_t id, int64_t on, const struct class_finding **found, size_t *n)
{
    struct class_checked all;
    TRY(class_check_full(cx, id, on, &all));
    *found = all.found;
    *n = all.n;
    return E_OK;
}
