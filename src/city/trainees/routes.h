/* routes.h -- the pages of this office. */
#ifndef TRAINEES_ROUTES_H
#define TRAINEES_ROUTES_H
#include "web/web.h"

extern const struct route trainees_routes[];
extern const struct flow *const trainees_flows[];
#endif
