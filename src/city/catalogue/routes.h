/* routes.h -- the pages of this office. */
#ifndef CATALOGUE_ROUTES_H
#define CATALOGUE_ROUTES_H
#include "web/web.h"

extern const struct route catalogue_routes[], catalogue_city_routes[];
extern const struct flow *const catalogue_flows[];
#endif
