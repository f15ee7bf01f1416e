/* admin.c -- commands of the people who run the service. */
#include "cli/cli.h"
#include "cli/engine.h"
#include "cli/offices.h"

#include "base/otp.h"
#include "city/accounts/accounts.h"
#include "outside/mail.h"
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

int cmd_version(struct cli *c)
{
    (void)c;
    puts("yizhan " YIZHAN_VERSION);
    return 0;
}

int cmd_migrate(struct cli *c)
{
    int bad = cli_house(c, true);
    if (bad != 0)
        return bad;
    err_t e = store_check(&c->cx);
    if (e != E_OK)
        return cli_failed(c, e, "checking the statements");
    puts("The database is up to date; every statement fits.");
    return 0;
}

int cmd_otp(struct cli *c)
{
    char code[7];
    unsigned char raw[64];
    int64_t n = base32_decode(c->args[0], raw, sizeof raw);
    if (n <= 0) {
        fputs("yizhan otp: the secret must be base 32 (A-Z, 2-7)\n", stderr);
        return 2;
    }
    otp_code(raw, (size_t)n, c->cx.now / 1000 / OTP_STEP, code);
    puts(code);
    return 0;
}

/* Reads a line without showing it; from a pipe as it comes. */
static const char *ask_secret(struct cli *c, const char *question)
{
    char line[256] = "";
    struct termios was, hidden;
    bool tty = tcgetattr(STDIN_FILENO, &was) == 0;
    if (tty) {
        hidden = was;
        hidden.c_lflag &= ~(tcflag_t)ECHO;
        tcsetattr(STDIN_FILENO, TCSANOW, &hidden);
        fprintf(stderr, "%s: ", question);
    }
    if (fgets(line, sizeof line, stdin) == NULL)
        line[0] = '\0';
    if (tty) {
        tcsetattr(STDIN_FILENO, TCSANOW, &was);
        fputc('\n', stderr);
    }
    line[strcspn(line, "\r\n")] = '\0';
    return arena_fmt(&c->arena, "%s", line);
}

int cmd_user(struct cli *c)
{
    bool add = strcmp(c->args[0], "add") == 0;
    const char *role = cli_get(c, "role"), *name = cli_get(c, "name");
    if ((!add && strcmp(c->args[0], "password") != 0) || (add && (role == NULL || name == NULL))) {
        fputs("usage: yizhan user add LOGIN --role ROLE --name NAME | yizhan user password LOGIN\n", stderr);
        return 2;
    }
    int bad = cli_house(c, true);
    if (bad != 0)
        return bad;
    const char *password = ask_secret(c, "password");
    int64_t id;
    err_t e;
    if (add) {
        struct account_new in = {
            .login = c->args[1],
            .name = name,
            .password = password,
            .role = role_from_name(role),
            .station_id = cli_number(c, "station", 0),
            .employer_id = cli_number(c, "employer", 0),
            .district = cli_number(c, "district", 0),
        };
        e = account_make(&c->cx, &in, &id);
    } else {
        e = account_set_password(&c->cx, c->args[1], password);
    }
    if (e != E_OK)
        return cli_failed(c, e, "the account");
    puts("Done.");
    return 0;
}

struct mail_config cli_mail(struct cli *c)
{
    return (struct mail_config){
        .smtp = cli_get(c, "smtp"),
        .from = cli_get(c, "mail-from") != NULL ? cli_get(c, "mail-from") : "yizhan@localhost",
        .user = getenv("YIZHAN_SMTP_USER"),
        .password = getenv("YIZHAN_SMTP_PASSWORD"),
        .sms_domain = cli_get(c, "sms-domain"),
    };
}

int cmd_tick(struct cli *c)
{
    int bad = cli_house(c, false);
    if (bad != 0)
        return bad;
    struct mail_config m = cli_mail(c);
    struct engine_at at; /* what is due may ask it */
    err_t e = engine_load(&c->cx, cli_index_path(c), &at);
    if (e == E_OK)
        e = offices_tick(&c->cx, &m);
    return e == E_OK ? 0 : cli_failed(c, e, "background work");
}


int cli_print_line(void *arg, const char *text, size_t n)
{
    (void)arg;
    return fwrite(text, 1, n, stdout) == n ? 0 : -1;
}

static int say_report(const struct audit_report *r)
{
    if (r->first_bad != 0) {
        printf("Entry %lld does not fit: %s\n", (long long)r->first_bad, r->why);
        return 1;
    }
    if (r->entries == 0) {
        puts("There is no entry: nothing was checked.");
        return 1;
    }
    printf("%lld entries, all sound. Head: %s\n", (long long)r->entries, r->head);
    return 0;
}

static int verify_file(struct cli *c, const char *path)
{
    struct audit_report r;
    FILE *f = fopen(path, "re");
    if (f == NULL) {
        perror(path);
        return 1;
    }
    err_t e = audit_verify_export(&c->cx, f, &r);
    fclose(f);
    return e == E_OK ? say_report(&r) : cli_failed(c, e, path);
}

/* The heads kept beside the database (and, one hopes, elsewhere): each must still be part of the chain. */
static int check_heads(struct cli *c)
{
    char line[256];
    const char *why = NULL, *path = arena_fmt(&c->arena, "%s/heads", c->house->data_dir);
    FILE *f = fopen(path, "re");
    long long n = 0;
    err_t e = E_OK;
    while (f != NULL && e == E_OK && why == NULL && fgets(line, sizeof line, f) != NULL) {
        e = audit_check_head(&c->cx, line, &why);
        n++;
    }
    if (f != NULL)
        fclose(f);
    if (e != E_OK)
        return cli_failed(c, e, path);
    if (why != NULL) {
        printf("%s, line %lld: %s\n", path, n, why);
        return 1;
    }
    printf("%lld signed heads in %s fit.\n", n, path);
    return 0;
}

int cmd_audit(struct cli *c)
{
    struct audit_report r;
    const char *line;
    int bad;
    if (strcmp(c->args[0], "verify") == 0 && c->n_args == 2)
        return verify_file(c, c->args[1]);
    if ((bad = cli_house(c, false)) != 0)
        return bad;
    err_t e;
    if (strcmp(c->args[0], "export") == 0) {
        e = audit_export(&c->cx, cli_print_line, NULL);
    } else if (strcmp(c->args[0], "head") == 0) {
        e = audit_head(&c->cx, &line);
        if (e == E_OK)
            puts(line);
    } else if (strcmp(c->args[0], "verify") == 0) {
        e = audit_verify(&c->cx, &r);
        if (e == E_OK)
            return say_report(&r) | check_heads(c);
    } else {
        fputs("usage: yizhan audit verify [FILE] | export | head\n", stderr);
        return 2;
    }
    return e == E_OK ? 0 : cli_failed(c, e, "the audit chain");
}
