/* pages_forms.h -- the forms in which a station is planned and corrected. */
#ifndef STATIONS_PAGES_FORMS_H
#define STATIONS_PAGES_FORMS_H
#include "city/stations/stations.h"

struct station_form {
    const char *name, *type, *address, *phone, *operator, *brand, *story, *access, *position, *version;
    int64_t street, area_m2, batch;
    const int64_t *due_on;
};
extern const struct field station_plan_fields[], station_edit_fields[], station_about_fields[];
struct station_form station_form_of(struct ctx *cx, const struct q_station_row *s);
/* Fills brand, story and access only from forms that ask for them. E_INVALID "position". */
err_t station_form_plan(struct ctx *cx, const struct station_form *in, struct station_plan *out) MUST_USE;
#endif
