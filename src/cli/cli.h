/* cli.h -- the command line: one row a command, options declared once, --help made of them. */
#ifndef CLI_CLI_H
#define CLI_CLI_H
#include "city/house.h"
#include "outside/mail.h"

struct cli_option {
    const char *name; /* without "--" */
    const char *arg;  /* what it takes, NULL = a switch */
    const char *help;
};

struct cli { /* what was typed */
    const struct command *command;
    struct {
        const char *name, *value;
    } given[32];
    int n_given;
    char **args; /* what is left */
    int n_args;
    struct arena arena;
    struct ctx cx;
    struct house *house;
};

struct command {
    const char *name, *args, *help;
    int (*run)(struct cli *c); /* exit code */
    const struct cli_option *options; /* of its own, ends with a zero entry, or NULL */
    int min_args, max_args;
};

extern const struct command commands[]; /* ends with a zero entry */
extern const struct cli_option cli_common[]; /* options of every command */
#define YIZHAN_VERSION "0.1.0"

const char *cli_get(const struct cli *c, const char *name); /* "" for a switch; NULL when absent */
int64_t cli_number(const struct cli *c, const char *name, int64_t otherwise);
/* Opens the house of --data and --database; 0, or an exit code after a sentence on stderr. */
int cli_house(struct cli *c, bool create);
/* Where the engine's ads are kept between two starts. */
const char *cli_index_path(struct cli *c);
/* Says what failed, on stderr; returns 1. */
int cli_failed(struct cli *c, err_t e, const char *doing);
/* A progress bar on stderr: a line that is drawn again on a terminal, a line each tenth elsewhere. done == total ends it. */
void cli_progress(const char *what, int64_t done, int64_t total);
int64_t cli_now(void); /* UTC milliseconds */
struct mail_config cli_mail(struct cli *c);
int cli_print_line(void *arg, const char *text, size_t n); /* to stdout */

/* Each minute in which something changed: one signed head more in DATA/heads, to be carried elsewhere. */
err_t anchor_tick(struct ctx *cx) MUST_USE;

int cmd_serve(struct cli *c);
int cmd_demo(struct cli *c);
int cmd_migrate(struct cli *c);
int cmd_user(struct cli *c);
int cmd_import(struct cli *c);
int cmd_backup(struct cli *c);
int cmd_restore(struct cli *c);
int cmd_audit(struct cli *c);
int cmd_ledger(struct cli *c);
int cmd_tick(struct cli *c);
int cmd_doc(struct cli *c);
int cmd_match(struct cli *c);
int cmd_decide(struct cli *c);
int cmd_shortage(struct cli *c);
int cmd_draw(struct cli *c);
int cmd_otp(struct cli *c);
int cmd_help(struct cli *c);
int cmd_version(struct cli *c);
#endif
