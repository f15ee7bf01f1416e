/* doc.c -- what the program knows of itself, printed: routes, API description, flows, manual page. */
#include "cli/cli.h"
#include "cli/offices.h"

#include "base/flow.h"

#include <stdio.h>
#include <string.h>

static void roles(struct buf *b, unsigned set)
{
    if ((set & ROLE_PUBLIC) != 0) {
        buf_str(b, "everyone");
        return;
    }
    const char *between = "";
    for (unsigned bit = ROLE_SEEKER; bit <= ROLE_CLOCK; bit <<= 1)
        if ((set & bit) != 0) {
            buf_fmt(b, "%s%s", between, role_name(bit));
            between = ", ";
        }
}

static void flows(struct buf *b)
{
    buf_str(b, "# Flows\n\nMade by `make doc` from the tables in the code. Every step is checked for its role, asks its guard and leaves an entry in the audit chain.\n");
    for (const struct office *o = offices; o->name != NULL; o++)
        for (const struct flow *const *f = o->flows; f != NULL && *f != NULL; f++) {
            buf_fmt(b, "\n## %s\n\n```mermaid\n", (*f)->name);
            flow_mermaid(b, *f);
            buf_str(b, "```\n\n| from | step | to | who | reason asked |\n|---|---|---|---|---|\n");
            for (const struct flow_edge *e = (*f)->edges; e->from != NULL; e++) {
                buf_fmt(b, "| %s | %s (%s) | %s | ", e->from, e->action, e->label, e->to);
                roles(b, e->roles);
                buf_fmt(b, " | %s |\n", (e->flags & FLOW_NOTE) != 0 ? "yes" : "");
            }
        }
}

static void routes(struct buf *b)
{
    buf_str(b, "# Routes\n\nMade by `make doc` from the route tables. Every page answers JSON too (`.json` behind the path).\n");
    for (const struct office *o = offices; o->name != NULL; o++) {
        buf_fmt(b, "\n## %s\n\n| | path | what | who | scope |\n|---|---|---|---|---|\n", o->name);
        for (const struct route *r = o->routes; r->path != NULL; r++) {
            buf_fmt(b, "| %s | `%s` | %s | ", r->method == GET ? "GET" : "POST", r->path, r->title);
            roles(b, r->roles);
            buf_fmt(b, " | %s |\n", r->scope != NULL ? r->scope->name : "");
        }
    }
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
    if (strcmp(what, "routes") == 0 && cli_get(c, "json") != NULL)
        web_routes_json(&b, offices);
    else if (strcmp(what, "routes") == 0)
        routes(&b);
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
