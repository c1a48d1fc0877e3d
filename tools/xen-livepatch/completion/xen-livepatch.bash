# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Completion of xen-livepatch for bash: commands, the options of each, names of
# loaded payloads that are in a state which the command can take, and files.
# Takes what bash hands a completion function, and asks `xen-livepatch list`
# for the names; as somebody who may not ask the hypervisor, it offers none.
# Needs nothing of the package bash-completion, which only finds this file.

# In the command's own order: a prefix stands for the first one that it fits.
_xen_livepatch_commands='help list upload load apply revert unload replace
    status metrics history info verify sync wait'
_xen_livepatch_options='-h --help -V --version -v --verbose -q --quiet
    -n --dry-run --json --force --log --no-log --state-dir --timeout --retries'

# The options of a command beyond those that all have.
_xen_livepatch_own_options() {
    case $1 in
    load | apply) echo --nodeps ;;
    metrics) echo --output ;;
    info) echo --xen-syms ;;
    verify) echo --xen-syms --with ;;
    sync) echo --dir --prune --trust --trial --mark-stable --orderly-shutdown ;;
    esac
}

# What the value of an option is; nothing for an option without one.
_xen_livepatch_kind_of_value() {
    case $1 in
    --log | --output | --xen-syms) echo file ;;
    --with) echo payload_file ;;
    --state-dir | --dir) echo folder ;;
    --timeout | --trial) echo duration ;;
    --retries) echo number ;;
    esac
}

# What the Nth operand of a command is.
_xen_livepatch_kind_of_operand() {
    case $1:$2 in
    load:1 | upload:2 | verify:1) echo payload_file ;;
    apply:* | unload:1 | replace:1) echo name_checked ;;
    revert:*) echo name_applied ;;
    history:1 | wait:1) echo name ;;
    info:1) echo name_or_file ;;
    wait:2) echo state ;;
    wait:3) echo duration ;;
    esac
}

# The command that a word stands for.
_xen_livepatch_find_command() {
    local command

    for command in $_xen_livepatch_commands; do
        if [[ $command == "$1"* ]]; then
            echo "$command"
            return
        fi
    done
}

# _xen_livepatch_names PROGRAM STATES: names as `list` shows them. It escapes
# what is not printable, so a backslash says that the name is another one.
_xen_livepatch_names() {
    local line row="^([^|]*[^| ]) *\| ($2)( |\$)"

    "$1" list 2>/dev/null | while IFS= read -r line; do
        if [[ $line =~ $row && $line != *\\* ]]; then
            printf '%s\n' "${BASH_REMATCH[1]}"
        fi
    done
}

# _xen_livepatch_offer_names [as_files]: of the lines of standard input those
# that begin with $cur, as it is or quoted, and do not stand there already. Bash
# quotes by itself what is offered together with files.
_xen_livepatch_offer_names() {
    local name quoted operand

    while IFS= read -r name; do
        printf -v quoted %q "$name"
        [[ $name == "$cur"* || $quoted == "$cur"* ]] || continue
        for operand in "${operands[@]}"; do
            [[ $name != "$operand" && $quoted != "$operand" ]] || continue 2
        done
        [[ ${1-} == as_files ]] || name=$quoted
        COMPREPLY+=("$name")
    done
}

# _xen_livepatch_offer_words WORD...: those that begin with $cur.
_xen_livepatch_offer_words() {
    local word

    for word; do
        [[ $word != "$cur"* ]] || COMPREPLY+=("$word")
    done
}

# _xen_livepatch_offer_paths ACTION...: of compgen. Bash quotes them and ends a
# folder's name with a slash.
_xen_livepatch_offer_paths() {
    local path

    compopt -o filenames 2>/dev/null
    while IFS= read -r path; do
        COMPREPLY+=("$path")
    done < <(compgen "$@" -- "$cur")
}

# Folders and files named like payloads; any file where there is none of them.
_xen_livepatch_offer_payload_files() {
    local before=${#COMPREPLY[@]}

    _xen_livepatch_offer_paths -f -X '!*.livepatch'
    _xen_livepatch_offer_paths -d
    if ((${#COMPREPLY[@]} == before)); then
        _xen_livepatch_offer_paths -f
    fi
}

_xen_livepatch_offer_durations() {
    if [[ $cur =~ ^[0-9]+ ]]; then
        _xen_livepatch_offer_words "${BASH_REMATCH[0]}"{ns,us,ms,s,min,h}
    fi
}

# _xen_livepatch_offer KIND PROGRAM
_xen_livepatch_offer() {
    case $1 in
    file) _xen_livepatch_offer_paths -f ;;
    folder) _xen_livepatch_offer_paths -d ;;
    payload_file) _xen_livepatch_offer_payload_files ;;
    duration) _xen_livepatch_offer_durations ;;
    state) _xen_livepatch_offer_words checked applied unloaded ;;
    name_checked) _xen_livepatch_offer_names \
        < <(_xen_livepatch_names "$2" CHECKED) ;;
    name_applied) _xen_livepatch_offer_names \
        < <(_xen_livepatch_names "$2" APPLIED) ;;
    name) _xen_livepatch_offer_names \
        < <(_xen_livepatch_names "$2" 'CHECKED|APPLIED|unknown') ;;
    name_or_file)
        _xen_livepatch_offer_names as_files \
            < <(_xen_livepatch_names "$2" 'CHECKED|APPLIED|unknown')
        _xen_livepatch_offer_payload_files
        ;;
    esac
}

# Sorts the words before the one to be completed into the caller's $command,
# $operands, $option (whose value is next) and $has_ended (after "--").
_xen_livepatch_read_words() {
    local word

    for word; do
        if [[ -n $option ]]; then
            [[ $word == '=' ]] || option=''
        elif [[ $word == -- && -z $has_ended ]]; then
            has_ended=yes
        elif [[ $word == -* && -z $has_ended ]]; then
            [[ -z $(_xen_livepatch_kind_of_value "$word") ]] || option=$word
        elif [[ -z $command ]]; then
            command=$(_xen_livepatch_find_command "$word")
            command=${command:-unknown}
        else
            operands+=("$word")
        fi
    done
}

_xen_livepatch() {
    local cur=${COMP_WORDS[COMP_CWORD]} command='' option='' has_ended=''
    local -a operands=()

    COMPREPLY=()
    _xen_livepatch_read_words "${COMP_WORDS[@]:1:COMP_CWORD-1}"
    if [[ -n $option ]]; then
        [[ $cur != '=' ]] || cur=''
        _xen_livepatch_offer "$(_xen_livepatch_kind_of_value "$option")" "$1"
    elif [[ $cur == -* && -z $has_ended ]]; then
        # shellcheck disable=SC2046,SC2086 # lists of words
        _xen_livepatch_offer_words $_xen_livepatch_options \
            $(_xen_livepatch_own_options "$command")
    elif [[ -z $command ]]; then
        # shellcheck disable=SC2086 # a list of words
        _xen_livepatch_offer_words $_xen_livepatch_commands
    else
        _xen_livepatch_offer "$(_xen_livepatch_kind_of_operand "$command" \
            "$((${#operands[@]} + 1))")" "$1"
    fi
}

complete -F _xen_livepatch xen-livepatch
