#!/bin/sh
# Asks Meta how tokens stand, for cron and pipelines: `portico token check --json`, and an exit code that says
# whether something is wrong with one of them. A line of JSON for each token goes to stdout (docs/ERRORS.md says
# what each means), reasons go to stderr.
#
#   validate-tokens.sh                         every token that is held
#   validate-tokens.sh --client ID|EMAIL       those of a client
#   validate-tokens.sh --stdin < tokens.txt    one token on each line; nothing of them is stored
#   validate-tokens.sh --fail-on expired,revoked,blocked,limited
#                                              exit 3 if a token has one of these statuses
#
# All else is passed on to portico (`--config FILE`). PORTICO names the program, if it is not in the PATH. A token
# is never an argument: others on the machine can read those.
#
# Exit: 0 every check was made; 1 one could not be made; 2 bad usage; 3 --fail-on has found one.
set -eu

statuses='active expiring expired revoked blocked limited unknown'
fail_on=
which=--all

usage() {
    printf 'validate-tokens.sh: %s\n' "$1" >&2
    exit 2
}

# What is ours is taken out of the arguments; all else goes once round, and keeps its order.
for _ in "$@"; do
    argument=$1
    shift
    case $argument in
    --fail-on=*) fail_on=${argument#*=} ;;
    --fail-on) usage '--fail-on=STATUS[,STATUS…], written with =' ;;
    *)
        case $argument in --client | --client=* | --all | --stdin) which= ;; esac
        set -- "$@" "$argument"
        ;;
    esac
done
for status in $(printf %s "$fail_on" | tr , ' '); do
    case " $statuses " in
    *" $status "*) ;;
    *) usage "--fail-on: there is no status '$status' among: $statuses" ;;
    esac
done

set -- token check --json ${which:+"$which"} "$@"
[ -n "$fail_on" ] || exec "${PORTICO:-portico}" "$@"

# A pipe ends as its last part does, and here both parts have something to say: the first tells how it ended on a
# channel of its own. A quotation mark inside a text is escaped in JSON, so the status is found by its marks alone.
exec 3>&1
ends=$({
    {
        made=0
        "${PORTICO:-portico}" "$@" || made=$?
        printf '%s ' "$made" >&4
    } | awk -v statuses="$fail_on" '
        BEGIN { count = split(statuses, wanted, ",") }
        {
            print
            fflush()
            for (i = 1; i <= count; i++)
                if (index($0, "\"status\":\"" wanted[i] "\"")) found = 3
        }
        END { exit found }
    ' >&3 || printf '%s' "$?"
} 4>&1)
made=${ends%% *}
found=${ends#* }
[ "$made" -eq 0 ] || exit "$made"
exit "${found:-0}"
