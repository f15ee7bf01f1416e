/* routes.h -- the pages of this office. */
#ifndef CITY_CLASSES_ROUTES_H
#define CITY_CLASSES_ROUTES_H
#include "web/web.h"

extern const struct route classes_routes[], classes_own_routes[], classes_desk_routes[], needs_routes[], training_routes[];
extern const struct flow *const classes_flows[];
#endif
