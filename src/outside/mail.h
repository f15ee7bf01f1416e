/* mail.h -- messages that leave the house: mail by SMTP through libcurl; SMS by the operator's gateway, as a mail to it. */
#ifndef OUTSIDE_MAIL_H
#define OUTSIDE_MAIL_H
#include "base/ctx.h"

struct mail_config {
    const char *smtp;     /* "smtp://host:25", "smtps://host:465"; NULL = messages wait in the outbox */
    const char *from;     /* sender's address */
    const char *user, *password; /* NULL = none */
    const char *sms_domain; /* SMS to 138… goes to 138…@this; NULL = SMS wait */
};

/* A deliver_fn of store/store.h; `arg` is a struct mail_config. Ten seconds at most. */
bool mail_deliver(struct ctx *cx, void *arg, const char *kind, const char *to, const char *subject, const char *body, const char **why);
#endif
