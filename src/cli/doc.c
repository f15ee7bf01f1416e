/* doc.c -- what the program knows of itself, printed: routes, API description, flows, manual page. */
#include "cli/cli.h"
#include "cli/offices.h"

#include "base/flow.h"

#include <stdio.h>
#include <string.h>

static void flows(struct buf *b)
{
    for (const struct office *o = offices; o->name != NULL; o++)
        for (const struct flow *const *f = o->flows; f != NULL && *f != NULL; f++)
            flow_dot(b, *f);
}

static void man_options(struct buf *b, const struct cli_option *o)
{
    for (; o != NULL && o->name != NULL; o++)
        buf_fmt(b, ".TP\n.B \\-\\-%s%s%s\n%s\n", o->name, o->arg != NULL ? " " : "", o->arg != NULL ? o->arg : "", o->help);
}

static void man(struct buf *b)
{
    buf_str(b, ".TH YIZHAN 1 \"\" \"yizhan " YIZHAN_VERSION "\" \"User Commands\"\n.SH NAME\nyizhan \\- runs a city's employment stations and "
               "subsidised training\n.SH SYNOPSIS\n.B yizhan\n.I command\n[options]\n.SH COMMANDS\n");
    for (const struct command *k = commands; k->name != NULL; k++)
        buf_fmt(b, ".SS %s %s\n%s.\n", k->name, k->args, k->help), man_options(b, k->options);
    buf_str(b, ".SH OPTIONS OF EVERY COMMAND\n");
    man_options(b, cli_common);
    buf_str(b, ".SH FILES\n.TP\n.I var/keys\nKeys of personal data and of the audit chain. Without them the database cannot be read.\n.TP\n"
               ".I var/yizhan.db\nThe embedded database.\n");
}

int cmd_doc(struct cli *c)
{
    struct buf b = {.a = &c->arena};
    const char *what = c->args[0];
    if (strcmp(what, "routes") == 0)
        web_routes_json(&b, offices);
    else if (strcmp(what, "openapi") == 0)
        web_openapi(&b, offices, YIZHAN_VERSION);
    else if (strcmp(what, "flows") == 0)
        flows(&b);
    else if (strcmp(what, "man") == 0)
        man(&b);
    else
        return fputs("usage: yizhan doc routes | openapi | flows | man\n", stderr), 2;
    fwrite(b.p, 1, b.len, stdout);
    return 0;
}
