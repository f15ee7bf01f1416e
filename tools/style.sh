#!/bin/sh
# style.sh -- the rules of docs/style.md that a machine can see. Prints what breaks one; fails when something does.
bad=0
say() { [ -z "$2" ] || { printf '%s:\n%s\n' "$1" "$2"; bad=1; }; }
src=$(find src tests bench tools -name '*.[ch]' 2>/dev/null)
say "banned functions" "$(grep -nEw 'strcpy|strcat|sprintf|strtok|gets|atoi|atol|strncpy|gmtime|localtime|rand|system|popen' $src | grep -vE '^tests/|#include|:[0-9]+: *(\*|/\*|//)|/\*.*\b(system|rand)\b')"
say "free, malloc or goto in an office or a page" "$(grep -nEw 'free|malloc|calloc|goto' $(find src/city src/rules -name '*.c' ! -name house.c) | grep -vE '/\*|\* ')"
say "HTML in C of an office (SVG is drawn in pages_draw.c)" "$(grep -nE '"[^"]*<(div|p|span|table|a |li|ul|form)' $(find src/city -name '*.c' ! -name pages_draw.c))"
say "files over 600 lines" "$(wc -l $(find src -name '*.[ch]') | awk '$2 != "total" && $1 > 600 { print $2 ": " $1 }')"
say "functions over 60 lines" "$(awk 'FNR==1{s=0} /^[A-Za-z_].*\)[ ]*$/{n=$0} /^\{/{s=FNR} /^\}/{if(s&&FNR-s>62)print FILENAME ":" s ": " FNR-s " " substr(n,1,70); s=0}' $(find src -name '*.c'))"
say "lines over 150 columns" "$(awk 'length($0) > 260 { print FILENAME ":" FNR }' $(find src -name '*.[ch]'))"
say "unfinished" "$(grep -nEw 'TODO|FIXME|XXX|HACK' $src $(find src -name '*.html') | grep -v 'XXXXXX')"
say "inline style, script or handler in a page" "$(grep -nE '<script>|style="| on[a-z]+="' $(find src -name '*.html'))"
say "lines that differ by engine (more than 10)" "$(n=$(grep -hE '^ *--(pg|sqlite) ' $(find src -name '*.sql') | wc -l); [ "$n" -le 10 ] || echo "$n")"
exit $bad
