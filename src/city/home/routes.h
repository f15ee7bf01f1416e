/* routes.h -- the first page. */
#ifndef CITY_HOME_ROUTES_H
#define CITY_HOME_ROUTES_H
#include "web/web.h"

extern const struct route home_routes[];
#endif
