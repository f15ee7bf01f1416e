/* view.c -- a class as pages and programs read it. */
#include "city/classes/classes.h"

#include "base/geo.h"
#include "city/classes/classes_impl.h"
#include "city/training.h"

#include <string.h>

void class_view(struct ctx *cx, struct view *to, const struct q_class_list_row *c)
{
    struct arena *a = cx->arena;
    int64_t left = c->seats > c->taken ? c->seats - c->taken : 0;
    bool enter = strcmp(c->status, "approved") == 0;
    const struct city_district *d = city_district(cx->house->city, c->district);
    view_str(a, to, "code", c->code);
    const char *what = class_counted(c->line) ? training_level(c->level) : training_label(training_lines, c->line);
    view_str(a, to, "title", arena_fmt(a, "%s %s", c->project_name, tr(cx, what)));
    view_str(a, to, "name", c->name);
    view_str(a, to, "provider", c->provider_name);
    view_str(a, to, "provider_code", c->provider_code);
    view_str(a, to, "occupation", c->occupation);
    view_str(a, to, "occupation_name", c->project_name);
    view_i64(a, to, "level", c->level);
    view_str(a, to, "level_label", tr(cx, training_level(c->level)));
    view_str(a, to, "line", c->line);
    view_str(a, to, "line_label", strcmp(c->line, "catalogue") == 0 ? NULL : tr(cx, training_label(training_lines, c->line)));
    view_i64(a, to, "hours", c->hours);
    view_i64(a, to, "district", c->district);
    view_str(a, to, "district_name", d != NULL ? tr(cx, d->name) : "");
    view_str(a, to, "place", c->place_name);
    view_str(a, to, "address", c->place_address);
    view_str(a, to, "starts_on", day_text_iso(a, c->starts_on));
    view_str(a, to, "ends_on", day_text_iso(a, c->ends_on));
    view_str(a, to, "when", arena_fmt(a, tr(cx, N_("%s – %s，%s")), day_text(cx, c->starts_on), day_text(cx, c->ends_on),
                                      tr(cx, training_label(training_schedules, c->schedule))));
    view_str(a, to, "schedule", c->schedule);
    view_str(a, to, "schedule_label", tr(cx, training_label(training_schedules, c->schedule)));
    view_str(a, to, "audience", c->audience);
    view_bool(a, to, "for_employees", strcmp(c->audience, "employees") == 0);
    view_i64(a, to, "seats", c->seats);
    view_i64(a, to, "left", left);
    view_str(a, to, "places", enter ? arena_fmt(a, "%lld", (long long)left) : NULL); /* of class_card */
    view_str(a, to, "status", c->status);
    view_str(a, to, "status_label", tr(cx, flow_label(&class_flow, c->status)));
    view_bool(a, to, "open", enter && left > 0);
    view_str(a, to, "tag", enter ? left == 0 ? tr(cx, N_("已满")) : NULL : tr(cx, flow_label(&class_flow, c->status)));
    view_str(a, to, "contact", c->contact);
    view_str(a, to, "phone", c->phone);
}

err_t need_classes_view(struct ctx *cx, struct view *to, const struct q_need_of_person_row *need, size_t most)
{
    struct need_class *found;
    size_t n;
    TRY(need_classes(cx, need->occupation, need->level, need->schedule, need->street, most, &found, &n));
    struct view *list = view_list(cx->arena, to, "classes");
    view_bool(cx->arena, to, "found", n > 0);
    for (size_t i = 0; i < n; i++) {
        struct view *c = view_item(cx->arena, list);
        class_view(cx, c, &found[i].row);
        view_str(cx->arena, c, "distance", found[i].metres >= 0 ? geo_text_distance(cx, (double)found[i].metres) : NULL);
    }
    return E_OK;
}
