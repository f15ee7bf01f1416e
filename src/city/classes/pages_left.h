/* pages_left.h -- what pages of providers and districts say of classes whose occupation left the catalogue. */
#ifndef CLASSES_PAGES_LEFT_H
#define CLASSES_PAGES_LEFT_H
#include "web/web.h"

/* An alert for each class whose occupation left the catalogue before its opening day. */
err_t class_left_alerts(struct req *rq, const int64_t *district, const int64_t *provider_id, const int64_t *class_id) MUST_USE;
#endif
