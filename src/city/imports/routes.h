/* routes.h -- the pages of imports: the same for an employer and for a desk. */
#ifndef CITY_IMPORTS_ROUTES_H
#define CITY_IMPORTS_ROUTES_H
#include "web/web.h"

extern const struct route imports_routes[];
#endif
