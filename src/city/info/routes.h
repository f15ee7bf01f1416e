/* routes.h -- pages that explain: help, accessibility, privacy, the API. */
#ifndef CITY_INFO_ROUTES_H
#define CITY_INFO_ROUTES_H
#include "web/web.h"

extern const struct route info_routes[];
#endif
