# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Completion of xen-livepatch for bash: commands, the options of each, names of
# loaded payloads that are in a state which the command can take, and files.
# Takes what bash hands a completion function; asks `xen-livepatch --table` what
# commands and options there are, and `xen-livepatch list` for the names; as
# somebody who may not ask the hypervisor, it offers none of these.
# Needs nothing of the package bash-completion, which only finds this file.

# _xen_livepatch_read_table PROGRAM: into the caller's arrays $commands and
# $common (words in the table's order), $operands_of and $own (by command: kinds
# of the operands; options), $value_of (by option: the kind of its value) and
# $words_of (by kind: all the words that there are).
_xen_livepatch_read_table() {
    local row first rest

    while read -r row first rest; do
        case $row in
        command)
            commands+=("$first")
            operands_of[$first]=$rest
            ;;
        option)
            common+=("$first")
            value_of[$first]=$rest
            ;;
        own)
            own[$first]+=" ${rest%% *}"
            [[ $rest != *' '* ]] || value_of[${rest%% *}]=${rest#* }
            ;;
        word) words_of[$first]+=" $rest" ;;
        esac
    done < <("$1" --table 2>/dev/null)
}

# The command that a word stands for: the first one that it fits.
_xen_livepatch_find_command() {
    local candidate

    for candidate in "${commands[@]}"; do
        if [[ $candidate == "$1"* ]]; then
            echo "$candidate"
            return
        fi
    done
}

# _xen_livepatch_kind_of_operand N: what the Nth operand of $command is.
_xen_livepatch_kind_of_operand() {
    local -a kinds
    local last

    read -ra kinds <<<"${operands_of[$command]-}"
    last=$((${#kinds[@]} - 1))
    if ((last > 0 && $1 > last)) && [[ ${kinds[last]} == ... ]]; then
        echo "${kinds[last - 1]}"
    elif (($1 <= last + 1)); then
        echo "${kinds[$1 - 1]}"
    fi
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
    local -a words

    case $1 in
    file) _xen_livepatch_offer_paths -f ;;
    folder) _xen_livepatch_offer_paths -d ;;
    command) _xen_livepatch_offer_words "${commands[@]}" ;;
    payload_file) _xen_livepatch_offer_payload_files ;;
    duration) _xen_livepatch_offer_durations ;;
    state) _xen_livepatch_offer_words checked applied unloaded ;;
    signature_kind) _xen_livepatch_offer_words rsa2048 rsa3072 rsa4096 p256 ;;
    attention)
        read -ra words <<<"${words_of[$1]-}"
        _xen_livepatch_offer_words "${words[@]}"
        ;;
    name_checked) _xen_livepatch_offer_names \
        < <(_xen_livepatch_names "$2" 'CHECKED|SPENT') ;;
    name_applied) _xen_livepatch_offer_names \
        < <(_xen_livepatch_names "$2" APPLIED) ;;
    name) _xen_livepatch_offer_names \
        < <(_xen_livepatch_names "$2" 'CHECKED|SPENT|APPLIED|unknown') ;;
    name_or_file)
        _xen_livepatch_offer_names as_files \
            < <(_xen_livepatch_names "$2" 'CHECKED|SPENT|APPLIED|unknown')
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
            [[ -z ${value_of[$word]-} ]] || option=$word
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
    local -a operands=() commands=() common=() mine=()
    local -A operands_of=() own=() value_of=() words_of=()

    COMPREPLY=()
    _xen_livepatch_read_table "$1"
    _xen_livepatch_read_words "${COMP_WORDS[@]:1:COMP_CWORD-1}"
    if [[ -n $option ]]; then
        [[ $cur != '=' ]] || cur=''
        _xen_livepatch_offer "${value_of[$option]}" "$1"
    elif [[ $cur == -* && -z $has_ended ]]; then
        [[ -z $command ]] || read -ra mine <<<"${own[$command]-}"
        _xen_livepatch_offer_words "${common[@]}" "${mine[@]}"
    elif [[ -z $command ]]; then
        _xen_livepatch_offer_words "${commands[@]}"
    else
        _xen_livepatch_offer "$(_xen_livepatch_kind_of_operand \
            "$((${#operands[@]} + 1))")" "$1"
    fi
}

complete -F _xen_livepatch xen-livepatch
